/**
 * What our kernels share with TensorFlow.js's wasm backend: its heap.
 *
 * @module
 */

import type { DataType, KernelConfig, TensorInfo } from "@tensorflow/tfjs";

/** What our kernels need of TensorFlow.js's wasm backend. */
export interface WasmBackend {
  readonly wasm: { readonly asm: { readonly memory: WebAssembly.Memory } };
  getMemoryOffset(dataId: TensorInfo["dataId"]): number;
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
  incRef(dataId: TensorInfo["dataId"]): void;
  disposeData(dataId: TensorInfo["dataId"]): boolean;
}

/** A kernel of ours for the wasm backend, in the form that TensorFlow.js registers. */
export function wasmKernel<Inputs, Attributes>(
  kernelName: string,
  compute: (inputs: Inputs, attributes: Attributes, backend: WasmBackend) => TensorInfo,
): KernelConfig {
  return {
    kernelName,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) =>
      compute(inputs as Inputs, attrs as Attributes, backend as WasmBackend),
  };
}

/** Lends areas of the heap, each of so many floats, for as long as `use` runs. */
export function withScratch<T>(
  backend: WasmBackend,
  floats: readonly number[],
  use: (offsets: number[]) => T,
): T {
  const { dataId } = backend.makeOutput([floats.reduce((sum, size) => sum + size, 0)], "float32");
  try {
    let next = backend.getMemoryOffset(dataId);
    return use(floats.map((size) => (next += 4 * size) - 4 * size));
  } finally {
    backend.disposeData(dataId);
  }
}
