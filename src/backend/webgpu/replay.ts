/**
 * Running the recorded commands of a training step again, for another batch.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import type { Capture, Command, Role } from "./capture.ts";
import { type Commands, commandsOf, deviceValues, STORAGE } from "./commands.ts";
import type { PinnedBuffers } from "./pinned_buffers.ts";
import { type DataId, type Internals, internals } from "./internals.ts";
import type { NumberRing } from "./number_ring.ts";
import { rolesOf, simplified } from "./simplify.ts";
import { throwIfLost } from "./lost_device.ts";

/** What the replays of one run share. */
export interface Shared {
  readonly pinned: PinnedBuffers;
  readonly slots: Slots;
}

/** What a replay takes, and where its numbers go. */
export interface Launch {
  /** The batch's tensors, of the shapes that were captured. */
  readonly inputs: readonly tf.Tensor[];
  readonly ring: NumberRing;
  /** The place of each column among a step's numbers. */
  readonly columns: readonly string[];
}

/** A command whose bind group is made. */
interface Bound {
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  readonly workgroups: readonly [number, number, number];
}

interface BufferCopy {
  readonly from: GPUBuffer;
  readonly to: GPUBuffer;
}

/** A captured step that can be launched: its commands, each bound to its buffers. */
export class Replay {
  readonly #backend: Internals;
  readonly #commands: Commands;
  readonly #shared: Shared;
  readonly #capture: Capture;
  readonly #steps: readonly (Bound | BufferCopy)[];
  readonly #inputs: readonly GPUBuffer[];
  readonly #constants: readonly GPUBuffer[];
  readonly #outside: ReadonlyMap<DataId, unknown>;
  /** What becomes the variables' new values when all else is done. */
  readonly #assigned: readonly BufferCopy[];
  readonly #numbers: ReadonlyMap<string, GPUBuffer>;

