/**
 * The gradient of a convolution with respect to its filter, on WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { KernelOverride } from "../overrides.ts";
import { planFilterGradient } from "./conv2d_filter_gradient_plan.ts";
import { filterGradientProgram } from "./conv2d_filter_gradient_program.ts";
import { sumRows } from "./sum_rows.ts";
import { integers } from "./wgsl.ts";

/**
 * For a convolution `y = x * w`,
 * `dw[i, j, c, n] = Σ x[b, row·stride + i − pad, column·stride + j − pad, c] · dy[b, row, column, n]`
 * over the batch and the output's rows and columns, as a tiled product.
 */
export const conv2dFilterGradient: KernelOverride = {
  kernel: "Conv2DBackpropFilter",
  covers: "NHWC, float32",
  why: "speed: in TensorFlow.js's one thread per weight walks the whole batch",
  run: ({ inputs, attrs, backend }) => {
    const [x, dy] = [inputs.x, inputs.dy] as [tf.Tensor4D, tf.Tensor4D];
    const { dataFormat, filterShape, strides, pad, dimRoundingMode } =
      attrs as unknown as tf.Conv2DBackpropFilterAttrs;
    if (dataFormat !== "NHWC" || x.dtype !== "float32" || dy.dtype !== "float32") return undefined;
    const info = tf.backend_util.computeConv2DInfo(
      x.shape,
      filterShape,
      strides,
      1, // TensorFlow.js refuses to differentiate a dilated convolution before it comes here
      pad,
      dimRoundingMode,
    );
    return compute(backend as WebGPUBackend, { x, dy, info });
  },
};

function compute(
  backend: WebGPUBackend,
  { x, dy, info }: { x: tf.TensorInfo; dy: tf.TensorInfo; info: tf.backend_util.Conv2DInfo },
): tf.TensorInfo {
  const plan = planFilterGradient(info);
  const partial = backend.runWebGPUProgram(filterGradientProgram(plan), [x, dy], "float32", [
    integers(info.filterWidth),
    integers(info.strideHeight, info.strideWidth),
    integers(info.padInfo.top, info.padInfo.left),
    integers(plan.rowsPerChunk),
  ]);
  const sum = sumRows(backend, partial, {
    rows: plan.chunks,
    columns: plan.rows * plan.columns,
    shape: info.filterShape,
  });
  backend.disposeData(partial.dataId);
  return sum;
}
