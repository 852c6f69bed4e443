/**
 * Compiles the AssemblyScript sources of the wasm gradient kernels and embeds the result in
 * `src/backend/wasm/kernels_wasm.ts`, so that importers need neither a file nor a compiler.
 *
 *     deno task kernels
 *
 * @module
 */

import { compileKernels, embedded } from "./compile.ts";

const target = new URL("../../src/backend/wasm/kernels_wasm.ts", import.meta.url);
await Deno.writeTextFile(target, embedded(await compileKernels()));
