/**
 * Gradients of TensorFlow.js that are wrong, crash or are missing, on every backend.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** On a function that this package registered; a second copy of the package knows it by that. */
const OURS = Symbol.for("@residual/connection");

type GradFunc = tf.GradFunc & { [OURS]?: true };

/** Registers the gradients, in the place of TensorFlow.js's. Doing it again changes nothing. */
export function registerGradients(): void {
  registerSteps();
  registerCumulative();
  registerSelections();
  registerConv3dTranspose();
  wrap("Maximum", summed(["a", "b"]));
  wrap("Minimum", summed(["a", "b"]));
  wrap("SquaredDifference", summed(["a", "b"]));
  wrap("BatchMatMul", summed(["a", "b"]));
  wrap("Prelu", summed(["x", "alpha"]));
  wrap("ResizeBilinear", resizing);
  wrap("ResizeNearestNeighbor", resizingNearest);
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

/** Puts a gradient in the place of TensorFlow.js's, from which it is made. */
function wrap(kernelName: string, gradient: (stock: tf.GradFunc) => tf.GradFunc): void {
  const stock = tf.getGradient(kernelName);
  if ((stock.gradFunc as GradFunc)[OURS]) return;
  const gradFunc: GradFunc = gradient(stock.gradFunc);
  gradFunc[OURS] = true;
  tf.unregisterGradient(kernelName);
  tf.registerGradient({ ...stock, gradFunc });
}

/** Registers a gradient where TensorFlow.js has none, or one that is of no use. */
function define(config: tf.GradConfig): void {
  const stock = tf.getGradient(config.kernelName) as tf.GradConfig | undefined;
  if ((stock?.gradFunc as GradFunc | undefined)?.[OURS]) return;
  (config.gradFunc as GradFunc)[OURS] = true;
  if (stock !== undefined) tf.unregisterGradient(config.kernelName);
  tf.registerGradient(config);
}

/** Operations whose result does not change where their inputs change a little. */
const STEPS = ["Equal", "NotEqual", "Greater", "GreaterEqual", "Less", "LessEqual"];

function registerSteps(): void {
  for (const kernelName of STEPS) {
    define({
      kernelName,
      inputsToSave: ["a", "b"],
      gradFunc: (_dy, [a, b]) => ({ a: () => tf.zerosLike(a), b: () => tf.zerosLike(b) }),
    });
  }
}

/** TensorFlow.js forgets that inputs may have been broadcast: the gradient is summed over those axes. */
function summed(names: readonly [string, string]): (stock: tf.GradFunc) => tf.GradFunc {
  return (stock) => (dy, saved, attrs) => {
    const gradients = stock(dy, saved, attrs);
    return Object.fromEntries(
      Object.entries(gradients).map(([name, gradient]) => {
        const input = saved[names.indexOf(name)];
        return [name, input === undefined ? gradient : () => sumTo(gradient(), input.shape)];
      }),
    );
  };
}

/** Sums over the axes along which a tensor of this shape was broadcast. */
function sumTo(x: tf.Tensor, shape: number[]): tf.Tensor {
  if (`${x.shape}` === `${shape}`) return x;
  const missing = x.rank - shape.length;
  const axes = x.shape.map((_, axis) => axis)
    .filter((axis) => axis < missing || (shape[axis - missing] === 1 && x.shape[axis] > 1));
  return tf.sum(x, axes).reshape(shape);
}

/** Sums up to each place, whose gradient is the sum from each place on. */
function registerCumulative(): void {
  define({
    kernelName: "Cumsum",
    inputsToSave: [],
    gradFunc: (dy, _saved, attrs) => {
      const { axis, exclusive, reverse } = attrs as unknown as tf.CumsumAttrs;
      return { x: () => tf.cumsum(dy as tf.Tensor, axis, exclusive, !reverse) };
    },
  });
  define({
    kernelName: "Cumprod",
    inputsToSave: ["x"],
    gradFunc: (dy, [x], attrs) => {
      const { axis, exclusive, reverse } = attrs as unknown as tf.CumprodAttrs;
      return { x: () => cumprodGradient(dy as tf.Tensor, x, { axis, exclusive, reverse }) };
    },
  });
}

/**
 * Without a division by x, which may be 0: ∂L/∂xᵢ = (∏ before i) · sᵢ, where sᵢ = dyᵢ + xᵢ₊₁ · sᵢ₊₁; an
 * exclusive product has dy one place later.
 */
function cumprodGradient(
  dy: tf.Tensor,
  x: tf.Tensor,
  { axis, exclusive, reverse }: tf.CumprodAttrs,
): tf.Tensor {
  const parts = (tensor: tf.Tensor) => {
    const all = tf.unstack(tensor, axis);
    return reverse ? all.reverse() : all;
  };
  const [xs, dys] = [parts(x), parts(dy)];
  const gradients: tf.Tensor[] = [];
  let later: tf.Tensor = tf.zerosLike(xs[0]);
  for (let i = xs.length - 1; i >= 0; i--) {
    const own = exclusive ? dys[i + 1] ?? tf.zerosLike(xs[0]) : dys[i];
    later = i + 1 < xs.length ? tf.add(own, tf.mul(xs[i + 1], later)) : own;
    gradients.unshift(later);
  }
  let before: tf.Tensor = tf.onesLike(xs[0]);
  const results = gradients.map((gradient, i) => {
    const result = tf.mul(gradient, before);
    before = tf.mul(before, xs[i]);
    return result;
  });
  return tf.stack(reverse ? results.reverse() : results, axis);
}

/** Operations that take numbers of their input as they are, and how they are called again. */
const SELECTIONS: Readonly<Record<string, string>> = {
  DepthToSpace: "x",
  FlipLeftRight: "image",
  GatherNd: "params",
  MirrorPad: "x",
  StridedSlice: "x",
};

/**
 * The gradient of an operation that selects: each number's is the sum of those of the places that it was
 * taken to, which the operation shows when it is applied to the numbers' places.
 */
function registerSelections(): void {
  for (const [kernelName, name] of Object.entries(SELECTIONS)) {
    const others = kernelName === "GatherNd" ? ["indices"] : [];
    define({
      kernelName,
      inputsToSave: [name, ...others],
      gradFunc: (dy, [x, ...rest], attrs) => ({
        [name]: () => {
          const inputs = Object.fromEntries(others.map((other, i) => [other, rest[i]]));
          const places = tf.engine().runKernel(kernelName, {
            [name]: tf.range(0, x.size).reshape(x.shape),
            ...inputs,
          }, attrs as unknown as tf.NamedAttrMap) as tf.Tensor;
          return scatter(dy as tf.Tensor, places, x.shape);
        },
        ...Object.fromEntries(others.map((other, i) => [other, () => tf.zerosLike(rest[i])])),
      }),
    });
  }
  define({
    kernelName: "TopK",
    inputsToSave: ["x"],
    gradFunc: (dy, [x], attrs) => ({
      x: () => {
        const { k, sorted } = attrs as unknown as tf.TopKAttrs;
        const { indices } = tf.topk(x, k, sorted);
        const last = x.shape[x.rank - 1];
        const rows = tf.range(0, x.size / last).mul(last).reshape([...x.shape.slice(0, -1), 1]);
        const [gradient] = [dy].flat(); // of the values; the indices have none
        return scatter(gradient, tf.add(rows, tf.cast(indices, "float32")), x.shape);
      },
    }),
  });
}

/** Adds numbers up at the places that they belong to. */
function scatter(x: tf.Tensor, places: tf.Tensor, shape: number[]): tf.Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  const flat = tf.cast(places.reshape([-1]), "int32") as tf.Tensor1D;
  return tf.unsortedSegmentSum(x.reshape([-1]), flat, size).reshape(shape);
}

