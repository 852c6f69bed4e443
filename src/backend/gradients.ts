/**
 * Gradients of TensorFlow.js that are wrong or missing, on every backend: average pooling whose windows
 * reach into the padding, and dilated convolutions.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** On a function that this package registered; a second copy of the package knows it by that. */
const OURS = Symbol.for("@residual/connection");

type GradFunc = tf.GradFunc & { [OURS]?: true };

/** Registers the gradients, in the place of TensorFlow.js's. Doing it again changes nothing. */
export function registerGradients(): void {
  wrap("AvgPool", averagePooling);
  wrap("AvgPool3D", averagePooling);
  wrap(
    "Conv2D",
    dilated({
      input: "Conv2DBackpropInput",
      filter: "Conv2DBackpropFilter",
      depthwise: false,
    }),
  );
  wrap(
    "DepthwiseConv2dNative",
    dilated({
      input: "DepthwiseConv2dNativeBackpropInput",
      filter: "DepthwiseConv2dNativeBackpropFilter",
      depthwise: true,
    }),
  );
}

function wrap(kernelName: string, gradient: (stock: tf.GradFunc) => tf.GradFunc): void {
  const stock = tf.getGradient(kernelName);
  if ((stock.gradFunc as GradFunc)[OURS]) return;
  const gradFunc: GradFunc = gradient(stock.gradFunc);
  gradFunc[OURS] = true;
  tf.unregisterGradient(kernelName);
  tf.registerGradient({ ...stock, gradFunc });
}

/**
 * A window's value is the mean of the numbers in it, without the padding, so the gradient of each is dy
 * divided by their count. TensorFlow.js divides by the window's size: dy is multiplied by what that is
 * too much.
 */
function averagePooling(stock: tf.GradFunc): tf.GradFunc {
  return (dy, saved, attrs) => {
    const [x] = saved;
    const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as Pooling;
    const info = x.rank === 4
      ? tf.backend_util.computePool2DInfo(
        x.shape as [number, number, number, number],
        filterSize as [number, number],
        strides as [number, number],
        1,
        pad,
        dimRoundingMode,
      )
      : tf.backend_util.computePool3DInfo(
        x.shape as [number, number, number, number, number],
        filterSize as [number, number, number],
        strides as [number, number, number],
        1,
        pad,
        dimRoundingMode,
      );
    const excess = excessOf(info);
    if (excess === undefined || Array.isArray(dy)) return stock(dy, saved, attrs);
    return stock(tf.mul(dy, excess()), saved, attrs);
  };
}

interface Pooling {
  readonly filterSize: number | number[];
  readonly strides: number | number[];
  readonly pad: "valid" | "same" | number;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

/** Size of a window divided by how many numbers it has, to be broadcast to the output; nothing if 1. */
function excessOf(
  info: tf.backend_util.Conv2DInfo | tf.backend_util.Conv3DInfo,
): (() => tf.Tensor) | undefined {
  const axes = [
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
  ].map(({ out, size, stride, filter, before }) =>
    Array.from({ length: out }, (_, o) => {
      const first = o * stride - before;
      return filter / (Math.min(size, first + filter) - Math.max(0, first));
    })
  );
  if (axes.flat().every((share) => share === 1)) return undefined;
  const values = axes.reduce((all, axis) => all.flatMap((share) => axis.map((own) => share * own)));
  return () => tf.tensor(values, [1, ...axes.map(({ length }) => length), 1]);
}

/** The kernels of a convolution's two gradients. */
interface Kernels {
  readonly input: string;
  readonly filter: string;
  readonly depthwise: boolean;
}

/**
 * A convolution whose filter is dilated is one with a larger filter that has zeros between its numbers, and
 * so are its gradients; TensorFlow.js refuses them.
 */
function dilated(kernels: Kernels): (stock: tf.GradFunc) => tf.GradFunc {
  return (stock) => (dy, saved, attrs) => {
    const [x, filter] = saved as [tf.Tensor4D, tf.Tensor4D];
    const { strides, pad, dilations = 1, dimRoundingMode, dataFormat = "NHWC" } =
      attrs as unknown as tf.Conv2DAttrs;
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
      kernels.depthwise,
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
        const rows = spread(filter, 0, dilationY);
        const large = spread(rows, 1, dilationX); // [height, width, inChannels, outChannels]
        const more = { ...shared, inputShape: x.shape } as unknown as tf.NamedAttrMap;
        return tf.engine().runKernel(kernels.input, { dy, filter: large }, more) as tf.Tensor;
      },
      filter: () => {
        const filterShape = [height, width, inChannels, outChannels];
        const more = { ...shared, filterShape } as unknown as tf.NamedAttrMap;
        const large = tf.engine().runKernel(kernels.filter, { x, dy }, more) as tf.Tensor;
        return gather(gather(large, 0, dilationY), 1, dilationX);
      },
    };
  };
}

/** Puts `step − 1` zeros between neighbors along an axis. */
function spread(x: tf.Tensor, axis: 0 | 1, step: number): tf.Tensor {
  const { outer, size, inner, withSize } = around(x, axis);
  const columns = x.reshape([outer * size, 1, inner]);
  const padded = tf.pad(columns, [[0, 0], [0, step - 1], [0, 0]]); // after each
  const spread = padded.reshape([outer, size * step, inner]);
  return spread.slice([0, 0, 0], [outer, (size - 1) * step + 1, inner])
    .reshape(withSize((size - 1) * step + 1));
}

/** Every `step`-th of an axis, from the first to the last. */
function gather(x: tf.Tensor, axis: 0 | 1, step: number): tf.Tensor {
  const { outer, size, inner, withSize } = around(x, axis);
  const count = (size - 1) / step + 1;
  const filled = tf.pad(x.reshape([outer, size, inner]), [[0, 0], [0, step - 1], [0, 0]]);
  return filled.reshape([outer * count, step, inner]).slice([0, 0, 0], [outer * count, 1, inner])
    .reshape(withSize(count));
}

/** A tensor's sizes before an axis, along it and behind it, and its shape with another size there. */
function around({ shape }: tf.Tensor, axis: number) {
  const product = (sizes: readonly number[]) => sizes.reduce((a, b) => a * b, 1);
  return {
    outer: product(shape.slice(0, axis)),
    size: shape[axis],
    inner: product(shape.slice(axis + 1)),
    withSize: (size: number) => shape.with(axis, size),
  };
}
