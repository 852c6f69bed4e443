/**
 * The kernels of this package on TensorFlow.js's WebGPU backend.
 *
 * @module
 */

import { bincount, denseBincountOnWebgpu } from "../kernels/bincount.ts";
import { einsum } from "../kernels/einsum.ts";
import { emptyFusedMatMul, emptyTensors } from "../kernels/empty_tensors.ts";
import { floatFunctions, int32SegmentSum } from "../kernels/casts.ts";
import { fusedLeakyRelu } from "../kernels/leaky_relu.ts";
import { broadcastMatMul } from "../kernels/mat_mul.ts";
import { transformOnWebgpu } from "../kernels/moved_images.ts";
import { croppedVolumes } from "../kernels/volumes.ts";
import type { KernelOverride } from "../overrides.ts";
import { addN } from "./add_n.ts";
import { biasReluGradient } from "./bias_relu_gradient.ts";
import { complexAbs } from "./complex_abs.ts";
import { conv2d, fusedConv2d } from "./conv2d.ts";
import { conv2dFilterGradient } from "./conv2d_filter_gradient.ts";
import { conv2dInputGradient } from "./conv2d_input_gradient.ts";
import { cumulative } from "./cumulative.ts";
import { argMaxOfVector, booleanTranspose, castToFloat, int32Pow } from "./dtypes.ts";
import { dilation2d } from "./dilation2d.ts";
import { encodeImages } from "./encode_images.ts";
import { floorDiv } from "./floor_div.ts";
import { maxPool, maxPool3d, maxPoolWithArgmax } from "./max_pool.ts";
import { maxPoolGradients } from "./max_pool_gradient.ts";
import { optimizerUpdates } from "./optimizer_updates.ts";
import { manyAxes } from "./many_axes.ts";
import { fusedWithRelu, relu, relu6, reluGradient } from "./relu.ts";
import { rowNorms } from "./row_norms.ts";
import { softmaxCrossEntropies } from "./softmax_cross_entropy.ts";
import { sum } from "./sum.ts";
import { topK } from "./top_k.ts";
import { trigonometry } from "./trigonometry.ts";
import { unsortedSegmentSum } from "./unsorted_segment_sum.ts";
import { int32Transposes } from "./int32_transpose.ts";

/** What takes the place of TensorFlow.js's own kernels, and the kernels that it does not have. */
export const overrides: readonly KernelOverride[] = [
  ...emptyTensors,
  emptyFusedMatMul,
  ...fusedLeakyRelu,
  ...floatFunctions,
  ...croppedVolumes,
  conv2d,
  fusedConv2d,
  ...fusedWithRelu, // after the fused convolution, which covers ReLU where it has a plan
  conv2dFilterGradient,
  conv2dInputGradient,
  maxPool,
  maxPoolWithArgmax,
  maxPool3d,
  ...maxPoolGradients,
  sum,
  relu,
  relu6,
  reluGradient,
  biasReluGradient,
  rowNorms,
  ...softmaxCrossEntropies,
  addN,
  castToFloat,
  booleanTranspose,
  ...int32Transposes,
  int32Pow,
  int32SegmentSum,
  ...argMaxOfVector,
  ...broadcastMatMul,
  ...manyAxes,
  ...cumulative,
  floorDiv,
  complexAbs,
  ...dilation2d,
  topK,
  transformOnWebgpu,
  bincount,
  denseBincountOnWebgpu,
  ...trigonometry,
  unsortedSegmentSum,
  einsum,
  encodeImages,
  ...optimizerUpdates,
];
