import { assertEquals, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { testWith } from "../../support/test_with.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";

const PACKAGE = new URL(
  ".",
  import.meta.resolve("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm"),
);

/** What the program prints in a process of its own: a backend starts only once in each. */
async function started(...args: readonly [threads: string, wasm?: string, absent?: string]) {
  const program = fileURLToPath(new URL("start_with.ts", import.meta.url));
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--allow-read", program, ...args.map(String)],
    stdin: "null",
  }).output();
  return new TextDecoder().decode(stdout).trim();
}

for (const threads of ["1", "2"]) {
  testWith(`wasm starts from a folder of one's own, threads: ${threads}`, {
    needs: ["read", "write", "run"],
    fn: async () => {
      await using folder = await temporaryFolder();
      const name = "tfjs-backend-wasm-simd.wasm";
      await Deno.copyFile(new URL(name, PACKAGE), `${folder.path}/${name}`);
      // Sixteen places of two channels each: 9 taps at the 4 inner, 6 at the 8 sides, 4 at the 4 corners.
      assertEquals(await started(threads, `file://${folder.path}`), String(2 * 2 * (36 + 48 + 16)));
    },
  });

  testWith(`a folder without wasm's files is refused with its name, threads: ${threads}`, {
    needs: ["read", "run"],
    fn: async () => {
      const said = await started(threads, "file:///nowhere");
      assertStringIncludes(said, "Cannot start the backend wasm: its files tfjs-backend-wasm-simd");
      assertStringIncludes(said, "must be readable in file:///nowhere/, got ");
    },
  });
}

for (const absent of ["Worker", "SharedArrayBuffer"]) {
  testWith(`several threads are refused where there is no ${absent}`, {
    needs: ["read", "run"],
    fn: async () => {
      assertEquals(
        await started("2", "", absent),
        `Cannot run wasm on 2 threads: there must be a ${absent} here, got none; take 1 thread`,
      );
    },
  });
}

testWith("one thread needs no SharedArrayBuffer, which few pages have", {
  needs: ["read", "run"],
  fn: async () => assertEquals(await started("1", "", "SharedArrayBuffer"), "400"),
});
