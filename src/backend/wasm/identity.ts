/**
 * Copies of tensors on wasm: one more reference to the same numbers, as on TensorFlow.js's other
 * backends. Its own kernel copies the numbers, at every clone in a backward pass.
 *
 * @module
 */

import { Identity, type KernelConfig, type TensorInfo } from "@tensorflow/tfjs";
import { wasmKernel } from "./heap.ts";

/** `x`, on the same part of the heap. */
export const identity: KernelConfig = wasmKernel(
  Identity,
  ({ x }: { readonly x: TensorInfo }, _attributes: unknown, backend) => {
    backend.incRef(x.dataId);
    return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
  },
);
