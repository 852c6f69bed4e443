/**
 * The commands that TensorFlow.js's WebGPU backend sends to its device: made without a new bind group
 * and a new uniform buffer for each, and open to whoever records them.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { type DataId, type Internals, internals, type Uniform } from "./internals.ts";
import { isSplit, splitProduct } from "./split_products.ts";

/** One dispatch of a compute pipeline. */
export interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  /** What is bound from binding 0 on; the uniforms come behind it. */
  readonly bindings: readonly DataId[];
  /** How many of the bindings, from the first on, the pipeline writes to. */
  readonly written: number;
  /** The bytes of the uniforms, where the pipeline has any. */
  readonly uniforms: ArrayBuffer;
  readonly workgroups: readonly [x: number, y: number, z: number];
}

/** Hears what a piece of code asks of the device, before it is done. */
export interface CommandListener {
  /** Data of a new tensor, on the host or on the device. */
  created(id: DataId): void;
  dispatch(command: Dispatch): void;
  /** A copy of all of one tensor's data to another's. */
  copy(from: DataId, to: DataId): void;
  /** Values that the host gives to the device. */
  upload(id: DataId, values: tf.backend_util.BackendValues): void;
  /** Values that decide what the host computes or asks for. */
  read(ids: readonly DataId[], where: "host" | "device"): void;
  /** Something else, in words behind "because". */
  other(what: string): void;
}

/** Bind groups that are kept before all of them are made anew: those of some forty models' steps. */
const MOST_BIND_GROUPS = 8192;

/** The commands of one backend. */
export class Commands {
  /** Who hears of each command. */
  listener: CommandListener | undefined;

  readonly #backend: Internals;
  readonly #bindGroups = new Map<string, GPUBindGroup>();
  /** The uniforms' buffers by their contents. */
  readonly #uniforms = new Map<string, GPUBuffer>();
  /** The same by the bytes themselves, which nobody changes. */
  readonly #buffers = new WeakMap<ArrayBuffer, GPUBuffer>();
  /** The data of variables that are changed in place, whose values the host must not keep. */
  readonly #changing = new WeakSet<object>();

  /** Called once for a backend, by {@linkcode commandsOf}. */
  constructor(backend: Internals) {
    this.#backend = backend;
    this.#patch(backend);
  }

  /** Dispatches a pipeline over tensors' data, which is brought to the device first. */
  dispatch(command: Dispatch): void {
    const backend = this.#backend;
    for (const id of command.bindings) backend.uploadToGPU(id);
    this.listener?.dispatch(command);
    const buffers = command.bindings.map((id) => backend.tensorMap.get(id).resource as GPUBuffer);
    for (const id of command.bindings) backend.commandQueueOwnedIds.add(id);
    const bindGroup = this.bindGroup(command, buffers);
    backend.ensureCommandEncoderReady();
    backend.computePassEncoder ??= backend.commandEncoder!.beginComputePass();
    backend.computePassEncoder.setPipeline(command.pipeline);
    backend.computePassEncoder.setBindGroup(0, bindGroup);
    backend.computePassEncoder.dispatchWorkgroups(...command.workgroups);
    backend.dispatchCountInPass++;
    if (backend.dispatchCountInPass < tf.env().getNumber("WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE")) {
      return;
    }
    backend.endComputePassEncoder();
    backend.submitQueue();
  }

  /** A copy of a tensor's data, on the device. */
  copy({ dataId, shape, dtype }: tf.TensorInfo): tf.TensorInfo {
    const backend = this.#backend;
    const copy = backend.makeTensorInfo(shape, dtype);
    const [from, to] = [dataId as DataId, copy.dataId as DataId];
    backend.uploadToGPU(from);
    backend.uploadToGPU(to);
    this.listener?.copy(from, to);
    this.copyBuffer(from, backend.tensorMap.get(to).resource as GPUBuffer);
    backend.commandQueueOwnedIds.add(to);
    return copy;
  }

