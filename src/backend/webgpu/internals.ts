/**
 * What this package uses of TensorFlow.js 4.22's WebGPU backend beside its public methods.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend, WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";

/** What names the data of one or more tensors. Ids count up. */
export interface DataId {
  readonly id: number;
}

/** The data of a tensor: on the device, on the host, or on both. */
export interface TensorData {
  readonly dtype: tf.DataType;
  readonly shape: readonly number[];
  values: tf.backend_util.BackendValues | null;
  resource: GPUBuffer | GPUTexture | GPUExternalTexture | null;
  /** Tensors that share the data. */
  refCount: number;
  /** Whether the buffer belongs to somebody else, who frees it. */
  external?: boolean;
}

/** A number, a vector or a shape among a program's uniforms. */
export interface Uniform {
  readonly type: "int32" | "uint32" | "float32";
  readonly data: number[];
}

/** A program whose pipeline has been made. */
export type Program = WebGPUProgram & {
  readonly pipeline: GPUComputePipeline;
  readonly pixelsOpType?: unknown;
};

/** The backend with the methods and fields that TypeScript calls private. */
export interface Internals {
  readonly device: GPUDevice;
  readonly queue: GPUQueue;
  readonly tensorMap: {
    get(id: DataId): TensorData;
    has(id: DataId): boolean;
    set(id: DataId, data: TensorData): void;
  };
  readonly bufferManager: {
    acquireBuffer(size: number, usage: number): GPUBuffer;
    releaseBuffer(buffer: GPUBuffer): void;
  };
  readonly activeTimers: unknown;
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  commandQueueOwnedIds: WeakSet<DataId>;
  dispatchCountInPass: number;
  tensorDataPendingDisposal: DataId[];
  uploadToGPU(id: DataId): void;
  makeUniforms(uniforms: readonly Uniform[]): GPUBufferBinding;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  recordAndSubmit(
    program: Program,
    output: tf.TensorInfo,
    inputs: readonly tf.TensorInfo[],
    uniforms?: readonly Uniform[],
  ): void;
  runWebGPUProgram(
    program: WebGPUProgram,
    inputs: tf.TensorInfo[],
    dtype: tf.DataType,
    uniforms?: Uniform[],
    output?: tf.TensorInfo,
  ): tf.TensorInfo;
  shouldExecuteOnCPU(inputs: readonly tf.TensorInfo[], sizeThreshold?: number): boolean;
  makeTensorInfo(shape: readonly number[], dtype: tf.DataType): tf.TensorInfo;
  disposeData(id: DataId): boolean;
  nextDataId(): number;
  write(
    values: tf.backend_util.BackendValues | undefined,
    shape: readonly number[],
    dtype: tf.DataType,
  ): DataId;
  read(id: DataId): Promise<tf.backend_util.BackendValues>;
  readSync(id: DataId): tf.backend_util.BackendValues;
  convertAndCacheOnCPU(
    id: DataId,
    data: tf.backend_util.BackendValues,
  ): tf.backend_util.BackendValues;
  getBufferData(buffer: GPUBuffer): Promise<ArrayBuffer>;
  readToGPU(id: DataId): unknown;
  copyBuffer(buffer: GPUBuffer): GPUBuffer;
  createTensorFromGPUData(...data: unknown[]): tf.Tensor;
  memory(): { readonly numBytesInGPU: number; readonly numBytesAllocatedInGPU: number };
}

/** The backend, seen from inside. */
export function internals(backend: tf.KernelBackend | WebGPUBackend): Internals {
  return backend as unknown as Internals;
}
