/**
 * Gradients of pooling: of averages, and of the kernels that compute gradients of pooling.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { around, everyNth } from "../axes.ts";
import { gradientOf, type GradientOverride, runKernel, zeros } from "./override.ts";

/** The gradients. */
export const pooling: readonly GradientOverride[] = [
  { kernelName: "AvgPool", make: ofAverage },
  { kernelName: "AvgPool3D", make: ofAverage },
  ...["AvgPool", "AvgPool3D"].map((kernelName) =>
    gradientOf(`${kernelName}Grad`, ["input"], (up, [input], attrs) => ({
      dy: () => windowSums(kernelName, { x: up as tf.Tensor, input, attrs }),
      input: zeros(input),
    }))
  ),
  ...["MaxPoolGrad", "MaxPool3DGrad"].map((kernelName) =>
    gradientOf(kernelName, ["input", "output"], (up, [input, output], attrs) => ({
      dy: () => atMaxima(up as tf.Tensor, input, attrs as unknown as Pooling),
      input: zeros(input),
      output: zeros(output),
    }))
  ),
];

interface Pooling {
  readonly filterSize: number | number[];
  readonly strides: number | number[];
  readonly pad: "valid" | "same" | number;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

/** One axis of the windows. */
interface Axis {
  readonly out: number;
  readonly size: number;
  readonly stride: number;
  readonly filter: number;
  /** How much padding there is before the first number. */
  readonly before: number;
}

/**
 * A window's value is the mean of the numbers in it, without the padding, so the gradient of each is dy
 * divided by their count. TensorFlow.js divides by the window's size: dy is multiplied by what that is
 * too much.
 */
function ofAverage(stock: tf.GradFunc): tf.GradFunc {
  return (dy, saved, attrs) => {
    const excess = excessOf(axesOf(saved[0], attrs as unknown as Pooling));
    if (excess === undefined || Array.isArray(dy)) return stock(dy, saved, attrs);
    return stock(tf.mul(dy, excess()), saved, attrs);
  };
}

/** Sums of each window's numbers, divided by the window's size. */
function windowSums(
  kernelName: string,
  { x, input, attrs }: {
    readonly x: tf.Tensor;
    readonly input: tf.Tensor;
    readonly attrs: tf.NamedAttrMap;
  },
): tf.Tensor {
  const dataFormat = x.rank === 4 ? "NHWC" : "NDHWC";
  const means = runKernel(kernelName, { x }, { dataFormat, ...attrs });
  const excess = excessOf(axesOf(input, attrs as unknown as Pooling));
  return excess === undefined ? means : tf.div(means, excess());
}

/** The numbers at the places of each window's maximum, the first of equal ones, or of its first NaN. */
function atMaxima(x: tf.Tensor, input: tf.Tensor, pooling: Pooling): tf.Tensor {
  const axes = axesOf(input, pooling);
  const pads = axes.map(({ out, size, stride, filter, before }): [number, number] => [
    before,
    Math.max(0, (out - 1) * stride + filter - size - before),
  ]);
  const padded = (tensor: tf.Tensor, value: number) =>
    tf.pad(tensor, [[0, 0], ...pads, [0, 0]], value);
  const [inputs, xs] = [padded(input, -Infinity), padded(x, 0)];
  const offsets = axes.reduce<number[][]>(
    (all, { filter }) =>
      all.flatMap((some) => Array.from({ length: filter }, (_, offset) => [...some, offset])),
    [[]],
  );
  const taken = (tensor: tf.Tensor, offset: readonly number[]) =>
    axes.reduce((result, { out, stride }, i) => {
      const { outer, size, inner, withSize } = around(result, i + 1);
      const length = (out - 1) * stride + 1;
      const from = result.reshape([outer, size, inner])
        .slice([0, offset[i], 0], [outer, length, inner]).reshape(withSize(length));
      return everyNth(from, i + 1, stride);
    }, tensor);
  const [first, ...others] = offsets;
  let [largest, result] = [taken(inputs, first), taken(xs, first)];
  for (const offset of others) {
    const candidate = taken(inputs, offset);
    const isLarger = tf.logicalOr(tf.greater(candidate, largest), tf.isNaN(candidate));
    const larger = tf.logicalAnd(isLarger, tf.logicalNot(tf.isNaN(largest)));
    result = tf.where(larger, taken(xs, offset), result);
    largest = tf.where(larger, candidate, largest);
  }
  return result;
}

function axesOf({ rank, shape }: tf.Tensor, pooling: Pooling): Axis[] {
  const { filterSize, strides, pad, dimRoundingMode } = pooling;
  const info = rank === 4
    ? tf.backend_util.computePool2DInfo(
      shape as [number, number, number, number],
      filterSize as [number, number],
      strides as [number, number],
      1,
      pad,
      dimRoundingMode,
    )
    : tf.backend_util.computePool3DInfo(
      shape as [number, number, number, number, number],
      filterSize as [number, number, number],
      strides as [number, number, number],
      1,
      pad,
      dimRoundingMode,
    );
  return [
    ...("inDepth" in info
      ? [{
        out: info.outDepth,
        size: info.inDepth,
        stride: info.strideDepth,
        filter: info.filterDepth,
        before: info.padInfo.front,
      }]
      : []),
    {
      out: info.outHeight,
      size: info.inHeight,
      stride: info.strideHeight,
      filter: info.filterHeight,
      before: info.padInfo.top,
    },
    {
      out: info.outWidth,
      size: info.inWidth,
      stride: info.strideWidth,
      filter: info.filterWidth,
      before: info.padInfo.left,
    },
  ];
}

/** Size of a window divided by how many numbers it has, to be broadcast to the output; nothing if 1. */
function excessOf(axes: readonly Axis[]): (() => tf.Tensor) | undefined {
  const shares = axes.map(({ out, size, stride, filter, before }) =>
    Array.from({ length: out }, (_, o) => {
      const first = o * stride - before;
      return filter / (Math.min(size, first + filter) - Math.max(0, first));
    })
  );
  if (shares.flat().every((share) => share === 1)) return undefined;
  const values = shares.reduce((all, axis) =>
    all.flatMap((share) => axis.map((own) => share * own))
  );
  return () => tf.tensor(values, [1, ...axes.map(({ out }) => out), 1]);
}
