/**
 * Numbers of many steps on the device, read together while further steps run.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import { type Internals, internals } from "./internals.ts";
import { lossTold, throwIfLost } from "./lost_device.ts";

/** A buffer that takes the numbers of one step after the other, until they are read. */
export class NumberRing {
  readonly #backend: Internals;
  readonly #device: GPUDevice;
  readonly #columns: number;
  readonly #numbers: GPUBuffer;
  readonly #staging = new Set<GPUBuffer>();
  readonly #idle: GPUBuffer[] = [];
  #steps = 0;

  /**
   * @param backend The WebGPU backend in use.
   * @param steps How many steps' numbers there is room for.
   * @param columns How many numbers a step has at most.
   */
  constructor(
    backend: tf.KernelBackend,
    { steps, columns }: { readonly steps: number; readonly columns: number },
  ) {
    this.#backend = internals(backend);
    this.#device = this.#backend.device;
    this.#columns = columns;
    const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
    this.#numbers = this.#device.createBuffer({ size: 4 * steps * columns, usage });
  }

  /** Whether there are numbers to be read. */
  get isEmpty(): boolean {
    return this.#steps === 0;
  }

  /** Adds a step's numbers; a column that has none stays as it is. */
  add(encoder: GPUCommandEncoder, columns: readonly (GPUBuffer | undefined)[]): void {
    const first = 4 * this.#columns * this.#steps++;
    columns.forEach((buffer, i) => {
      if (buffer) encoder.copyBufferToBuffer(buffer, 0, this.#numbers, first + 4 * i, 4);
    });
  }

  /**
   * Reads what was added since it was last read: for each step, a number for each column.
   *
   * @throws {Error} If the device is lost.
   */
  async read(): Promise<Float32Array[]> {
    try {
      return await this.#read();
    } catch (error) {
      await lossTold();
      throwIfLost(this.#backend);
      throw error;
    }
  }

  async #read(): Promise<Float32Array[]> {
    const [steps, columns] = [this.#steps, this.#columns];
    this.#steps = 0;
    const staging = this.#idle.pop() ?? this.#newStaging();
    const encoder = this.#device.createCommandEncoder();
    encoder.copyBufferToBuffer(this.#numbers, 0, staging, 0, 4 * steps * columns);
    this.#device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    const numbers = new Float32Array(staging.getMappedRange().slice(0));
    staging.unmap();
    this.#idle.push(staging);
    return Array.from(
      { length: steps },
      (_, i) => numbers.subarray(i * columns, (i + 1) * columns),
    );
  }

  /** Frees the buffers. What is being read is not there any more. */
  release(): void {
    this.#numbers.destroy();
    for (const staging of this.#staging) staging.destroy();
  }

  #newStaging(): GPUBuffer {
    const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ;
    const staging = this.#device.createBuffer({ size: this.#numbers.size, usage });
    this.#staging.add(staging);
    return staging;
  }
}
