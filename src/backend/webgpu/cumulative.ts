/**
 * Sums and products up to each place, from the end on, on WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { KernelOverride } from "../overrides.ts";

/** From the end on, they are those from the start on of the reversed numbers, reversed. */
export const cumulative: readonly KernelOverride[] = ["Cumsum", "Cumprod"].map((kernel) => ({
  kernel,
  covers: "from the end on",
  why: "TensorFlow.js's take every axis for as long as the first that they met",
  run: ({ inputs, attrs, backend }) => {
    const { axis, reverse, ...others } = attrs as unknown as tf.CumsumAttrs;
    if (!reverse) return undefined;
    const x = inputs.x as tf.TensorInfo;
    const dims = tf.util.parseAxisParam(axis, x.shape);
    const run = (name: string, x: tf.TensorInfo, attrs: tf.NamedAttrMap) =>
      tf.getKernel(name, "webgpu").kernelFunc({ inputs: { x }, backend, attrs }) as tf.TensorInfo;
    const reversed = run("Reverse", x, { dims });
    const sums = run(kernel, reversed, { ...others, axis, reverse: false });
    const result = run("Reverse", sums, { dims });
    for (const { dataId } of [reversed, sums]) (backend as WebGPUBackend).disposeData(dataId);
    return result;
  },
}));
