/**
 * Gradients of convolutions: dilated ones, the transposed one in three dimensions, and those of the kernels
 * that compute gradients of convolutions.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { everyNth, spread } from "../axes.ts";
import { gradientOf, type GradientOverride, runKernel } from "./override.ts";

/** The kernels of a convolution, and of its gradients. */
interface Kernels {
  readonly forward: string;
  readonly input: string;
  readonly filter: string;
  readonly dataFormat: string;
}

const CONVOLUTIONS: readonly Kernels[] = [
  {
    forward: "Conv2D",
    input: "Conv2DBackpropInput",
    filter: "Conv2DBackpropFilter",
    dataFormat: "NHWC",
  },
  {
    forward: "DepthwiseConv2dNative",
    input: "DepthwiseConv2dNativeBackpropInput",
    filter: "DepthwiseConv2dNativeBackpropFilter",
    dataFormat: "NHWC",
  },
  {
    forward: "Conv3D",
    input: "Conv3DBackpropInputV2",
    filter: "Conv3DBackpropFilterV2",
    dataFormat: "NDHWC",
  },
];

/** The gradients. */
export const convolutions: readonly GradientOverride[] = [
  ...CONVOLUTIONS.map(dilated),
  ...CONVOLUTIONS.flatMap((kernels) => [ofInputGradient(kernels), ofFilterGradient(kernels)]),
];

/** dx = inputGradient(dy, filter) is linear in both. */
function ofInputGradient(kernels: Kernels): GradientOverride {
  const { forward, input, filter: filterKernel } = kernels;
  return gradientOf(input, ["dy", "filter"], (up, [dy, filter], attrs) => {
    const { inputShape: _, ...shared } = withDefaults(attrs, kernels);
    const x = up as tf.Tensor;
    return {
      dy: () => runKernel(forward, { x, filter }, shared),
      filter: () => runKernel(filterKernel, { x, dy }, { ...shared, filterShape: filter.shape }),
    };
  });
}

/** dFilter = filterGradient(x, dy) is linear in both. */
function ofFilterGradient(kernels: Kernels): GradientOverride {
  const { forward, input, filter: filterKernel } = kernels;
  return gradientOf(filterKernel, ["x", "dy"], (up, [x, dy], attrs) => {
    const { filterShape: _, ...shared } = withDefaults(attrs, kernels);
    const filter = up as tf.Tensor;
    return {
      x: () => runKernel(input, { dy, filter }, { ...shared, inputShape: x.shape }),
      dy: () => runKernel(forward, { x, filter }, shared),
    };
  });
}

/** The attributes, with those that a forward kernel needs and a gradient's may not have. */
function withDefaults(attrs: tf.NamedAttrMap, { dataFormat }: Kernels): Record<string, unknown> {
  const ones = Array.isArray(attrs.strides) ? attrs.strides.map(() => 1) : 1;
  return { dataFormat, ...attrs, dilations: attrs.dilations ?? ones };
}

/**
 * A convolution whose filter is dilated is one with a larger filter that has zeros between its numbers, and
 * so are its gradients; TensorFlow.js refuses them.
 */
function dilated(kernels: Kernels): GradientOverride {
  return {
    kernelName: kernels.forward,
    make: (stock) => (dy, saved, attrs) => {
      const [x, filter] = saved;
      const { dataFormat = kernels.dataFormat } = attrs as unknown as tf.Conv2DAttrs;
      const axes = axesOf(kernels, { x, filter, attrs });
      const isDilated = axes.some(({ dilation }) => dilation > 1);
      if (!isDilated || dataFormat !== kernels.dataFormat || Array.isArray(dy)) {
        return stock(dy, saved, attrs);
      }
      const ones = axes.map(() => 1);
      const shared = { strides: ones, dilations: ones, pad: "valid", dataFormat };
      const dilations = axes.map(({ dilation }) => dilation);
      const [first, ...channels] = [x.shape[0], ...filter.shape.slice(axes.length)];
      return {
        x: () => {
          const large = dilations.reduce(
            (filter, step, axis) => spread(filter, axis, step),
            filter,
          );
          const inputShape = [first, ...axes.map(({ reach }) => reach), x.shape.at(-1)!];
          const dx = runKernel(kernels.input, { dy, filter: large }, { ...shared, inputShape });
          return onlyInside(dx, axes);
        },
        filter: () => {
          const filterShape = [...axes.map(({ filter }) => filter), ...channels];
          const reached = asFarAsReached(x, axes);
          const large = runKernel(kernels.filter, { x: reached, dy }, { ...shared, filterShape });
          return dilations.reduce((filter, step, axis) => everyNth(filter, axis, step), large);
        },
      };
    },
  };
}

