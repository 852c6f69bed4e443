/**
 * Convolutions and pooling of volumes whose windows leave out the end of an axis, on every backend.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { KernelCall, KernelOverride } from "../overrides.ts";

/** A kernel with windows over a volume. */
interface VolumeKernel {
  readonly kernel: string;
  /** Which input the volume is, if it is one. */
  readonly volume?: string;
  /** Whether the result is a volume of the same shape. */
  readonly isGradient?: boolean;
}

const KERNELS: readonly VolumeKernel[] = [
  { kernel: tf.Conv3D, volume: "x" },
  { kernel: tf.Conv3DBackpropInputV2, isGradient: true },
  { kernel: tf.Conv3DBackpropFilterV2, volume: "x" },
  { kernel: tf.MaxPool3D, volume: "x" },
  { kernel: tf.MaxPool3DGrad, volume: "input", isGradient: true },
  { kernel: tf.AvgPool3D, volume: "x" },
  { kernel: tf.AvgPool3DGrad, volume: "input", isGradient: true },
];

/**
 * With padding "same" and a stride above the window, windows end before the axis does. TensorFlow.js gives
 * that axis a negative padding and begins outside of it. It is right for a volume without what no window
 * reaches.
 */
export const croppedVolumes: readonly KernelOverride[] = KERNELS
  .map((kernel) => ({
    kernel: kernel.kernel,
    covers: 'padding "same" with a stride above the window',
    why: "TensorFlow.js's windows begin outside the volume",
    run: (call) => runCropped(kernel, call),
  }));

interface Attributes {
  readonly strides: number | number[];
  readonly dilations?: number | number[];
  readonly pad: unknown;
  readonly dataFormat?: string;
  readonly filterSize?: number | number[];
  readonly filterShape?: number[];
  readonly inputShape?: number[];
}

function runCropped(
  { kernel, volume, isGradient = false }: VolumeKernel,
  { inputs, attrs }: KernelCall,
): tf.Tensor | undefined {
  const given = attrs as unknown as Attributes;
  const { pad, dataFormat = "NDHWC", inputShape } = given;
  if (pad !== "same" || dataFormat !== "NDHWC") return undefined;
  const tensors = inputs as Readonly<Record<string, tf.Tensor>>;
  const shape = inputShape ?? tensors[volume!].shape;
  const reached = reachOf(shape, given, tensors.filter?.shape);
  if (`${reached}` === `${shape}`) return undefined;
  return tf.tidy(() => {
    const cropped = volume === undefined
      ? {}
      : { [volume]: tensors[volume].slice([0, 0, 0, 0, 0], reached) };
    const result = tf.engine().runKernel(
      kernel,
      { ...tensors, ...cropped },
      { ...given, ...(inputShape === undefined ? {} : { inputShape: reached }) } as never,
    ) as tf.Tensor;
    if (!isGradient) return result;
    return tf.pad(result, shape.map((size, axis) => [0, size - reached[axis]]));
  });
}

/** The shape of the part of a volume that windows reach. */
function reachOf(
  shape: readonly number[],
  { strides, dilations = 1, filterSize, filterShape }: Attributes,
  shapeOfFilter?: readonly number[],
): number[] {
  const axes = (value: number | readonly number[]) =>
    typeof value === "number" ? [value, value, value] : value;
  const filter = axes(filterSize ?? filterShape ?? shapeOfFilter!);
  const [stride, dilation] = [axes(strides), axes(dilations)];
  return shape.map((size, place) => {
    const axis = place - 1;
    if (axis < 0 || axis > 2) return size; // batch, channels
    const last = (Math.ceil(size / stride[axis]) - 1) * stride[axis];
    return Math.min(size, last + (filter[axis] - 1) * dilation[axis] + 1);
  });
}
