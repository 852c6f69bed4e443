/**
 * Operations on booleans, which are one byte each on wasm, and on whole numbers.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { booleansAsIntegers } from "../kernels/casts.ts";
import type { KernelCall, KernelOverride } from "../overrides.ts";
import type { WasmBackend } from "./heap.ts";

/** Kernels of TensorFlow.js that take each for a number of four bytes. */
const KERNELS = [
  tf.Abs,
  tf.FloorDiv,
  tf.Maximum,
  tf.Minimum,
  tf.Mod,
  tf.Neg,
  tf.Relu,
  tf.Relu6,
  tf.Reverse,
  tf.Round,
  tf.Select,
  tf.Sign,
  tf.Square,
  tf.Step,
  tf.StridedSlice,
  tf.TopK,
];

/** Kernels of booleans. */
export const booleans: readonly KernelOverride[] = KERNELS.map((kernel) =>
  booleansAsIntegers(kernel, "TensorFlow.js's reads and writes beyond the tensors")
);

/** The numbers from `begin` to `end`, `stride` apart. */
export const stridedSlice: KernelOverride = {
  kernel: tf.StridedSlice,
  covers: "int32",
  why: "TensorFlow.js's takes the result for float32",
  run: (call) => {
    const x = call.inputs.x as tf.TensorInfo;
    if (x.dtype !== "int32" || isSlice(x, call.attrs)) return undefined;
    // Both are four bytes, which the kernel moves as they are.
    const inputs = { x: { dataId: x.dataId, shape: x.shape, dtype: "float32" as const } };
    const { kernelFunc } = tf.getKernel(tf.StridedSlice, "wasm");
    const { dataId, shape } = kernelFunc({ ...call, inputs }) as tf.TensorInfo;
    (call.backend as WasmBackend).dataIdMap.get(dataId).dtype = "int32";
    return { dataId, shape, dtype: "int32" };
  },
};

/** Whether TensorFlow.js computes it as a slice, which knows types. */
function isSlice({ shape }: tf.TensorInfo, attrs: KernelCall["attrs"]): boolean {
  const given = attrs as unknown as tf.StridedSliceAttrs;
  const { isIdentity, sliceDim0, isSimpleSlice } = tf.slice_util.sliceInfo(
    shape,
    given.begin,
    given.end,
    given.strides,
    given.beginMask,
    given.endMask,
    given.ellipsisMask,
    given.newAxisMask,
    given.shrinkAxisMask,
  );
  return isIdentity || sliceDim0 || isSimpleSlice;
}
