/**
 * The forward convolution, with and without bias and activation, on WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { planConvolution } from "./convolution_plan.ts";
import { convolutionProgram } from "./convolution_program.ts";
import { integers } from "./integers.ts";

/**
 * The kernel `Conv2D`: `y[b, row, column, n] = Σ x[b, row + i − top, column + j − left, c] · w[i, j, c, n]`.
 *
 * TensorFlow.js's own computes 32 channels at a time, however few there are. This one takes
 * channels-last float32 convolutions of stride and dilation 1 for which there is a plan, and leaves
 * others to `stock`.
 */
export function convolution(stock: tf.KernelFunc): tf.KernelFunc {
  return (call) => convolve(call, { bias: undefined, relu: false }) ?? stock(call);
}

/**
 * The kernel `FusedConv2D`: `relu(x ∗ w + bias)`, with or without ReLU and bias `[outChannels]`. Other
 * activations, and convolutions that {@linkcode convolution} leaves to `stock`, are left to `stock`.
 */
export function fusedConvolution(stock: tf.KernelFunc): tf.KernelFunc {
  return (call) => {
    const { activation } = call.attrs as unknown as tf.FusedConv2DAttrs;
    const bias = call.inputs.bias as tf.TensorInfo | undefined;
    const covered = (activation === "linear" || activation === "relu") &&
      (bias === undefined || bias.shape.length === 1);
    if (!covered) return stock(call);
    return convolve(call, { bias, relu: activation === "relu" }) ?? stock(call);
  };
}

type Call = Parameters<tf.KernelFunc>[0];

/** Runs the program, or gives nothing where there is none. */
function convolve(
  { inputs, attrs, backend }: Call,
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
  const steps = [info.strideHeight, info.strideWidth, info.dilationHeight, info.dilationWidth];
  const software = isSoftware(backend as WebGPUBackend);
  const plan = steps.every((step) => step === 1) ? planConvolution(info, { software }) : undefined;
  if (plan === undefined) return undefined;
  const program = convolutionProgram(info, { plan, finish: { bias: bias !== undefined, relu } });
  const operands = bias === undefined ? [x, filter] : [x, filter, bias];
  return (backend as WebGPUBackend).runWebGPUProgram(program, operands, "float32", [
    integers(info.padInfo.top, info.padInfo.left),
    integers(plan.workgroups.across),
  ]);
}

/** Whether the device computes on the processor. */
function isSoftware({ device }: WebGPUBackend): boolean {
  const { adapterInfo } = device as GPUDevice & { readonly adapterInfo?: GPUAdapterInfo };
  return adapterInfo?.isFallbackAdapter ?? false;
}
