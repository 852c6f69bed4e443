/**
 * Starts TensorFlow.js's wasm backend with our gradient kernels in place of those it lacks, has wrong
 * or has slow.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { conv2d, fusedConv2d } from "./conv2d.ts";
import { conv2dFilterGradient } from "./conv2d_filter_gradient.ts";
import { conv2dInputGradient } from "./conv2d_input_gradient.ts";
import { maxPoolGradient } from "./max_pool_gradient.ts";
import { sumOfColumns } from "./sum.ts";

/** Makes wasm the backend in use. Needs permission to read TensorFlow.js's wasm file. */
export async function startWasm(): Promise<void> {
  await tf.setBackend("wasm");
  // Only this module registers a filter gradient for wasm, so it tells whether ours are in place.
  if (tf.getKernel(tf.Conv2DBackpropFilter, "wasm") !== undefined) return;
  replace(tf.Conv2D, conv2d);
  replace(tf.FusedConv2D, fusedConv2d);
  replace(tf.MaxPoolGrad, () => maxPoolGradient);
  replace(tf.Conv2DBackpropInput, conv2dInputGradient);
  replace(tf.Sum, sumOfColumns);
  tf.registerKernel(conv2dFilterGradient);
}

function replace(kernelName: string, ours: (stock: tf.KernelFunc) => tf.KernelConfig): void {
  const { kernelFunc } = tf.getKernel(kernelName, "wasm");
  tf.unregisterKernel(kernelName, "wasm");
  tf.registerKernel(ours(kernelFunc));
}
