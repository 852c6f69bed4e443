/**
 * Convolutions in three dimensions on wasm, and their gradients, as those in two dimensions of images that
 * have the slices which a filter reaches as further channels.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { everyNth, spread } from "../axes.ts";
import type { KernelOverride } from "../overrides.ts";

type Shape5D = [number, number, number, number, number];
type Info = tf.backend_util.Conv3DInfo;

/** `y[b, z, y, x, co] = Σ x[b, z·stride − pad + kz·dilation, …, ci] · filter[kz, ky, kx, ci, co]` */
export const conv3d: KernelOverride = {
  kernel: tf.Conv3D,
  covers: "NDHWC, float32",
  why: "several times TensorFlow.js's speed",
  run: ({ inputs, attrs }) => {
    const { x, filter } = inputs as { x: tf.Tensor5D; filter: tf.Tensor5D };
    if (!areFloats(x, filter)) return undefined;
    const { strides, pad, dilations } = attrs as unknown as tf.Conv3DAttrs;
    const info = infoOf(x.shape, filter.shape, { strides, pad, dilations });
    return tf.tidy(() => {
      const y = tf.conv2d(
        slicesAsChannels(x, info),
        filterOf2D(filter),
        [info.strideHeight, info.strideWidth],
        paddingOf2D(info),
        "NHWC",
        [info.dilationHeight, info.dilationWidth],
      );
      return y.reshape(info.outShape); // [batch, depth, height, width, channels]
    });
  },
};

/** `dx[b, iz, iy, ix, ci] = Σ dy[b, z, y, x, co] · filter[kz, ky, kx, ci, co]` */
export const conv3dInputGradient: KernelOverride = {
  kernel: tf.Conv3DBackpropInputV2,
  covers: "float32",
  why: "TensorFlow.js's is wrong",
  run: ({ inputs, attrs }) => {
    const { dy, filter } = inputs as { dy: tf.Tensor5D; filter: tf.Tensor5D };
    if (!areFloats(dy, filter)) return undefined;
    const { strides, pad, inputShape } = attrs as unknown as tf.Conv3DBackpropInputV2Attrs;
    const info = infoOf(inputShape, filter.shape, { strides, pad });
    if (`${dy.shape}` !== `${info.outShape}`) {
      throw new RangeError(
        `Cannot compute the input gradient of conv3d on wasm: dy must have the shape ` +
          `[${info.outShape}] for an input of [${inputShape}], got [${dy.shape}]`,
      );
    }
    return tf.tidy(() => {
      const { inHeight, inWidth, inChannels, filterDepth } = info;
      const slices = inputShape[0] * info.outDepth;
      const dx = tf.engine().runKernel(tf.Conv2DBackpropInput, {
        dy: dy.reshape([slices, info.outHeight, info.outWidth, info.outChannels]),
        filter: filterOf2D(filter),
      }, {
        strides: [info.strideHeight, info.strideWidth],
        pad: paddingOf2D(info),
        dataFormat: "NHWC",
        inputShape: [slices, inHeight, inWidth, filterDepth * inChannels],
      } as unknown as tf.NamedAttrMap) as tf.Tensor4D;
      return sumOfSlices(dx, info); // [batch, depth, height, width, channels]
    });
  },
};

/** `dw[kz, ky, kx, ci, co] = Σ x[b, z·stride − pad + kz, …, ci] · dy[b, z, y, x, co]` */
export const conv3dFilterGradient: KernelOverride = {
  kernel: tf.Conv3DBackpropFilterV2,
  covers: "float32",
  why: "TensorFlow.js's leaves out numbers for some strides above 1",
  run: ({ inputs, attrs }) => {
    const { x, dy } = inputs as { x: tf.Tensor5D; dy: tf.Tensor5D };
    if (!areFloats(x, dy)) return undefined;
    const { strides, pad, filterShape } = attrs as unknown as tf.Conv3DBackpropFilterV2Attrs;
    const info = infoOf(x.shape, filterShape, { strides, pad });
    return tf.tidy(() => {
      const { outChannels, inChannels, filterDepth, filterHeight, filterWidth } = info;
      const images = slicesAsChannels(x, info);
      const dw = tf.engine().runKernel(tf.Conv2DBackpropFilter, {
        x: images,
        dy: dy.reshape([images.shape[0], info.outHeight, info.outWidth, outChannels]),
      }, {
        strides: [info.strideHeight, info.strideWidth],
        pad: paddingOf2D(info),
        dataFormat: "NHWC",
        filterShape: [filterHeight, filterWidth, filterDepth * inChannels, outChannels],
      } as unknown as tf.NamedAttrMap) as tf.Tensor4D;
      return dw.reshape([filterHeight, filterWidth, filterDepth, inChannels, outChannels])
        .transpose([2, 0, 1, 3, 4]); // [filterDepth, filterHeight, filterWidth, ci, co]
    });
  },
};

