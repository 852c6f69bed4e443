/**
 * The compilation itself: AssemblyScript in, WebAssembly bytes out. No relaxed SIMD: its results
 * depend on the processor.
 *
 * @module
 */

import asc from "assemblyscript/asc";

const sources = new URL("../../src/backend/wasm/assembly/", import.meta.url);

const options = [
  "--optimizeLevel=3",
  "--noAssert",
  "--runtime=stub",
  "--importMemory",
  "--initialMemory=1", // V8 then knows that small offsets are within the memory, and checks them less
  "--maximumMemory=65536",
  "--noExportMemory",
  "--enable=simd",
];

/** The module of `src/backend/wasm/assembly`, as bytes. */
export async function compileKernels(): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array | undefined;
  const { error, stderr } = await asc.main(["index.ts", "--outFile=kernels.wasm", ...options], {
    readFile: (name) => Deno.readTextFile(new URL(name, sources)).then(inlineTagged, () => null),
    writeFile: (_name, contents) => {
      bytes = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error !== null || bytes === undefined) {
    throw new Error(`Cannot compile the wasm kernels: ${error?.message}\n${stderr}`);
  }
  return new Uint8Array(bytes);
}

/**
 * Puts the compiler's decorator before each function whose comment ends with `@inline`: `deno fmt` removes
 * decorators of functions. What is inlined is compiled for the constants that it is called with.
 */
function inlineTagged(source: string): string {
  return source.replaceAll(" @inline */\n", " */\n@inline\n");
}

/** The text of the TypeScript module that carries the bytes. */
export function embedded(bytes: Uint8Array<ArrayBuffer>): string {
  const lines = bytes.toBase64().match(/.{1,96}/g)!.map((line) => `  ${line}`).join("\n");
  return `/**
 * Made from \`assembly/*.ts\` by \`deno task kernels\`; a test holds the two together.
 *
 * @module
 */

const base64 = \`
${lines}
\`;

/** The bytes of our WebAssembly module of gradient kernels. */
export const kernelsWasm: Uint8Array<ArrayBuffer> = Uint8Array.from(
  atob(base64.replaceAll(/\\s/g, "")),
  (character) => character.charCodeAt(0),
);
`;
}
