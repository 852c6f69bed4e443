/**
 * Gradients of convolutions: dilated ones, the transposed one in three dimensions, and those of the kernels
 * that compute gradients of convolutions.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { everyNth, spread } from "./axes.ts";
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

const [dense, depthwise] = CONVOLUTIONS;

/** The gradients. */
export const convolutions: readonly GradientOverride[] = [
  dilated(dense),
  dilated(depthwise),
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

/**
 * The attributes, with those that a forward kernel needs and a gradient's may not have. The layer
 * `depthwiseConv2d` gives null for its dilations.
 */
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
      const [x, filter] = saved as [tf.Tensor4D, tf.Tensor4D];
      const { strides, pad, dilations, dimRoundingMode, dataFormat } = withDefaults(
        attrs,
        kernels,
      ) as unknown as tf.Conv2DAttrs;
      const [dilationY, dilationX] = [dilations].flat().length === 2
        ? dilations as [number, number]
        : [dilations as number, dilations as number];
      if ((dilationY === 1 && dilationX === 1) || dataFormat !== "NHWC" || Array.isArray(dy)) {
        return stock(dy, saved, attrs);
      }
      const info = tf.backend_util.computeConv2DInfo(
        x.shape,
        filter.shape,
        strides,
        dilations,
        pad,
        dimRoundingMode,
        kernels === depthwise,
      );
      const { effectiveFilterHeight: height, effectiveFilterWidth: width, padInfo } = info;
      const bottom = info.outHeight - 1 + height - info.inHeight - padInfo.top;
      const right = info.outWidth - 1 + width - info.inWidth - padInfo.left;
      if (bottom < 0 || right < 0) return stock(dy, saved, attrs); // it leaves out some of the input
      const [, , inChannels, outChannels] = filter.shape;
      const shared = {
        strides: [1, 1],
        dilations: [1, 1],
        pad: [[0, 0], [padInfo.top, bottom], [padInfo.left, right], [0, 0]],
        dataFormat,
      };
      return {
        x: () => {
          const large = spread(spread(filter, 0, dilationY), 1, dilationX);
          return runKernel(kernels.input, { dy, filter: large }, {
            ...shared,
            inputShape: x.shape,
          });
        },
        filter: () => {
          const filterShape = [height, width, inChannels, outChannels];
          const large = runKernel(kernels.filter, { x, dy }, { ...shared, filterShape });
          return everyNth(everyNth(large, 0, dilationY), 1, dilationX);
        },
      };
    },
  };
}
