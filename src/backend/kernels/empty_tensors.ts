/**
 * Sums and the like over no numbers at all, on every backend.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { KernelOverride } from "../overrides.ts";

/** What is left of no numbers, and its type, which is the input's, a boolean's int32, where there is none. */
interface Nothing {
  readonly kernel: string;
  readonly value: number;
  readonly dtype?: "bool" | "float32" | "int32";
}

/** A mean is 0 / 0, and there is no largest number. */
const REDUCTIONS: readonly Nothing[] = [
  { kernel: tf.All, value: 1, dtype: "bool" },
  { kernel: tf.Any, value: 0, dtype: "bool" },
  { kernel: tf.ArgMax, value: 0, dtype: "int32" },
  { kernel: tf.ArgMin, value: 0, dtype: "int32" },
  { kernel: tf.Max, value: NaN },
  { kernel: tf.Mean, value: NaN, dtype: "float32" },
  { kernel: tf.Min, value: NaN },
  { kernel: tf.Prod, value: 1 },
  { kernel: tf.Sum, value: 0 },
];

const why = "TensorFlow.js gives false for all, what is in memory, or nothing";

/** Kernels on tensors without numbers. */
export const emptyTensors: readonly KernelOverride[] = [
  ...REDUCTIONS.map(({ kernel, value, dtype }): KernelOverride => ({
    kernel,
    covers: "a tensor without numbers",
    why,
    run: ({ inputs, attrs }) => {
      const x = inputs.x as tf.TensorInfo;
      if (!isEmpty(x)) return undefined;
      const given = attrs as unknown as Record<string, number | number[] | boolean>;
      const axis = given[kernel === tf.Max ? "reductionIndices" : "axis"] as number | number[];
      const axes = tf.util.parseAxisParam(axis, x.shape);
      const [left] = tf.backend_util.computeOutAndReduceShapes(x.shape, axes);
      const shape = given.keepDims === true
        ? tf.backend_util.expandShapeToKeepDim(left, axes)
        : left;
      const own = x.dtype === "bool" ? "int32" : x.dtype as "float32" | "int32";
      return tf.fill(shape, value, dtype ?? own);
    },
  })),
  {
    kernel: tf.BatchMatMul,
    covers: "matrices whose products have no terms",
    why,
    run: ({ inputs, attrs }) => {
      const { a, b } = inputs as unknown as Record<"a" | "b", tf.TensorInfo>;
      const { transposeA, transposeB } = attrs as unknown as tf.BatchMatMulAttrs;
      const [rows, inner] = sizesOf(a, transposeA);
      const [, columns] = sizesOf(b, transposeB);
      if (inner !== 0) return undefined;
      const batch = tf.backend_util.assertAndGetBroadcastShape(
        a.shape.slice(0, -2),
        b.shape.slice(0, -2),
      );
      return tf.zeros([...batch, rows, columns], a.dtype as "float32");
    },
  },
];

/** The same with what follows a product, which is then one of zeros. */
export const emptyFusedMatMul: KernelOverride = {
  kernel: tf._FusedMatMul,
  covers: "matrices whose products have no terms",
  why: "TensorFlow.js has no buffer for what is empty",
  run: ({ inputs, attrs, backend }) => {
    const { a, b } = inputs as unknown as Record<"a" | "b", tf.TensorInfo>;
    const { transposeA, transposeB } = attrs as unknown as tf._FusedMatMulAttrs;
    const [rows, inner] = sizesOf(a, transposeA);
    const [, columns] = sizesOf(b, transposeB);
    if (inner !== 0) return undefined;
    return tf.tidy(() => {
      const zeros = {
        a: tf.zeros([...a.shape.slice(0, -2), rows, 1]),
        b: tf.zeros([...b.shape.slice(0, -2), 1, columns]),
      };
      return tf.getKernel(tf._FusedMatMul, tf.getBackend()).kernelFunc({
        inputs: { ...inputs, ...zeros },
        attrs: { ...attrs as object, transposeA: false, transposeB: false },
        backend,
      }) as tf.Tensor;
    });
  },
};

/** A gathering from no numbers on wasm, whose result TensorFlow.js leaves in its inner shape. */
export const gatherOfNone: KernelOverride = {
  kernel: tf.GatherV2,
  covers: "a tensor without numbers, along an axis that is not the empty one",
  why: "TensorFlow.js gives another shape",
  run: ({ inputs, attrs }) => {
    const { x, indices } = inputs as { x: tf.Tensor; indices: tf.Tensor };
    const { axis, batchDims } = attrs as unknown as tf.GatherV2Attrs;
    const [along] = tf.util.parseAxisParam(axis, x.shape);
    if (!isEmpty(x) || x.shape[along] === 0) return undefined;
    const { outputShape } = tf.backend_util.segment_util
      .collectGatherOpShapeInfo(x, indices, along, batchDims);
    return tf.zeros(outputShape, x.dtype as "float32");
  },
};

function isEmpty({ shape }: tf.TensorInfo): boolean {
  return shape.includes(0);
}

/** Rows and columns of a matrix, or of what it becomes. */
function sizesOf({ shape }: tf.TensorInfo, isTransposed: boolean): number[] {
  const sizes = shape.slice(-2);
  return isTransposed ? sizes.reverse() : sizes;
}
