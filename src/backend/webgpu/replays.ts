/**
 * Training steps that are captured when they come again and replayed from then on, as CUDA Graphs are.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { type Capture, capture, difference, type StepCall } from "./capture.ts";
import { commandsOf } from "./commands.ts";
import { type DataId, internals } from "./internals.ts";
import { PinnedBuffers } from "./pinned_buffers.ts";
import { NumberRing } from "./number_ring.ts";
import { Replay, type Shared, Slots } from "./replay.ts";

/** A step of a run. */
export interface FormedStep extends StepCall {
  /** What tells steps of other commands apart: shapes, what is measured, what is trained, and how. */
  readonly form: string;
  /** Why the step must not be replayed, if that is known before it runs, in words behind "because". */
  readonly reason?: string;
}

/** How the steps of a run were taken. */
export interface CaptureCounts {
  /** Steps whose captured commands were replayed. */
  readonly replayed: number;
  /** Steps that TensorFlow.js ran, those that were captured among them. */
  readonly eager: number;
  /** Why steps were not replayed, one sentence for each reason. */
  readonly reasons: readonly string[];
}

interface Form {
  /** How often the step was taken since it was last found to be another. */
  taken: number;
  captured?: Capture;
  replay?: Replay;
  replayed: number;
  reason?: string;
}

/** Most kinds of steps that are told apart: each that is captured has bind groups of its own. */
const MOST_FORMS = 64;

/** The captured steps of one run. */
export class Replays {
  /** The numbers of the steps that were replayed. */
  readonly ring: NumberRing;

  readonly #backend: tf.KernelBackend;
  readonly #columns: readonly string[];
  readonly #shared: Shared;
  readonly #forms = new Map<string, Form>();
  #tooMany = false;
  #replayed = 0;
  #eager = 0;

  /**
   * @param backend The WebGPU backend in use.
   * @param columns The columns that a step may have numbers for.
   * @param readEvery How many steps' numbers are read at once, at most.
   */
  constructor(
    backend: tf.KernelBackend,
    { columns, readEvery }: { readonly columns: readonly string[]; readonly readEvery: number },
  ) {
    this.#backend = backend;
    this.#columns = columns;
    this.#shared = { pinned: new PinnedBuffers(backend), slots: new Slots(backend) };
    this.ring = new NumberRing(backend, { steps: readEvery, columns: columns.length });
  }

  /** What was replayed so far, and what was not, and why. */
  get counts(): CaptureCounts {
    const reasons = [...this.#forms.values()].flatMap(({ reason }) => reason ?? []);
    if (this.#tooMany) {
      reasons.push(
        "its shapes, its measures or its optimizer's settings are others in nearly each step",
      );
    }
    return { replayed: this.#replayed, eager: this.#eager, reasons: [...new Set(reasons)] };
  }

  /**
   * Takes a step. The first time it comes it is run; the second and third time it is captured; from then
   * on it is replayed, if both captures are the same, and captured again now and then, to be compared.
   *
   * @returns Its numbers by column; nothing where they are in the ring.
   * @throws {Error} If a step that is replayed would now do something else.
   */
  take(
    { form: key, inputs, step, reason }: FormedStep,
  ): ReadonlyMap<string, tf.Scalar> | undefined {
    const form = this.#formOf(key);
    if (reason !== undefined) form.reason = reason;
    if (form.replay !== undefined && (reason !== undefined || !form.replay.current)) forget(form);
    form.taken++;
    if (form.replay !== undefined && !isChecked(form.replayed + 1)) {
      form.replay.launch({ inputs, ring: this.ring, columns: this.#columns });
      form.replayed++;
      this.#replayed++;
      return undefined;
    }
    this.#eager++;
    this.#shared.pinned.restore();
    bringToDevice(this.#backend, inputs);
    if (form.reason !== undefined || form.taken === 1) return step().scalars;
    const { result, capture: captured } = capture(this.#backend, { inputs, step });
    if (form.replay !== undefined) this.#check(form, { captured, scalars: result.scalars });
    else if (form.captured === undefined) form.captured = captured;
    else this.#instantiate(form, captured, inputs);
    if (form.captured?.reason) form.reason = form.captured.reason;
    return result.scalars;
  }

  #formOf(key: string): Form {
    const known = this.#forms.get(key);
    if (known !== undefined) return known;
    const form: Form = { taken: 0, replayed: 0 };
    if (this.#forms.size < MOST_FORMS) this.#forms.set(key, form);
    else this.#tooMany = true;
    return form;
  }

  /** Frees what the captured steps hold; the variables keep their values. */
  release(): void {
    for (const { replay } of this.#forms.values()) replay?.release();
    this.#shared.slots.release();
    this.#shared.pinned.release();
    this.ring.release();
  }

  #instantiate(form: Form, captured: Capture, inputs: readonly tf.Tensor[]): void {
    form.reason = difference(form.captured!, captured);
    form.captured = undefined;
    if (form.reason !== undefined) return;
    commandsOf(this.#backend).submit(); // Then the buffers of this step's tensors are free for the replay.
    form.replay = new Replay(this.#backend, captured, { inputs, shared: this.#shared });
  }

  #check(
    form: Form,
    { captured, scalars }: {
      readonly captured: Capture;
      readonly scalars: ReadonlyMap<string, tf.Scalar>;
    },
  ): void {
    form.replayed++;
    const what = difference(form.replay!.capture, captured);
    if (what === undefined) return;
    tf.dispose([...scalars.values()]);
    throw new Error(
      `Cannot replay the captured step: run again, it is another, because ${what}. A loss, a layer or ` +
        "a measure that changes while it trains must not be replayed: train with capture: false",
    );
  }
}

/**
 * Brings a batch and all variables to the device, so that no step computes with them on the host, as
 * TensorFlow.js does with few numbers. The host keeps its values of the batch. Each variable's data are
 * its own afterward, so that a step's commands are the same whether somebody has a clone or not.
 */
export function bringToDevice(backend: tf.KernelBackend, inputs: readonly tf.Tensor[]): void {
  const { tensorMap, uploadToGPU } = internals(backend);
  const commands = commandsOf(backend);
  for (const { dataId, dtype, size } of inputs) {
    if (dtype === "string" || dtype === "complex64" || size === 0) continue;
    const data = tensorMap.get(dataId as DataId);
    const { values } = data;
    uploadToGPU.call(backend, dataId as DataId);
    data.values = values;
  }
  for (const variable of Object.values(tf.engine().state.registeredVariables)) {
    const { dataId, dtype, size } = variable;
    if (dtype === "string" || size === 0 || !tensorMap.has(dataId as DataId)) continue;
    uploadToGPU.call(backend, dataId as DataId);
    commands.makeUnique(variable);
  }
}

/** Whether the nth time that a step could be replayed it is captured again: the 16th, 64th, 256th … */
function isChecked(n: number): boolean {
  return n >= 16 && Number.isInteger(Math.log2(n) / 2);
}

function forget(form: Form): void {
  form.replay?.release();
  form.replay = form.captured = undefined;
  form.taken = 1;
  form.replayed = 0;
}