  /**
   * @param backend The WebGPU backend that the step was captured on.
   * @param capture The step.
   * @param inputs A batch, for the sizes of its tensors.
   */
  constructor(
    backend: tf.KernelBackend,
    capture: Capture,
    { inputs, shared }: { readonly inputs: readonly tf.Tensor[]; readonly shared: Shared },
  ) {
    this.#backend = internals(backend);
    this.#commands = commandsOf(backend);
    this.#shared = shared;
    this.#capture = capture;
    const least = simplified(capture);
    const buffers = this.#placed(least, inputs);
    this.#inputs = inputs.map((_, i) => buffers.get(`input ${i}`)!);
    this.#constants = [...capture.constants.keys()].map((role) => buffers.get(role)!);
    this.#outside = new Map(
      [...capture.outside.values()].map((id) => [id, this.#backend.tensorMap.get(id).resource]),
    );
    this.#steps = least.commands.map((command) => this.#bound(command, buffers));
    this.#assigned = [...least.assigned].map(([to, from]) => ({
      from: buffers.get(from)!,
      to: buffers.get(to)!,
    }));
    this.#numbers = new Map([...least.numbers].map(([name, role]) => [name, buffers.get(role)!]));
  }

  /** Whether the variables and the tensors from before the step are still there. */
  get current(): boolean {
    const { tensorMap } = this.#backend;
    for (const variable of this.#capture.variables.values()) {
      if (variable.isDisposed) return false;
    }
    return [...this.#outside].every(([id, resource]) =>
      tensorMap.has(id) && tensorMap.get(id).resource === resource
    );
  }

  /** How many dispatches a launch has. */
  get dispatches(): number {
    return this.#steps.filter((step) => "bindGroup" in step).length;
  }

  /** The step that this launches. */
  get capture(): Capture {
    return this.#capture;
  }

  /** Sends the step to the device, in one submission, and its numbers to the ring. */
  launch({ inputs, ring, columns }: Launch): void {
    throwIfLost(this.#backend);
    this.#shared.pinned.restore();
    const uploaded = inputs.map((tensor, i) => this.#upload(tensor, this.#inputs[i]));
    this.#backend.ensureCommandEncoderReady();
    this.#backend.endComputePassEncoder();
    const encoder = this.#backend.commandEncoder!; // behind what TensorFlow.js still has in it
    inputs.forEach((tensor, i) => {
      if (!uploaded[i]) copy(encoder, { from: this.#bufferOf(tensor), to: this.#inputs[i] });
    });
    this.#encode(encoder);
    for (const assigned of this.#assigned) copy(encoder, assigned);
    ring.add(encoder, columns.map((column) => this.#numbers.get(column)));
    this.#backend.submitQueue();
  }

  /** Gives back the buffers that are this step's alone. */
  release(): void {
    for (const buffer of [...this.#inputs, ...this.#constants]) {
      this.#backend.bufferManager.releaseBuffer(buffer);
    }
  }

  #encode(encoder: GPUCommandEncoder): void {
    let pass: GPUComputePassEncoder | undefined;
    let pipeline: GPUComputePipeline | undefined;
    for (const step of this.#steps) {
      if ("from" in step) {
        pass?.end();
        pass = pipeline = undefined;
        copy(encoder, step);
        continue;
      }
      pass ??= encoder.beginComputePass();
      if (step.pipeline !== pipeline) pass.setPipeline(pipeline = step.pipeline);
      pass.setBindGroup(0, step.bindGroup);
      pass.dispatchWorkgroups(step.workgroups[0], step.workgroups[1], step.workgroups[2]);
    }
    pass?.end();
  }

  /** Whether the host had the values, which are then on their way. */
  #upload({ dataId }: tf.Tensor, to: GPUBuffer): boolean {
    const { values, dtype } = this.#backend.tensorMap.get(dataId as DataId);
    if (values == null) return false;
    this.#backend.queue.writeBuffer(to, 0, deviceValues(values as tf.TypedArray, dtype));
    return true;
  }

  #bufferOf({ dataId }: tf.Tensor): GPUBuffer {
    return this.#backend.tensorMap.get(dataId as DataId).resource as GPUBuffer;
  }

  /** A buffer for each role. Tensors that the step makes share buffers, one after the other. */
  #placed(capture: Capture, inputs: readonly tf.Tensor[]): Map<Role, GPUBuffer> {
    const { bufferManager, queue, tensorMap } = this.#backend;
    const { pinned, slots } = this.#shared;
    const buffers = new Map<Role, GPUBuffer>();
    for (const [role, variable] of capture.variables) buffers.set(role, pinned.pin(variable));
    for (const [role, id] of capture.outside) {
      const { resource } = tensorMap.get(id);
      if (resource instanceof GPUBuffer) buffers.set(role, resource);
    }
    inputs.forEach(({ size }, i) => {
      buffers.set(`input ${i}`, bufferManager.acquireBuffer(4 * size, STORAGE));
    });
    for (const [role, values] of capture.constants) {
      const buffer = bufferManager.acquireBuffer(capture.sizes.get(role) ?? 4, STORAGE);
      queue.writeBuffer(buffer, 0, values);
      buffers.set(role, buffer);
    }
    const places = placesInTime(capture, (role) => buffers.has(role));
    for (const [role, { size, place }] of places) buffers.set(role, slots.at(size, place));
    return buffers;
  }

  #bound(command: Command, buffers: ReadonlyMap<Role, GPUBuffer>): Bound | BufferCopy {
    if (command.kind === "copy") {
      return { from: buffers.get(command.from)!, to: buffers.get(command.to)! };
    }
    const bound = command.roles.map((role) => buffers.get(role)!);
    const bindGroup = this.#commands.bindGroup(command, bound);
    return { pipeline: command.pipeline, bindGroup, workgroups: command.workgroups };
  }
}

/** Buffers for what steps make, by size: the steps of a run use the same ones. */
export class Slots {
  readonly #backend: Internals;
  readonly #buffers = new Map<number, GPUBuffer[]>();

  /** @param backend The WebGPU backend that gives the buffers. */
  constructor(backend: tf.KernelBackend) {
    this.#backend = internals(backend);
  }

  /** The nth buffer of this many bytes. */
  at(size: number, place: number): GPUBuffer {
    const buffers = this.#buffers.get(size) ?? [];
    this.#buffers.set(size, buffers);
    while (buffers.length <= place) {
      buffers.push(this.#backend.bufferManager.acquireBuffer(size, STORAGE));
    }
    return buffers[place];
  }

  /** Gives the buffers back to the backend. */
  release(): void {
    for (const buffer of [...this.#buffers.values()].flat()) {
      this.#backend.bufferManager.releaseBuffer(buffer);
    }
    this.#buffers.clear();
  }
}

/**
 * Which buffer of its size each tensor of the step takes: one that no other holds from the command that
 * makes it to the last that reads it.
 */
export function placesInTime(
  { commands, sizes, assigned, numbers }: Pick<
    Capture,
    "commands" | "sizes" | "assigned" | "numbers"
  >,
  isPlaced: (role: Role) => boolean,
): Map<Role, { readonly size: number; readonly place: number }> {
  const last = new Map<Role, number>();
  commands.forEach((command, i) => {
    for (const role of rolesOf(command)) last.set(role, i);
  });
  for (const role of [...assigned.values(), ...numbers.values()]) last.set(role, commands.length);
  const free = new Map<number, number[]>();
  const most = new Map<number, number>();
  const places = new Map<Role, { readonly size: number; readonly place: number }>();
  const take = (role: Role) => {
    if (isPlaced(role) || places.has(role)) return;
    const size = sizes.get(role)!;
    const place = free.get(size)?.pop() ?? most.get(size) ?? 0;
    most.set(size, Math.max(most.get(size) ?? 0, place + 1));
    places.set(role, { size, place });
  };
  commands.forEach((command, i) => {
    const roles = new Set(rolesOf(command));
    for (const role of roles) take(role);
    for (const role of roles) {
      const taken = places.get(role);
      if (taken === undefined || last.get(role) !== i) continue;
      free.set(taken.size, [...free.get(taken.size) ?? [], taken.place]);
    }
  });
  for (const role of [...assigned.values(), ...numbers.values()]) take(role);
  return places;
}

function copy(encoder: GPUCommandEncoder, { from, to }: BufferCopy): void {
  encoder.copyBufferToBuffer(from, 0, to, 0, to.size);
}