function areFloats(...tensors: readonly tf.Tensor[]): boolean {
  return tensors.every(({ dtype }) => dtype === "float32");
}

function infoOf(
  inputShape: readonly number[],
  filterShape: readonly number[],
  { strides, pad, dilations = 1 }: Pick<tf.Conv3DAttrs, "strides" | "pad"> & {
    readonly dilations?: tf.Conv3DAttrs["dilations"];
  },
): Info {
  return tf.backend_util.computeConv3DInfo(
    inputShape as Shape5D,
    filterShape as Shape5D,
    strides,
    dilations,
    pad,
  );
}

/** `[filterDepth, height, width, in, out]` to `[height, width, filterDepth · in, out]`. */
function filterOf2D(filter: tf.Tensor5D): tf.Tensor4D {
  const [depth, height, width, inChannels, outChannels] = filter.shape;
  return filter.transpose([1, 2, 0, 3, 4])
    .reshape([height, width, depth * inChannels, outChannels]);
}

function paddingOf2D({ padInfo: { top, bottom, left, right } }: Info) {
  return [[0, 0], [top, bottom], [left, right], [0, 0]] as tf.backend_util.ExplicitPadding;
}

/**
 * `[batch, inDepth, height, width, in]` to `[batch · outDepth, height, width, filterDepth · in]`: for each
 * slice of the result the slices that the filter reaches there.
 */
function slicesAsChannels(x: tf.Tensor5D, info: Info): tf.Tensor4D {
  const { batchSize, inDepth, inHeight, inWidth, inChannels, outDepth, filterDepth } = info;
  const { front } = info.padInfo;
  const size = inHeight * inWidth * inChannels;
  const padded = x.reshape([batchSize, inDepth, size])
    .pad([[0, 0], [front, paddedDepth(info) - front - inDepth], [0, 0]]);
  const length = (outDepth - 1) * info.strideDepth + 1;
  const reached = Array.from({ length: filterDepth }, (_, k) => {
    const every = padded.slice([0, k * info.dilationDepth, 0], [batchSize, length, size]);
    return everyNth(every, 1, info.strideDepth).reshape([-1, inChannels]);
  });
  return tf.concat(reached, 1)
    .reshape([batchSize * outDepth, inHeight, inWidth, filterDepth * inChannels]);
}

/** The transpose of {@linkcode slicesAsChannels}: each slice of the input is the sum of those made of it. */
function sumOfSlices(dx: tf.Tensor4D, info: Info): tf.Tensor {
  const { batchSize, inDepth, inHeight, inWidth, inChannels, outDepth, filterDepth } = info;
  const size = inHeight * inWidth * inChannels;
  const length = (outDepth - 1) * info.strideDepth + 1;
  const pixels = dx.reshape([-1, filterDepth * inChannels]);
  const parts = tf.split(pixels, filterDepth, 1).map((part, k) => {
    const before = k * info.dilationDepth;
    return spread(part.reshape([batchSize, outDepth, size]), 1, info.strideDepth)
      .pad([[0, 0], [before, paddedDepth(info) - before - length], [0, 0]]);
  });
  return tf.addN(parts).slice([0, info.padInfo.front, 0], [batchSize, inDepth, size])
    .reshape(info.inShape);
}

/** Slices of the input with its padding, as far as the filter reaches at least. */
function paddedDepth({ inDepth, outDepth, strideDepth, effectiveFilterDepth, padInfo }: Info) {
  const reach = (outDepth - 1) * strideDepth + effectiveFilterDepth;
  return Math.max(reach, padInfo.front + inDepth);
}
