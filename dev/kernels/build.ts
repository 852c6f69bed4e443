/**
 * Compiles the AssemblyScript sources of the wasm kernels and embeds the result in
 * `src/backend/wasm/kernels_wasm.ts`, so that importers need neither a file nor a compiler; and writes
 * the guide's table of kernels.
 *
 *     deno task kernels
 *
 * @module
 */

import { compileKernels, embedded } from "./compile.ts";
import { withKernelTable } from "./table.ts";

const target = new URL("../../src/backend/wasm/kernels_wasm.ts", import.meta.url);
await Deno.writeTextFile(target, embedded(await compileKernels()));

const guide = new URL("../../docs/guide.md", import.meta.url);
await Deno.writeTextFile(guide, withKernelTable(await Deno.readTextFile(guide)));
