/**
 * The forward convolution, with and without bias and activation, on WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { KernelCall, KernelOverride } from "../overrides.ts";
import { planConvolution } from "./conv2d_plan.ts";
import { convolutionProgram } from "./conv2d_program.ts";
import { isPointwise, pointwiseProgram } from "./pointwise_program.ts";
import { integers } from "./wgsl.ts";

/** `y[b, row, column, n] = Σ x[b, row + i − top, column + j − left, c] · w[i, j, c, n]` */
export const conv2d: KernelOverride = {
  kernel: "Conv2D",
  covers: "NHWC, float32, stride 1, no dilation, where a tile fits the workgroup's memory",
  why: "speed: TensorFlow.js computes 32 channels at a time, however few there are",
  run: (call) => convolve(call, { bias: undefined, relu: false }),
};

/** `relu(x ∗ w + bias)`, with or without ReLU and bias `[outChannels]`. */
export const fusedConv2d: KernelOverride = {
  kernel: "FusedConv2D",
  covers: "as Conv2D; ReLU or no activation; a bias for each channel",
  why: "as Conv2D",
  run: (call) => {
    const { activation } = call.attrs as unknown as tf.FusedConv2DAttrs;
    const bias = call.inputs.bias as tf.TensorInfo | undefined;
    const covered = (activation === "linear" || activation === "relu") &&
      (bias === undefined || bias.shape.length === 1);
    return covered ? convolve(call, { bias, relu: activation === "relu" }) : undefined;
  },
};

/** Runs the program, or gives nothing where there is none. */
function convolve(
  { inputs, attrs, backend }: KernelCall,
  { bias, relu }: { readonly bias: tf.TensorInfo | undefined; readonly relu: boolean },
): tf.TensorInfo | undefined {
  const [x, filter] = [inputs.x, inputs.filter] as [tf.Tensor4D, tf.Tensor4D];
  const { strides, pad, dataFormat, dilations, dimRoundingMode } =
    attrs as unknown as tf.Conv2DAttrs;
  const float = x.dtype === "float32" && filter.dtype === "float32";
  if (dataFormat !== "NHWC" || !float) return undefined;
  const info = tf.backend_util.computeConv2DInfo(
    x.shape,
    filter.shape,
    strides,
    dilations,
    pad,
    dimRoundingMode,
  );
  const finish = { bias: bias !== undefined, relu };
  const webgpu = backend as WebGPUBackend;
  const operands = bias === undefined ? [x, filter] : [x, filter, bias];
  if (isPointwise(info)) {
    const { outShape, inChannels } = info;
    const program = pointwiseProgram({ outShape, inChannels, transposed: false, finish });
    return webgpu.runWebGPUProgram(program, operands, "float32");
  }
  const steps = [info.strideHeight, info.strideWidth, info.dilationHeight, info.dilationWidth];
  const software = isSoftware(webgpu);
  const plan = steps.every((step) => step === 1) ? planConvolution(info, { software }) : undefined;
  if (plan === undefined) return undefined;
  const program = convolutionProgram(info, { plan, finish });
  return webgpu.runWebGPUProgram(program, operands, "float32", [
    integers(info.padInfo.top, info.padInfo.left),
    integers(plan.workgroups.across),
  ]);
}

/** Whether the device computes on the processor. */
function isSoftware({ device }: WebGPUBackend): boolean {
  const { adapterInfo } = device as GPUDevice & { readonly adapterInfo?: GPUAdapterInfo };
  return adapterInfo?.isFallbackAdapter ?? false;
}
