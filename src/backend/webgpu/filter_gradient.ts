/**
 * The gradient of a convolution with respect to its filter, on WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { planFilterGradient } from "./filter_gradient_plan.ts";
import { filterGradientProgram } from "./filter_gradient_program.ts";
import { integers } from "./integers.ts";
import { sumRows } from "./sum_rows.ts";

/**
 * The kernel `Conv2DBackpropFilter`: for a convolution `y = x * w`,
 * `dw[i, j, c, n] = Σ x[b, row·stride + i − pad, column·stride + j − pad, c] · dy[b, row, column, n]`
 * over the batch and the output's rows and columns.
 *
 * TensorFlow.js's own has one thread per weight walk the whole batch; this one is a tiled product. It
 * takes channels-last float32 tensors and leaves others to `stock`.
 */
export function filterGradient(stock: tf.KernelFunc): tf.KernelFunc {
  return (call) => {
    const [x, dy] = [call.inputs.x, call.inputs.dy] as [tf.Tensor4D, tf.Tensor4D];
    const attrs = call.attrs as unknown as tf.Conv2DBackpropFilterAttrs;
    const covered = attrs.dataFormat === "NHWC" && x.dtype === "float32" && dy.dtype === "float32";
    if (!covered) return stock(call);
    const info = tf.backend_util.computeConv2DInfo(
      x.shape,
      attrs.filterShape,
      attrs.strides,
      1, // TensorFlow.js refuses to differentiate a dilated convolution before it comes here
      attrs.pad,
      attrs.dimRoundingMode,
    );
    return run(call.backend as WebGPUBackend, { x, dy, info });
  };
}

function run(
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