/**
 * Resizing is linear in the images, so its gradient is the transposed map. TensorFlow.js's cpu backend gives
 * the gradient of images that are not square another shape, and none knows half-pixel centers.
 */
function resizing(stock: tf.GradFunc): tf.GradFunc {
  return (dy, saved, attrs) => {
    const [images] = saved as [tf.Tensor4D];
    const { halfPixelCenters, alignCorners } = attrs as unknown as tf.ResizeBilinearAttrs;
    if (!halfPixelCenters || alignCorners) {
      const { images: gradient } = stock(dy, saved, attrs);
      return { images: () => gradient().reshape(images.shape) };
    }
    return {
      images: () => {
        const [, height, width] = images.shape;
        const [, outHeight, outWidth] = (dy as tf.Tensor4D).shape;
        const byColumn = tf.transpose(dy as tf.Tensor, [0, 1, 3, 2]); // [batch, outHeight, channels, outWidth]
        const columns = tf.matMul(byColumn, bilinearWeights(width, outWidth));
        const byRow = tf.transpose(columns, [0, 3, 2, 1]); // [batch, width, channels, outHeight]
        const rows = tf.matMul(byRow, bilinearWeights(height, outHeight));
        return tf.transpose(rows, [0, 3, 1, 2]); // [batch, height, width, channels]
      },
    };
  };
}

/** With half-pixel centers, which no kernel of the gradient knows, by the places of the pixels. */
function resizingNearest(stock: tf.GradFunc): tf.GradFunc {
  return (dy, saved, attrs) => {
    const [images] = saved as [tf.Tensor4D];
    const { halfPixelCenters } = attrs as unknown as tf.ResizeNearestNeighborAttrs;
    if (!halfPixelCenters) return stock(dy, saved, attrs);
    return {
      images: () => {
        const numbers = tf.range(0, images.size).reshape(images.shape);
        const more = attrs as unknown as tf.NamedAttrMap;
        const places = tf.engine().runKernel("ResizeNearestNeighbor", { images: numbers }, more);
        return scatter(dy as tf.Tensor, places as tf.Tensor, images.shape);
      },
    };
  };
}

/** What each position of an axis counts for in each resized one, with half-pixel centers: [out, size]. */
function bilinearWeights(size: number, out: number): tf.Tensor2D {
  const weights = new Float32Array(out * size);
  for (let o = 0; o < out; o++) {
    const source = (o + 0.5) * size / out - 0.5;
    const low = Math.max(0, Math.floor(source));
    const high = Math.min(size - 1, Math.ceil(source));
    weights[o * size + low] += 1 - (source - low);
    weights[o * size + high] += source - low;
  }
  return tf.tensor2d(weights, [out, size]);
}

/** The transposed convolution in three dimensions, whose gradients are a convolution and its filter's. */
function registerConv3dTranspose(): void {
  define({
    kernelName: "Conv3DBackpropInputV2",
    inputsToSave: ["dy", "filter"],
    gradFunc: (ddx, [dy, filter], attrs) => {
      const { strides, pad } = attrs as unknown as tf.Conv3DBackpropInputV2Attrs;
      const [up, kernel] = [ddx as tf.Tensor5D, filter as tf.Tensor5D];
      return {
        dy: () => tf.conv3d(up, kernel, strides, pad),
        filter: () =>
          tf.engine().runKernel("Conv3DBackpropFilterV2", { x: up, dy }, {
            strides,
            pad,
            filterShape: kernel.shape,
          } as unknown as tf.NamedAttrMap) as tf.Tensor,
      };
    },
  });
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
