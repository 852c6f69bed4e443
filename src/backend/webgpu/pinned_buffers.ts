/**
 * Variables pinned to their buffers, so that recorded commands find them there.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { type Commands, commandsOf } from "./commands.ts";
import { type DataId, type Internals, internals, type TensorData } from "./internals.ts";

/**
 * The buffers of variables that captured steps work on. A step that TensorFlow.js runs by itself, and
 * `setWeights`, give a variable another buffer; it is brought back before commands are replayed.
 */
export class PinnedBuffers {
  readonly #backend: Internals;
  readonly #commands: Commands;
  readonly #buffers = new Map<tf.Variable, GPUBuffer>();

  /** @param backend The WebGPU backend that the variables are on. */
  constructor(backend: tf.KernelBackend) {
    this.#backend = internals(backend);
    this.#commands = commandsOf(backend);
  }

  /** Keeps a variable in its buffer from now on, and gives that. */
  pin(variable: tf.Variable): GPUBuffer {
    const known = this.#buffers.get(variable);
    if (known !== undefined) return known;
    this.#backend.uploadToGPU(variable.dataId as DataId);
    let data = this.#dataOf(variable);
    if (data.refCount > 1 || data.external) {
      const copy = this.#commands.copy(variable);
      this.#give(variable, copy);
      data = this.#dataOf(variable);
    }
    const buffer = data.resource as GPUBuffer;
    data.external = true; // This keeps it when the data is disposed of.
    this.#commands.changesInPlace(variable.dataId as DataId);
    this.#buffers.set(variable, buffer);
    return buffer;
  }

  /** Brings each variable back into its buffer, alone, and forgets what the host has of its values. */
  restore(): void {
    for (const [variable, buffer] of this.#buffers) {
      if (variable.isDisposed) {
        this.#backend.bufferManager.releaseBuffer(buffer);
        this.#buffers.delete(variable);
        continue;
      }
      const data = this.#dataOf(variable);
      if (data.resource === buffer && data.refCount === 1) data.values = null;
      else this.#bringBack(variable, buffer);
    }
  }

  /** Gives the buffers to the variables that are in them, and the others back to the backend. */
  release(): void {
    for (const [variable, buffer] of this.#buffers) {
      const data = variable.isDisposed ? undefined : this.#dataOf(variable);
      if (data?.resource === buffer) data.external = false;
      else this.#backend.bufferManager.releaseBuffer(buffer);
    }
    this.#buffers.clear();
  }

  #bringBack(variable: tf.Variable, buffer: GPUBuffer): void {
    const data = this.#dataOf(variable);
    if (data.resource === buffer) { // shared with a clone, which keeps the values of now
      const copy = this.#backend.bufferManager.acquireBuffer(buffer.size, buffer.usage);
      this.#commands.copyBuffer(variable.dataId as DataId, copy);
      data.resource = copy;
      data.external = false;
    } else {
      this.#backend.uploadToGPU(variable.dataId as DataId);
      this.#commands.copyBuffer(variable.dataId as DataId, buffer);
    }
    const pinned = this.#backend.makeTensorInfo(variable.shape, variable.dtype);
    const pinnedData = this.#backend.tensorMap.get(pinned.dataId as DataId);
    pinnedData.resource = buffer;
    pinnedData.external = true;
    this.#give(variable, pinned);
    this.#commands.changesInPlace(variable.dataId as DataId);
  }

  #give(variable: tf.Variable, info: tf.TensorInfo): void {
    const tensor = tf.engine().makeTensorFromTensorInfo(info);
    variable.assign(tensor);
    tensor.dispose();
  }

  #dataOf({ dataId }: tf.Variable): TensorData {
    return this.#backend.tensorMap.get(dataId as DataId);
  }
}
