/**
 * Importing this module puts this package's kernels in the place of TensorFlow.js's own on its WebGPU
 * backend. A module is evaluated once, so asking twice registers once.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-webgpu";
import { convolution, fusedConvolution } from "./convolution.ts";
import { encodeImages } from "./encode_images.ts";
import { filterGradient } from "./filter_gradient.ts";
import { inputGradient } from "./input_gradient.ts";
import { maxPool } from "./max_pool.ts";
import { maxPoolGradient } from "./max_pool_gradient.ts";
import { optimizerUpdates } from "./optimizer_updates.ts";
import { registerReluGradient, relu, reluGradient } from "./relu.ts";
import { rowNorms } from "./row_norms.ts";
import { leadingSum } from "./sum.ts";

replace("Conv2D", convolution);
replace("FusedConv2D", fusedConvolution);
replace("Conv2DBackpropFilter", filterGradient);
replace("Conv2DBackpropInput", inputGradient);
replace("MaxPool", maxPool);
replace("MaxPoolGrad", maxPoolGradient);
replace("Sum", leadingSum);
replace("Relu", relu);

const added = {
  EncodeImages: encodeImages,
  RowNorms: rowNorms,
  ReluGrad: reluGradient,
  ...optimizerUpdates,
};
for (const [kernelName, kernelFunc] of Object.entries(added)) {
  tf.registerKernel({ kernelName, backendName: "webgpu", kernelFunc });
}

registerReluGradient();

function replace(kernelName: string, kernel: (stock: tf.KernelFunc) => tf.KernelFunc): void {
  const stock = tf.getKernel(kernelName, "webgpu").kernelFunc;
  tf.unregisterKernel(kernelName, "webgpu");
  tf.registerKernel({ kernelName, backendName: "webgpu", kernelFunc: kernel(stock) });
}
