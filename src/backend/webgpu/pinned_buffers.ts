/**
 * Variables pinned to their buffers, so that recorded commands find them there.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { type Commands, commandsOf } from "./commands.ts";
import { type DataId, type Internals, internals, type TensorData } from "./internals.ts";

/** A variable's buffer, and the data that it was given last. */
interface Pin {
  readonly buffer: GPUBuffer;
  /** The variable's own data, or what a clone kept when the variable got another. */
  holder: DataId;
}

/**
 * The buffers of variables that captured steps work on. A step that TensorFlow.js runs by itself, and
 * `setWeights`, give a variable another buffer; it is brought back before commands are replayed.
 */
export class PinnedBuffers {
  readonly #backend: Internals;
  readonly #commands: Commands;
  readonly #pins = new Map<tf.Variable, Pin>();

  /** @param backend The WebGPU backend that the variables are on. */
  constructor(backend: tf.KernelBackend) {
    this.#backend = internals(backend);
    this.#commands = commandsOf(backend);
  }

  /** Keeps a variable in its buffer from now on, and gives that. */
  pin(variable: tf.Variable): GPUBuffer {
    const known = this.#pins.get(variable);
    if (known !== undefined) return known.buffer;
    this.#backend.uploadToGPU(variable.dataId as DataId);
    if (this.#dataOf(variable).external) this.#give(variable, this.#commands.copy(variable));
    else this.#commands.makeUnique(variable);
    const data = this.#dataOf(variable);
    const buffer = data.resource as GPUBuffer;
    data.external = true; // This keeps it when the data is disposed of.
    this.#commands.changesInPlace(variable.dataId as DataId);
    this.#pins.set(variable, { buffer, holder: variable.dataId as DataId });
    return buffer;
  }

  /** Brings each variable back into its buffer, alone, and forgets what the host has of its values. */
  restore(): void {
    for (const [variable, pin] of this.#pins) {
      if (variable.isDisposed) {
        this.#unpin(pin);
        this.#pins.delete(variable);
        continue;
      }
      const data = this.#dataOf(variable);
      if (data.resource === pin.buffer && data.refCount === 1) data.values = null;
      else this.#bringBack(variable, pin);
    }
  }

  /** Gives each buffer to the variable or the clone that is in it, or back to the backend. */
  release(): void {
    for (const pin of this.#pins.values()) this.#unpin(pin);
    this.#pins.clear();
  }

  #unpin(pin: Pin): void {
    const data = this.#inBuffer(pin);
    if (data !== undefined) {
      data.external = false;
      return;
    }
    this.#commands.submit(); // What waits to be sent may read it, and a free buffer is written at once.
    this.#backend.bufferManager.releaseBuffer(pin.buffer);
  }

  #bringBack(variable: tf.Variable, pin: Pin): void {
    const moved = variable.dataId !== pin.holder;
    const data = this.#inBuffer(pin);
    if (data !== undefined) { // A clone is in the buffer, which keeps the values that it has.
      const copy = this.#backend.bufferManager.acquireBuffer(pin.buffer.size, pin.buffer.usage);
      this.#commands.copyBuffer(pin.holder, copy);
      data.resource = copy;
      data.external = false;
    }
    if (moved) {
      this.#backend.uploadToGPU(variable.dataId as DataId);
      this.#commands.copyBuffer(variable.dataId as DataId, pin.buffer);
    }
    const pinned = this.#backend.makeTensorInfo(variable.shape, variable.dtype);
    pin.holder = pinned.dataId as DataId;
    const pinnedData = this.#backend.tensorMap.get(pin.holder);
    pinnedData.resource = pin.buffer;
    pinnedData.external = true;
    this.#give(variable, pinned);
    this.#commands.changesInPlace(pin.holder);
  }

  /** The data that is in a pinned buffer, the variable's or a clone's; none if both have another. */
  #inBuffer({ buffer, holder }: Pin): TensorData | undefined {
    if (!this.#backend.tensorMap.has(holder)) return undefined;
    const data = this.#backend.tensorMap.get(holder);
    return data.resource === buffer && data.refCount > 0 ? data : undefined;
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