  /** Sees to it that no other tensor shares a variable's data, which then can be changed in place. */
  makeUnique(variable: tf.Variable): void {
    if (this.#backend.tensorMap.get(variable.dataId as DataId).refCount === 1) return;
    const tensor = tf.engine().makeTensorFromTensorInfo(this.copy(variable));
    variable.assign(tensor);
    tensor.dispose();
  }

  /** Copies a tensor's data, which is on the device, to a buffer of its size. */
  copyBuffer(from: DataId, to: GPUBuffer): void {
    const backend = this.#backend;
    backend.commandQueueOwnedIds.add(from);
    backend.ensureCommandEncoderReady();
    backend.endComputePassEncoder();
    const source = backend.tensorMap.get(from).resource as GPUBuffer;
    backend.commandEncoder!.copyBufferToBuffer(source, 0, to, 0, to.size);
  }

  /** Sends to the device what it was not sent yet. */
  submit(): void {
    if (this.#backend.commandEncoder === null) return;
    this.#backend.endComputePassEncoder();
    this.#backend.submitQueue();
  }

  /**
   * Says that the device changes this data in place: values that the host has of it are forgotten, and
   * those that it reads, also those that it is reading, are not kept.
   */
  changesInPlace(id: DataId): void {
    const data = this.#backend.tensorMap.get(id);
    this.#changing.add(data);
    data.values = null;
  }

  /** The bytes of uniforms as a pipeline of TensorFlow.js's expects them. */
  #uniformBytes(uniforms: readonly Uniform[]): ArrayBuffer {
    let bytes = new ArrayBuffer(0);
    const { makeUniforms } = Object.getPrototypeOf(this.#backend) as Internals;
    makeUniforms.call({
      bufferManager: { acquireBuffer: () => undefined },
      queue: { writeBuffer: (_: unknown, __: number, made: ArrayBuffer) => bytes = made },
      uniformPendingDisposal: [],
    } as unknown as Internals, uniforms);
    return bytes;
  }

  /** What binds these buffers, and the uniforms behind them, to the pipeline. */
  bindGroup(
    { pipeline, uniforms }: Pick<Dispatch, "pipeline" | "uniforms">,
    buffers: readonly GPUBuffer[],
  ): GPUBindGroup {
    const constants = uniforms.byteLength > 0 ? [this.#uniformBuffer(uniforms)] : [];
    const bound = [...buffers, ...constants];
    const key = [pipeline, ...bound].map(numberOf).join();
    const known = this.#bindGroups.get(key);
    if (known !== undefined) return known;
    if (this.#bindGroups.size >= MOST_BIND_GROUPS) {
      this.#bindGroups.clear();
      this.#uniforms.clear();
    }
    const group = this.#backend.device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: bound.map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
    this.#bindGroups.set(key, group);
    return group;
  }

  #uniformBuffer(bytes: ArrayBuffer): GPUBuffer {
    const same = this.#buffers.get(bytes);
    if (same !== undefined) return same;
    const key = new Int32Array(bytes).join();
    const known = this.#uniforms.get(key);
    if (known !== undefined) return known;
    const { device } = this.#backend;
    const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    const buffer = device.createBuffer({ size: bytes.byteLength, usage });
    device.queue.writeBuffer(buffer, 0, bytes);
    this.#uniforms.set(key, buffer);
    this.#buffers.set(bytes, buffer);
    return buffer;
  }

  /** Puts this in the place of the backend's own methods that reach the device. */
  #patch(backend: Internals): void {
    const stock = Object.getPrototypeOf(backend) as Internals;
    backend.recordAndSubmit = (program, output, inputs, own) => {
      const tensors = [output, ...inputs];
      const onBuffers = tensors.every(({ dataId }) =>
        backend.tensorMap.get(dataId as DataId).resource instanceof GPUBuffer
      );
      if (program.pixelsOpType != null || backend.activeTimers != null || !onBuffers) {
        this.listener?.other("it uses textures or timers");
        return stock.recordAndSubmit.call(backend, program, output, inputs, own);
      }
      const shapes = [...inputs, output].flatMap(({ shape }) => [
        int32(shape),
        int32(tf.util.computeStrides(shape)),
      ]);
      const size = tf.util.sizeFromShape(program.outputShape) / (program.outputComponent || 1);
      this.dispatch({
        pipeline: program.pipeline,
        bindings: tensors.map(({ dataId }) => dataId as DataId),
        written: 1,
        uniforms: this.#uniformBytes([
          { type: "float32", data: [NaN] },
          { type: "float32", data: [Infinity] },
          ...shapes,
          ...(program.size ? [int32([size])] : []),
          ...(own ?? []), // TensorFlow.js gives null, too, where a product of long sums has a bias
        ]),
        workgroups: program.dispatch,
      });
    };
    backend.runWebGPUProgram = (program, ...rest) => {
      // TensorFlow.js gives a pipeline the name of its program's class, for tools that profile devices.
      if (program.constructor === Object) {
        Object.defineProperty(program, "constructor", { value: { name: program.shaderKey } });
      }
      if (isSplit(program)) {
        return splitProduct(backend as unknown as WebGPUBackend, program, rest[0], rest[3]!);
      }
      return stock.runWebGPUProgram.call(backend, program, ...rest);
    };
    backend.write = (values, shape, dtype) => {
      const id = stock.write.call(backend, values, shape, dtype);
      this.listener?.created(id);
      return id;
    };
    backend.uploadToGPU = (id) => {
      const data = backend.tensorMap.get(id);
      const { resource, values, dtype, shape } = data;
      const size = tf.util.sizeFromShape([...shape]);
      if (resource != null || values == null || size === 0 || !FOUR_BYTES.includes(dtype)) {
        return stock.uploadToGPU.call(backend, id);
      }
      this.listener?.upload(id, values);
      // No command that waits to be sent uses a free buffer, so that this may come before them all, and
      // needs neither a buffer of its own nor an end of the pass.
      const buffer = backend.bufferManager.acquireBuffer(4 * size, STORAGE);
      backend.queue.writeBuffer(buffer, 0, deviceValues(values as tf.TypedArray, dtype));
      data.resource = buffer;
      data.values = null;
    };
    backend.shouldExecuteOnCPU = (inputs, threshold) => {
      const onHost = stock.shouldExecuteOnCPU.call(backend, inputs, threshold);
      if (onHost) this.listener?.read(inputs.map(({ dataId }) => dataId as DataId), "host");
      return onHost;
    };
    backend.readSync = (id) => {
      this.listener?.read([id], backend.tensorMap.get(id).values == null ? "device" : "host");
      return stock.readSync.call(backend, id);
    };
    backend.readToGPU = (id) => {
      this.listener?.other("it reads a tensor to a buffer");
      return stock.readToGPU.call(backend, id);
    };
    backend.createTensorFromGPUData = (...data) => {
      this.listener?.other("it makes a tensor of a buffer");
      return stock.createTensorFromGPUData.call(backend, ...data);
    };
    const { read } = backend; // which may be one that was put in the stock one's place
    backend.read = (id) => {
      this.listener?.read([id], "device");
      return read.call(backend, id);
    };
    backend.convertAndCacheOnCPU = (id, values) => {
      if (!backend.tensorMap.has(id) || this.#changing.has(backend.tensorMap.get(id))) {
        return values;
      }
      return stock.convertAndCacheOnCPU.call(backend, id, values);
    };
  }
}

