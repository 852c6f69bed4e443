/**
 * The kernels of this package on TensorFlow.js's wasm backend.
 *
 * @module
 */

import type { KernelOverride } from "../overrides.ts";
import { bincount } from "../kernels/bincount.ts";
import { dilationOnWasm } from "../kernels/dilation2d.ts";
import { einsum } from "../kernels/einsum.ts";
import { emptyTensors, gatherOfNone } from "../kernels/empty_tensors.ts";
import { floatFunctions, int32SegmentSum } from "../kernels/casts.ts";
import { fusedLeakyRelu } from "../kernels/leaky_relu.ts";
import { broadcastMatMul } from "../kernels/mat_mul.ts";
import { rotateOnWasm } from "../kernels/moved_images.ts";
import { topKOnWasm } from "../kernels/top_k.ts";
import { croppedVolumes } from "../kernels/volumes.ts";
import { biasReluGradient } from "./bias_relu_gradient.ts";
import { conv2d, fusedConv2d } from "./conv2d.ts";
import { conv2dFilterGradient } from "./conv2d_filter_gradient.ts";
import { conv2dInputGradient } from "./conv2d_input_gradient.ts";
import { conv3d, conv3dFilterGradient, conv3dInputGradient } from "./conv3d.ts";
import {
  depthwiseConv2d,
  depthwiseConv2dFilterGradient,
  depthwiseConv2dInputGradient,
  fusedDepthwiseConv2d,
} from "./depthwise_conv2d.ts";
import { booleans, stridedSlice } from "./dtypes.ts";
import {
  castToBoolean,
  castToOwnType,
  clipByValue,
  clipInt32,
  maximum,
  minimum,
  prelu,
  relu,
  relu6,
} from "./elementwise.ts";
import { identity } from "./identity.ts";
import { fusedMatMul, int32MatMul, reshapedMatMul, transposedFusedMatMul } from "./mat_mul.ts";
import { maxPoolGradient } from "./max_pool_gradient.ts";
import { optimizerUpdates } from "./optimizer_updates.ts";
import { padWithNaN } from "./pad.ts";
import { pools } from "./pool.ts";
import { rowNorms } from "./row_norms.ts";
import { softmaxCrossEntropies } from "./softmax_cross_entropy.ts";
import { mean, sum } from "./sum.ts";
import { unsortedSegmentSum } from "./unsorted_segment_sum.ts";

/** What takes the place of TensorFlow.js's own kernels. */
export const overrides: readonly KernelOverride[] = [
  ...emptyTensors,
  ...fusedLeakyRelu,
  gatherOfNone,
  ...booleans, // before those that know no booleans
  ...floatFunctions,
  ...croppedVolumes,
  conv2d,
  fusedConv2d,
  conv2dFilterGradient,
  conv2dInputGradient,
  conv3d,
  conv3dFilterGradient,
  conv3dInputGradient,
  depthwiseConv2d,
  fusedDepthwiseConv2d,
  depthwiseConv2dFilterGradient,
  depthwiseConv2dInputGradient,
  ...pools,
  maxPoolGradient,
  sum,
  mean,
  biasReluGradient,
  rowNorms,
  ...softmaxCrossEntropies,
  einsum,
  unsortedSegmentSum,
  int32SegmentSum,
  relu,
  relu6,
  clipByValue,
  clipInt32,
  maximum,
  minimum,
  prelu,
  ...broadcastMatMul,
  int32MatMul,
  ...reshapedMatMul,
  transposedFusedMatMul,
  fusedMatMul,
  castToOwnType,
  castToBoolean,
  stridedSlice,
  identity,
  ...optimizerUpdates,
  ...dilationOnWasm,
  topKOnWasm,
  padWithNaN,
  rotateOnWasm,
  bincount,
];
