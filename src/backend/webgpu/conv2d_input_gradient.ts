/**
 * The gradient of a convolution with respect to its input, on WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend, WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";
import type { KernelOverride } from "../overrides.ts";
import { planConvolution } from "./conv2d_plan.ts";
import { isPointwise, pointwiseProgram } from "./pointwise_program.ts";

/**
 * For a convolution of stride 1, the convolution of `dy` with the filter rotated by 180° and its channels
 * exchanged: forward convolutions are tiled, TensorFlow.js's own input gradient is not.
 */
export const conv2dInputGradient: KernelOverride = {
  kernel: "Conv2DBackpropInput",
  covers: "NHWC, float32, stride 1, where our Conv2D covers the convolution of dy",
  why: "speed: TensorFlow.js reads each number from the device's memory for each product",
  run: ({ inputs, attrs, backend }) => {
    const [dy, filter] = [inputs.dy, inputs.filter] as [tf.Tensor4D, tf.Tensor4D];
    const info = infoOf({ dy, filter }, attrs as unknown as tf.Conv2DBackpropInputAttrs);
    const webgpu = backend as WebGPUBackend;
    if (info === undefined) return undefined;
    if (isPointwise(info)) return webgpu.runWebGPUProgram(pointwise(info), [dy, filter], "float32");
    const pads = paddingBack(info);
    if (pads === undefined || !isPlanned({ dy, filter, pads })) return undefined;
    const rotated = webgpu.runWebGPUProgram(
      rotatedFilterProgram(filter.shape),
      [filter],
      "float32",
    );
    const dx = tf.getKernel("Conv2D", "webgpu").kernelFunc({
      inputs: { x: dy, filter: rotated },
      backend,
      attrs: { strides: 1, dilations: 1, dataFormat: "NHWC", pad: pads },
    });
    webgpu.disposeData(rotated.dataId);
    return dx as tf.TensorInfo;
  },
};

/** Whether the convolution of `dy` is one of ours: TensorFlow.js's would be slower than its gradient. */
function isPlanned(
  { dy, filter, pads }: {
    readonly dy: tf.Tensor4D;
    readonly filter: tf.Tensor4D;
    readonly pads: number[][];
  },
): boolean {
  const [height, width, inChannels, outChannels] = filter.shape;
  const rotated: [number, number, number, number] = [height, width, outChannels, inChannels];
  const pad = pads as Pads;
  return planConvolution(tf.backend_util.computeConv2DInfo(dy.shape, rotated, 1, 1, pad)) !==
    undefined;
}

/** Padding by axis, as TensorFlow.js takes it. */
type Pads = Exclude<Parameters<typeof tf.backend_util.computeConv2DInfo>[4], string | number>;

/** The convolution whose input gradient is asked for; none if no convolution of dy may give it. */
function infoOf(
  { dy, filter }: { readonly dy: tf.Tensor4D; readonly filter: tf.Tensor4D },
  attrs: tf.Conv2DBackpropInputAttrs,
): tf.backend_util.Conv2DInfo | undefined {
  const { dataFormat, inputShape, strides, pad, dimRoundingMode } = attrs;
  if (dataFormat !== "NHWC" || dy.dtype !== "float32" || filter.dtype !== "float32") {
    return undefined;
  }
  const info = tf.backend_util.computeConv2DInfo(
    inputShape,
    filter.shape,
    strides,
    1, // TensorFlow.js refuses to differentiate a dilated convolution before it comes here
    pad,
    dimRoundingMode,
  );
  if (info.strideHeight !== 1 || info.strideWidth !== 1) return undefined;
  if (`${dy.shape}` !== `${info.outShape}`) return undefined; // of tf.conv2dTranspose
  return info;
}

/** `dx[p, c] = Σ_n dy[p, n] · w[c, n]` */
function pointwise({ inShape, outChannels }: tf.backend_util.Conv2DInfo): WebGPUProgram {
  return pointwiseProgram({
    outShape: inShape,
    inChannels: outChannels,
    transposed: true,
    finish: { bias: false, relu: false },
  });
}

/** The padding of `dy` that gives an input's shape back; none if the input was padded by more than the filter. */
function paddingBack(info: tf.backend_util.Conv2DInfo): number[][] | undefined {
  const top = info.filterHeight - 1 - info.padInfo.top;
  const left = info.filterWidth - 1 - info.padInfo.left;
  const bottom = info.inHeight - info.outHeight + info.filterHeight - 1 - top;
  const right = info.inWidth - info.outWidth + info.filterWidth - 1 - left;
  if (Math.min(top, left, bottom, right) < 0) return undefined;
  return [[0, 0], [top, bottom], [left, right], [0, 0]];
}

/** `result[i, j, n, c] = w[height − 1 − i, width − 1 − j, c, n]`, for `w` of this shape. */
function rotatedFilterProgram(shape: readonly number[]): WebGPUProgram {
  const [height, width, inChannels, outChannels] = shape;
  return {
    variableNames: ["w"],
    outputShape: [height, width, outChannels, inChannels],
    size: true,
    dispatchLayout: { x: [0, 1, 2, 3] },
    dispatch: [Math.ceil(height * width * inChannels * outChannels / 64), 1, 1],
    workgroupSize: [64, 1, 1],
    shaderKey: "residualRotatedFilter",
    getUserCode: () => /* wgsl */ `
      fn main(index : i32) {
        if (index >= uniforms.size) { return; }
        let at = getCoordsFromIndex(index);
        let size = uniforms.wShape;
        let tap = (size.x - 1 - at.x) * size.y + size.y - 1 - at.y;
        result[index] = w[(tap * size.z + at.w) * size.w + at.z];
      }`,
  };
}