/** Types whose values take four bytes on the device. */
const FOUR_BYTES: readonly string[] = ["float32", "int32", "bool"];

/** How TensorFlow.js's buffers of tensors are used: GPUBufferUsage's STORAGE, COPY_SRC and COPY_DST. */
export const STORAGE = 0x80 | 0x4 | 0x8;

/** Values as the device has them: four bytes each. */
export function deviceValues(values: tf.TypedArray, dtype: tf.DataType): BufferSource {
  if (dtype === "float32") {
    return (values instanceof Float32Array ? values : Float32Array.from(values)) as BufferSource;
  }
  return (values instanceof Int32Array ? values : Int32Array.from(values)) as BufferSource;
}

function int32(data: readonly number[]): Uniform {
  return { type: "int32", data: [...data] };
}

const numbers = new WeakMap<object, number>();
let next = 0;

/** A number that an object, such as a pipeline or a buffer, has for itself. */
export function numberOf(object: object): number {
  const known = numbers.get(object);
  if (known !== undefined) return known;
  numbers.set(object, next);
  return next++;
}

const known = new WeakMap<Internals, Commands>();

/** The commands of this WebGPU backend. */
export function commandsOf(backend: tf.KernelBackend): Commands {
  const inside = internals(backend);
  const commands = known.get(inside) ?? new Commands(inside);
  known.set(inside, commands);
  return commands;
}