/** Of an axis: how the filter lies over it. */
interface Axis {
  readonly dilation: number;
  /** The size of the dilated filter. */
  readonly filter: number;
  /** The size of the input. */
  readonly size: number;
  /** How much padding there is before the input. */
  readonly before: number;
  /** How many places the filter reaches, padding included. */
  readonly reach: number;
}

function axesOf(
  { forward }: Kernels,
  { x, filter, attrs }: {
    readonly x: tf.Tensor;
    readonly filter: tf.Tensor;
    readonly attrs: tf.NamedAttrMap;
  },
): Axis[] {
  if (forward === "Conv3D") {
    const { strides, pad, dilations } = attrs as unknown as tf.Conv3DAttrs;
    const info = tf.backend_util.computeConv3DInfo(
      x.shape as tf.Tensor5D["shape"],
      filter.shape as tf.Tensor5D["shape"],
      strides,
      dilations ?? 1, // null, of layers.depthwiseConv2d
      pad,
    );
    const { padInfo } = info;
    const [dilationZ, filterZ] = [info.dilationDepth, info.effectiveFilterDepth];
    return [
      axisOf([dilationZ, filterZ], [info.inDepth, padInfo.front, info.outDepth]),
      ...axesOfImage(info),
    ];
  }
  const { strides, pad, dilations, dimRoundingMode } = attrs as unknown as tf.Conv2DAttrs;
  return axesOfImage(
    tf.backend_util.computeConv2DInfo(
      x.shape as tf.Tensor4D["shape"],
      filter.shape as tf.Tensor4D["shape"],
      strides,
      dilations ?? 1, // null, of layers.depthwiseConv2d
      pad,
      dimRoundingMode,
      forward !== "Conv2D",
    ),
  );
}

function axesOfImage(info: tf.backend_util.Conv2DInfo | tf.backend_util.Conv3DInfo): Axis[] {
  const { dilationHeight, effectiveFilterHeight, dilationWidth, effectiveFilterWidth } = info;
  return [
    axisOf(
      [dilationHeight, effectiveFilterHeight],
      [info.inHeight, info.padInfo.top, info.outHeight],
    ),
    axisOf(
      [dilationWidth, effectiveFilterWidth],
      [info.inWidth, info.padInfo.left, info.outWidth],
    ),
  ];
}

function axisOf(
  [dilation, filter]: readonly [dilation: number, filter: number],
  [size, before, out]: readonly [size: number, before: number, out: number],
): Axis {
  return { dilation, filter, size, before, reach: out - 1 + filter };
}

/** The input with its padding, as far as the filter reaches. */
function asFarAsReached(x: tf.Tensor, axes: readonly Axis[]): tf.Tensor {
  const after = axes.map(({ size, before, reach }) => Math.max(0, reach - before - size));
  const padding = axes.map(({ before }, i) => [before, after[i]] as [number, number]);
  const padded = tf.pad(x, [[0, 0], ...padding, [0, 0]]);
  return padded.slice(0, [x.shape[0], ...axes.map(({ reach }) => reach), x.shape.at(-1)!]);
}

/** The transpose of {@linkcode asFarAsReached}: what lies over the input. */
function onlyInside(dx: tf.Tensor, axes: readonly Axis[]): tf.Tensor {
  const missing = axes.map(({ size, before, reach }) => Math.max(0, before + size - reach));
  const padding = missing.map((after) => [0, after] as [number, number]);
  const padded = tf.pad(dx, [[0, 0], ...padding, [0, 0]]);
  const size = [dx.shape[0], ...axes.map(({ size }) => size), dx.shape.at(-1)!];
  return padded.slice([0, ...axes.map(({ before }) => before), 0], size);
}
