/**
 * The gradient of a convolution with respect to its input, on WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { planConvolution } from "./convolution_plan.ts";
import { turnedFilterProgram } from "./turned_filter_program.ts";

/**
 * The kernel `Conv2DBackpropInput`: for a convolution of stride 1, the convolution of `dy` with the
 * filter turned by 180° and its channels exchanged. Forward convolutions are tiled, TensorFlow.js's own
 * input gradient is not. Other strides, layouts and types are left to `stock`.
 */
export function inputGradient(stock: tf.KernelFunc): tf.KernelFunc {
  return (call) => {
    const [dy, filter] = [call.inputs.dy, call.inputs.filter] as [tf.Tensor4D, tf.Tensor4D];
    const attrs = call.attrs as unknown as tf.Conv2DBackpropInputAttrs;
    const pads = paddingBack(filter, attrs);
    const float = dy.dtype === "float32" && filter.dtype === "float32";
    if (pads === undefined || !float || !isPlanned({ dy, filter, pads })) return stock(call);
    const backend = call.backend as WebGPUBackend;
    const turned = backend.runWebGPUProgram(turnedFilterProgram(filter.shape), [filter], "float32");
    const dx = tf.getKernel("Conv2D", "webgpu").kernelFunc({
      inputs: { x: dy, filter: turned },
      backend,
      attrs: { strides: 1, dilations: 1, dataFormat: "NHWC", pad: pads },
    });
    backend.disposeData(turned.dataId);
    return dx;
  };
}

/** Whether the convolution of `dy` is one of ours: TensorFlow.js's would be slower than its gradient. */
function isPlanned(
  { dy, filter, pads }: {
    readonly dy: tf.Tensor4D;
    readonly filter: tf.Tensor4D;
    readonly pads: number[][];
  },
): boolean {
  const [height, width, inChannels, outChannels] = filter.shape;
  const turned: [number, number, number, number] = [height, width, outChannels, inChannels];
  const pad = pads as Pads;
  return planConvolution(tf.backend_util.computeConv2DInfo(dy.shape, turned, 1, 1, pad)) !==
    undefined;
}

/** Padding by axis, as TensorFlow.js takes it. */
type Pads = Exclude<Parameters<typeof tf.backend_util.computeConv2DInfo>[4], string | number>;

/** The padding of `dy` that gives an input's shape back; none if no convolution of stride 1 does. */
function paddingBack(
  filter: tf.Tensor4D,
  attrs: tf.Conv2DBackpropInputAttrs,
): number[][] | undefined {
  if (attrs.dataFormat !== "NHWC") return undefined;
  const { inputShape, strides, pad, dimRoundingMode } = attrs;
  const info = tf.backend_util.computeConv2DInfo(
    inputShape,
    filter.shape,
    strides,
    1, // TensorFlow.js refuses to differentiate a dilated convolution before it comes here
    pad,
    dimRoundingMode,
  );
  if (info.strideHeight !== 1 || info.strideWidth !== 1) return undefined;
  const top = info.filterHeight - 1 - info.padInfo.top;
  const left = info.filterWidth - 1 - info.padInfo.left;
  const bottom = info.inHeight - info.outHeight + info.filterHeight - 1 - top;
  const right = info.inWidth - info.outWidth + info.filterWidth - 1 - left;
  if (Math.min(top, left, bottom, right) < 0) return undefined; // padded by more than the filter
  return [[0, 0], [top, bottom], [left, right], [0, 0]];
}
