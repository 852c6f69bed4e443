/**
 * Operations on booleans, which are one byte each on wasm, and on whole numbers.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
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

/** As int32, and booleans again. */
export const booleans: readonly KernelOverride[] = KERNELS
  .map((kernel) => ({
    kernel,
    covers: "bool",
    why: "TensorFlow.js's reads and writes beyond the tensors",
    run: ({ inputs, attrs }) => {
      const { condition, ...operands } = inputs as Record<string, tf.Tensor>;
      const tensors = Object.entries(operands);
      if (tensors.every(([, { dtype }]) => dtype !== "bool")) return undefined;
      return tf.tidy(() => {
        const integers = tensors.map(([name, tensor]) =>
          [name, tensor.dtype === "bool" ? tf.cast(tensor, "int32") : tensor] as const
        );
        const all = { ...(condition && { condition }), ...Object.fromEntries(integers) };
        const found = tf.engine().runKernel(kernel, all, attrs);
        if (!Array.isArray(found)) return tf.cast(found as tf.Tensor, "bool");
        const [values, ...others] = found as tf.Tensor[];
        return [tf.cast(values, "bool"), ...others];
      });
    },
  }));

/** Every so-many-th number of an axis. */
export const stridedSlice: KernelOverride = {
  kernel: tf.StridedSlice,
  covers: "int32",
  why: "TensorFlow.js's takes the result for float32",
  run: (call) => {
    const x = call.inputs.x as tf.TensorInfo;
    if (x.dtype !== "int32" || isSlice(x, call.attrs)) return undefined;
    // Both are four bytes, which the kernel moves as they are.
    const inputs = { x: { ...infoOf(x), dtype: "float32" as const } };
    const { kernelFunc } = tf.getKernel(tf.StridedSlice, "wasm");
    const chosen = kernelFunc({ ...call, inputs }) as tf.TensorInfo;
    (call.backend as WasmBackend).dataIdMap.get(chosen.dataId).dtype = "int32";
    return { ...infoOf(chosen), dtype: "int32" };
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

function infoOf({ dataId, shape, dtype }: tf.TensorInfo): tf.TensorInfo {
  return { dataId, shape, dtype };
}
