/**
 * The kernels of this package on TensorFlow.js's cpu backend.
 *
 * @module
 */

import { dilationOnCpu } from "../kernels/dilation2d.ts";
import { einsum } from "../kernels/einsum.ts";
import { floorDivOnCpu } from "../kernels/floor_div.ts";
import { floatFunctions } from "../kernels/casts.ts";
import { broadcastMatMul } from "../kernels/mat_mul.ts";
import { topKOnCpu } from "../kernels/top_k.ts";
import { croppedVolumes } from "../kernels/volumes.ts";
import type { KernelOverride } from "../overrides.ts";
import { maxPools } from "./max_pool.ts";
import { resizeNearestNeighborGradient } from "./resize_nearest_neighbor_gradient.ts";
import { unsortedSegmentSum } from "./unsorted_segment_sum.ts";

/** What takes the place of TensorFlow.js's own kernels. */
export const overrides: readonly KernelOverride[] = [
  ...floatFunctions,
  ...croppedVolumes,
  ...maxPools,
  resizeNearestNeighborGradient,
  ...broadcastMatMul,
  einsum,
  ...dilationOnCpu,
  topKOnCpu,
  floorDivOnCpu,
  unsortedSegmentSum,
];
