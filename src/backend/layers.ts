/**
 * Layers of TensorFlow.js that are wrong, that cannot be trained, or that could be faster.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { type Call, replaceMethod } from "../model/replace_method.ts";
import { BIAS_RELU_GRADIENT } from "./gradients/fused_convolution.ts";
import { runKernel } from "./gradients/override.ts";

/** What takes the place of a layer's methods. */
interface Fix {
  /** Computes the result, or gives nothing where the layer's own is right. */
  call(layer: Layer, x: tf.Tensor): tf.Tensor | undefined;
  /** The shape of the result, where the layer's own is wrong; `own` is that. */
  shape?(layer: Layer, own: (kernelSize: number[]) => tf.Shape): tf.Shape;
}

/** What is used of these layers. */
interface Layer {
  /** Of a convolution. */
  readonly kernel: tf.LayerVariable;
  readonly depthwiseKernel: tf.LayerVariable;
  readonly useBias: boolean;
  readonly bias: tf.LayerVariable;
  readonly activation: tf.serialization.Serializable & { apply(x: tf.Tensor): tf.Tensor } | null;
  readonly kernelSize: number[];
  readonly strides: [number, number];
  readonly dilationRate: [number, number];
  readonly padding: "valid" | "same";
  readonly dataFormat: "channelsLast" | "channelsFirst";
  /** Of images that are cut. */
  readonly height: number;
  readonly width: number;
  /** What is not larger becomes 0. */
  readonly theta: number;
}

const FIXES: Readonly<Record<string, Fix>> = {
  // The gradient of TensorFlow.js's fused convolution refuses dilations.
  Conv2D: {
    call: (layer, x) =>
      convolveDilated(layer, x, (x, ...options) => {
        return tf.conv2d(x, layer.kernel.read() as tf.Tensor4D, ...options);
      }) ?? convolveWithRelu(layer, x),
  },
  // TensorFlow.js's takes no notice of its dilations.
  DepthwiseConv2D: {
    call: (layer, x) =>
      convolveDilated(layer, x, (x, ...options) => {
        return tf.depthwiseConv2d(x, layer.depthwiseKernel.read() as tf.Tensor4D, ...options);
      }),
    shape: ({ kernelSize, dilationRate }, own) =>
      own(kernelSize.map((size, axis) => (size - 1) * dilationRate[axis] + 1)),
  },
  // TensorFlow.js's has no gradient, and begins a column too late where one column is cut off.
  CenterCrop: { call: cropCenter },
  // TensorFlow.js's takes no array of one tensor, which a model gives it.
  Resizing: { call: () => undefined },
  // TensorFlow.js's multiplies by 0: −∞ becomes NaN, and the gradient of a NaN 0.
  ThresholdedReLU: {
    call: ({ theta }, x) =>
      tf.where(tf.logicalOr(tf.greater(x, theta), tf.isNaN(x)), x, tf.zerosLike(x)),
  },
};

/** Replaces the methods. Doing it again changes nothing. */
export function fixLayers(): void {
  for (const [className, { call, shape }] of Object.entries(FIXES)) {
    replaceMethod<Call, object>(
      { className, method: "call" },
      {},
      (stock) =>
        function (this: tf.layers.Layer, inputs, kwargs) {
          const [x] = [inputs].flat();
          return tf.tidy(() => call(this as unknown as Layer, x) ?? stock.call(this, x, kwargs));
        },
    );
    if (shape === undefined) continue;
    replaceMethod<(inputShape: tf.Shape) => tf.Shape, object>(
      { className, method: "computeOutputShape" },
      {},
      (stock) =>
        function (this: tf.layers.Layer, inputShape) {
          return shape(this as unknown as Layer, (kernelSize) => {
            const layer = Object.create(this, { kernelSize: { value: kernelSize } });
            return stock.call(layer, inputShape);
          });
        },
    );
  }
}

type Convolve = (
  x: tf.Tensor4D,
  strides: [number, number],
  pad: "valid" | "same",
  dataFormat: "NHWC",
  dilations: [number, number],
) => tf.Tensor;

/** A layer's convolution, bias and activation, if it is dilated. */
function convolveDilated(layer: Layer, x: tf.Tensor, convolve: Convolve): tf.Tensor | undefined {
  const { strides, padding, dilationRate, dataFormat } = layer;
  if (dilationRate.every((rate) => rate === 1)) return undefined;
  const isFirst = dataFormat === "channelsFirst";
  const images = isFirst ? tf.transpose(x, [0, 2, 3, 1]) : x;
  const y = convolve(images as tf.Tensor4D, strides, padding, "NHWC", dilationRate);
  const biased = layer.useBias ? tf.add(y, layer.bias.read()) : y;
  const activated = layer.activation?.apply(biased) ?? biased;
  return isFirst ? tf.transpose(activated, [0, 3, 1, 2]) : activated;
}

/**
 * A layer's convolution with its bias and ReLU in one kernel, on a backend that has their gradient.
 * TensorFlow.js runs them one by one where a gradient is taken.
 */
function convolveWithRelu(layer: Layer, x: tf.Tensor): tf.Tensor | undefined {
  const { strides, padding: pad, dataFormat, useBias, activation } = layer;
  const covered = useBias && activation?.getClassName() === "relu" && x.rank === 4 &&
    x.dtype === "float32" && dataFormat !== "channelsFirst" &&
    tf.getKernel(BIAS_RELU_GRADIENT, tf.getBackend()) !== undefined;
  if (!covered) return undefined;
  const inputs = { x, filter: layer.kernel.read(), bias: layer.bias.read() };
  const attrs = { strides, pad, dataFormat: "NHWC", dilations: [1, 1], activation: "relu" };
  return runKernel(tf.FusedConv2D, inputs, attrs);
}

function cropCenter({ height, width }: Layer, x: tf.Tensor): tf.Tensor | undefined {
  const [rows, columns, channels] = x.shape.slice(-3);
  const [top, left] = [rows - height, columns - width].map((cut) => Math.floor(cut / 2));
  if (top < 0 || left < 0) return undefined; // it enlarges
  const batch = x.shape.slice(0, -3); // of one image alone there is none
  return tf.slice(x, [...batch.map(() => 0), top, left, 0], [...batch, height, width, channels]);
}
