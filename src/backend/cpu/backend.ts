/**
 * What our kernels need of TensorFlow.js's cpu backend.
 *
 * @module
 */

import type { DataType, TensorInfo } from "@tensorflow/tfjs";

/** TensorFlow.js's cpu backend. */
export interface CpuBackend {
  readSync(dataId: TensorInfo["dataId"]): Float32Array;
  makeTensorInfo(shape: number[], dtype: DataType, values: Float32Array | Int32Array): TensorInfo;
  disposeData(dataId: TensorInfo["dataId"]): boolean;
}
