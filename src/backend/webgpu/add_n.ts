/**
 * Sums of many tensors on WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { KernelOverride } from "../overrides.ts";

/** The sum of the first tensors, which is the first of the others, until none is left. */
export const addN: KernelOverride = {
  kernel: "AddN",
  covers: "more tensors than a shader has storage buffers for",
  why: "TensorFlow.js's fails there",
  run: ({ inputs, backend }) => {
    const gpu = backend as WebGPUBackend;
    const most = gpu.device.limits.maxStorageBuffersPerShaderStage - 1; // one is the result's
    let left = Object.values(inputs) as tf.TensorInfo[];
    if (left.length <= most) return undefined;
    const sumOf = (tensors: tf.TensorInfo[]) =>
      tf.getKernel("AddN", "webgpu").kernelFunc({
        inputs: tensors as unknown as tf.NamedTensorInfoMap,
        backend,
        attrs: {},
      }) as tf.TensorInfo;
    let sum: tf.TensorInfo | undefined;
    while (left.length > 0) {
      const before: tf.TensorInfo | undefined = sum;
      const room = before === undefined ? most : most - 1;
      sum = sumOf([...(before === undefined ? [] : [before]), ...left.slice(0, room)]);
      left = left.slice(room);
      if (before !== undefined) gpu.disposeData(before.dataId);
    }
    return sum;
  },
};
