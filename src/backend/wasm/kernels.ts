/**
 * Our module of kernels beside TensorFlow.js's own: both work on one heap.
 *
 * @module
 */

import type { WasmBackend } from "./heap.ts";
import { kernelsWasm } from "./kernels_wasm.ts";

/** The names of the functions in `assembly`; every argument is a byte offset, a size or a flag. */
export type KernelName =
  | "columnSums"
  | "convolution"
  | "filterGradient"
  | "maxPoolGradient"
  | "packFilter"
  | "packTurnedFilter";

/** The functions of `assembly`. */
export type Kernels = Readonly<Record<KernelName, (...numbers: number[]) => void>>;

const compiled = new WebAssembly.Module(kernelsWasm);
const instances = new WeakMap<WasmBackend, Kernels>();

/** Our kernels, working on the heap of this backend. */
export function kernelsOn(backend: WasmBackend): Kernels {
  let kernels = instances.get(backend);
  if (kernels === undefined) {
    const { memory } = backend.wasm.asm;
    kernels = new WebAssembly.Instance(compiled, { env: { memory } }).exports as Kernels;
    instances.set(backend, kernels);
  }
  return kernels;
}
