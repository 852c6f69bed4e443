/**
 * Whole numbers and booleans with their axes in another order, and what TensorFlow.js computes along another
 * axis than the last, on WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend, WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";
import type { KernelCall, KernelOverride } from "../overrides.ts";

const why = "TensorFlow.js's shader is invalid";

/** TensorFlow.js's program writes what it reads as if it were float32. */
const transpose: KernelOverride = {
  kernel: tf.Transpose,
  covers: "int32, three axes and more",
  why,
  run: ({ inputs, attrs, backend }) => {
    const x = inputs.x as tf.TensorInfo;
    const webgpu = backend as WebGPUBackend;
    if (!isWhole(x) || x.dtype === "bool" || webgpu.shouldExecuteOnCPU([x])) return undefined;
    const { perm } = attrs as unknown as tf.TransposeAttrs;
    return webgpu.runWebGPUProgram(transposeProgram(x.shape, perm), [x], "int32");
  },
};

/** The coordinates of a place, in TensorFlow.js's WGSL. */
const COORDINATES = ["x", "y", "z", "w", "u", "v"];

function transposeProgram(shape: readonly number[], perm: readonly number[]): WebGPUProgram {
  const rank = shape.length;
  const from = perm.map((_, axis) => `coords.${COORDINATES[perm.indexOf(axis)]}`);
  const place = `${rank > 4 ? `vec${rank}` : `vec${rank}<i32>`}(${from})`;
  const outputShape = perm.map((axis) => shape[axis]);
  return {
    variableNames: ["A"],
    outputShape,
    size: true,
    dispatchLayout: { x: perm.map((_, axis) => axis) },
    dispatch: [Math.ceil(tf.util.sizeFromShape(outputShape) / 64), 1, 1],
    workgroupSize: [64, 1, 1],
    shaderKey: `residualInt32Transpose_${perm}`,
    getUserCode: () => /* wgsl */ `
      fn main(index : i32) {
        if (index >= uniforms.size) { return; }
        let coords = getCoordsFromIndex(index);
        setOutputAtIndexI32(index, A[getIndexFromCoords${rank}D(${place}, uniforms.aShape)]);
      }`,
  };
}

/** Kernels that transpose by that program themselves, so that the axes are the last ones. */
const REDUCTIONS = [
  tf.All,
  tf.Any,
  tf.ArgMax,
  tf.ArgMin,
  tf.Max,
  tf.Mean,
  tf.Min,
  tf.Prod,
  tf.Sum,
];

/** Whole numbers and booleans along axes that are not the last, of three axes and more. */
export const int32Transposes: readonly KernelOverride[] = [
  transpose,
  ...REDUCTIONS.map((kernel) => alongOtherAxes(kernel, reduce)),
  ...[tf.Cumsum, tf.Cumprod].map((kernel) => alongOtherAxes(kernel, accumulate)),
];

/** A kernel's call whose axes are brought to the end first. */
interface Transposed {
  readonly kernel: string;
  /** With the axes at the end. */
  readonly x: tf.Tensor;
  readonly axes: number[];
  readonly perm: number[];
  /** Those of the kernel, with the axes where they are now. */
  readonly attrs: Readonly<Record<string, unknown>>;
}

function alongOtherAxes(
  kernel: string,
  compute: (call: Transposed) => tf.Tensor,
): KernelOverride {
  return {
    kernel,
    covers: "int32 and bool, three axes and more, along others than the last",
    why,
    run: ({ inputs, attrs }: KernelCall) => {
      const x = inputs.x as tf.Tensor;
      if (!isWhole(x)) return undefined;
      const name = kernel === tf.Max ? "reductionIndices" : "axis";
      const given = attrs as unknown as Record<string, number | number[]>;
      const axes = tf.util.parseAxisParam(given[name], x.shape);
      const perm = tf.backend_util.getAxesPermutation(axes, x.shape.length);
      if (perm === null) return undefined;
      const last = tf.backend_util.getInnerMostAxes(axes.length, x.shape.length);
      return tf.tidy(() =>
        compute({
          kernel,
          x: tf.transpose(x, perm),
          axes,
          perm,
          attrs: { ...given, [name]: Array.isArray(given[name]) ? last : last[0] },
        })
      );
    },
  };
}

function reduce({ kernel, x, axes, attrs }: Transposed): tf.Tensor {
  const y = runKernel(kernel, x, { ...attrs, keepDims: false });
  return attrs.keepDims === true
    ? y.reshape(tf.backend_util.expandShapeToKeepDim(y.shape, axes))
    : y;
}

function accumulate({ kernel, x, perm, attrs }: Transposed): tf.Tensor {
  const y = runKernel(kernel, x, attrs);
  return tf.transpose(y, tf.backend_util.getUndoAxesPermutation(perm));
}

function runKernel(kernel: string, x: tf.Tensor, attrs: object): tf.Tensor {
  return tf.engine().runKernel(kernel, { x }, attrs as tf.NamedAttrMap) as tf.Tensor;
}

function isWhole({ dtype, shape }: tf.TensorInfo): boolean {
  return (dtype === "int32" || dtype === "bool") && shape.length > 2;
}
