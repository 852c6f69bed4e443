/**
 * Our WebAssembly module of kernels, which works on the memory of TensorFlow.js's own.
 *
 * @module
 */

import { kernelsWasm } from "./kernels_wasm.ts";
import { shareMemory } from "./shared_memory.ts";

/** The names of the functions in `assembly`; every argument is a byte offset, a size or a flag. */
export type KernelName =
  | "adamUpdate"
  | "addRuns"
  | "biasReluGradient"
  | "clamp"
  | "convolution"
  | "depthwise"
  | "depthwiseFilterGradient"
  | "depthwiseInputGradient"
  | "filterGradient"
  | "matrixProduct"
  | "maxPool3dGradient"
  | "maxPoolIndices"
  | "maxPoolGradient"
  | "maximum"
  | "minimum"
  | "momentumUpdate"
  | "packFilter"
  | "packRotatedFilter"
  | "pool"
  | "prelu"
  | "rootsOfSums"
  | "runSums"
  | "segmentSum"
  | "sgdUpdate"
  | "softmaxCrossEntropy"
  | "softmaxCrossEntropyGradient"
  | "spreadPixels"
  | "squareSums"
  | "winograd"
  | "winogradFilter"
  | "winogradFilterGradient"
  | "winogradFilterGradientResult"
  | "winogradRotatedFilter";

/** The functions of `assembly`. */
export type Kernels = Readonly<Record<KernelName, (...numbers: number[]) => void>>;

/** The module and its functions, which work on one memory. */
export interface KernelModule {
  readonly kernels: Kernels;
  readonly module: WebAssembly.Module;
}

/** Our kernels on a memory, which may be shared. */
export function instantiateKernels(memory: WebAssembly.Memory): KernelModule {
  const module = new WebAssembly.Module(isShared(memory) ? shareMemory(kernelsWasm) : kernelsWasm);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return { kernels: exports as Kernels, module };
}

/** Whether several threads can work on this memory. */
export function isShared(memory: WebAssembly.Memory): boolean {
  return !(memory.buffer instanceof ArrayBuffer);
}
