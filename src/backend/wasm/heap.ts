/**
 * Our module of gradient kernels beside TensorFlow.js's own: both work on one heap.
 *
 * @module
 */

import type { DataType, KernelConfig, TensorInfo } from "@tensorflow/tfjs";
import { kernelsWasm } from "./kernels_wasm.ts";

/** What our kernels need of TensorFlow.js's wasm backend. */
export interface WasmBackend {
  readonly wasm: { readonly asm: { readonly memory: WebAssembly.Memory } };
  getMemoryOffset(dataId: TensorInfo["dataId"]): number;
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
  disposeData(dataId: TensorInfo["dataId"]): boolean;
}

/** The functions of `assembly/index.ts`; every argument is a byte offset or a size. */
export type Kernels = Readonly<
  Record<
    "columnSums" | "filterGradient" | "maxPoolGradient" | "rotateFilter",
    (...offsetsAndSizes: number[]) => void
  >
>;

const compiled = new WebAssembly.Module(kernelsWasm);
const instances = new WeakMap<WasmBackend, Kernels>();

/** Our kernels, working on the heap of this backend. */
export function kernelsOn(backend: WasmBackend): Kernels {
  let kernels = instances.get(backend);
  if (kernels === undefined) {
    const { exports } = new WebAssembly.Instance(compiled, {
      env: { memory: backend.wasm.asm.memory },
    });
    kernels = exports as Kernels;
    instances.set(backend, kernels);
  }
  return kernels;
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
