/**
 * The kernels of this package on TensorFlow.js's cpu backend.
 *
 * @module
 */

import { denseBincountOnCpu } from "../kernels/bincount.ts";
import { dilationOnCpu } from "../kernels/dilation2d.ts";
import { einsum } from "../kernels/einsum.ts";
import { emptyTensors } from "../kernels/empty_tensors.ts";
import { floorDivOnCpu } from "../kernels/floor_div.ts";
import { floatFunctions, int32SegmentSum } from "../kernels/casts.ts";
import { fusedLeakyRelu } from "../kernels/leaky_relu.ts";
import { broadcastMatMul } from "../kernels/mat_mul.ts";
import { transformOnCpu } from "../kernels/moved_images.ts";
import { topKOnCpu } from "../kernels/top_k.ts";
import { croppedVolumes } from "../kernels/volumes.ts";
import type { KernelOverride } from "../overrides.ts";
import { maxPools } from "./max_pool.ts";
import { resizeNearestNeighborGradient } from "./resize_nearest_neighbor_gradient.ts";
import { tensorScatterUpdate } from "./tensor_scatter_update.ts";
import { unsortedSegmentSum } from "./unsorted_segment_sum.ts";

/** What takes the place of TensorFlow.js's own kernels. */
export const overrides: readonly KernelOverride[] = [
  ...emptyTensors,
  ...fusedLeakyRelu,
  ...floatFunctions,
  ...croppedVolumes,
  ...maxPools,
  resizeNearestNeighborGradient,
  ...broadcastMatMul,
  einsum,
  ...dilationOnCpu,
  topKOnCpu,
  floorDivOnCpu,
  transformOnCpu,
  denseBincountOnCpu,
  int32SegmentSum,
  unsortedSegmentSum,
  tensorScatterUpdate,
];
