/**
 * One training run, step by step, and its record.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { type Apply, applyWith } from "./apply.ts";
import { breather } from "./breathe.ts";
import type { Batch, Tensors } from "./batch.ts";
import { checkBatch } from "./check_batch.ts";
import { checkRun } from "./check_run.ts";
import {
  checkBackend,
  checkState,
  isUsed,
  stepError,
  type UsedBackend,
  usedBackend,
} from "./check_state.ts";
import { copied } from "./copied.ts";
import { checkChecksum, checkSameRun, earlierRows } from "./earlier_rows.ts";
import { findMeasures, type FoundMeasure } from "./find_measures.ts";
import type { Batches, TrainOptions } from "./options.ts";
import { type Pending, readBack, type Step } from "./readback.ts";
import { type RunRecord, sealRecord } from "./record.ts";
import { every } from "./schedule.ts";
import { described } from "../checks/described.ts";
import { update } from "./update.ts";

/** Steps between two read-backs, by default; one wait for all of them keeps a GPU busy. */
const READ_EVERY = 20;
/** Milliseconds after which steps are read even if they are fewer, so that slow runs show progress. */
const READ_AFTER = 500;

/** One training run: iterate over it to train; ask it for its record at any time. */
export class Run<Ys extends Tensors = tf.Tensor, Output extends Tensors = tf.Tensor>
  implements AsyncIterable<Step> {
  readonly #model: tf.LayersModel;
  readonly #options: TrainOptions<Ys, Output>;
  readonly #apply: Apply;
  readonly #measures: readonly FoundMeasure<Ys>[];
  readonly #columns: readonly string[];
  readonly #backend: UsedBackend = usedBackend();
  readonly #steps: AsyncGenerator<Step, void>;
  readonly #rows: Step[];
  #taken: number;
  #stopped: string | undefined = "not all steps were asked for";

  /** Called by {@linkcode train}, which documents the parameters and errors. */
  constructor(model: tf.LayersModel, batches: Batches<Ys>, given: TrainOptions<Ys, Output>) {
    checkRun({ model, batches, options: given });
    const options = copied(given);
    this.#model = model;
    this.#options = options;
    this.#apply = applyWith(model, options);
    this.#measures = findMeasures(model, options.measures);
    this.#columns = ["loss", ...this.#measures.map(({ column }) => column)];
    const columns = ["step", ...this.#columns];
    this.#rows = options.after === undefined ? [] : earlierRows(options.after, columns);
    if (options.after !== undefined) {
      const measured = { backend: this.#backend.name, tensorflow: tf.version_core };
      checkSameRun(options.after, { ...options, ...measured });
    }
    this.#taken = this.#rows.length;
    this.#steps = this.#train(batches);
  }

  /**
   * How many steps the model has taken, those before this run included: one more than the last step
   * whose numbers came, if no others are still to come. Then its weights are those of the record.
   */
  get taken(): number {
    return this.#taken;
  }

  /**
   * Trains, once: a second iteration goes on where the first is, and ends where it ended.
   *
   * Each step's numbers come once they are read back, every 20 steps, or every half second where
   * steps are slow: the model may be as many steps ahead of them, see {@linkcode taken}. Leaving the
   * loop ends the run.
   *
   * @throws {RangeError} If the loss or a measure turns NaN or infinite, naming the step and the
   * first column that did; if a probe sees no gradient, or more than one; if a statistic or the
   * loss is not one number; if no weight is trainable, or the loss depends on none; if a batch's
   * shapes are not the model's.
   * @throws {RangeError} If the record to go on after has not the checksum that it states.
   * @throws {TypeError} If a batch does not hold tensors, or one is disposed of; if the loss is not of
   * float32; if a weight of the model or a part of an optimizer's state is disposed of.
   * @throws {Error} If another backend is set during the run; if the wasm backend breaks down, as for
   * lack of memory, after which it cannot be used any more.
   * @throws The signal's reason, and what the batches, a layer, the loss, a statistic or an optimizer
   * throw, as it is; the steps before come first.
   */
  [Symbol.asyncIterator](): AsyncIterator<Step, void> {
    return this.#steps;
  }

  /** Trains to the end and gives the record. Throws as iterating does. */
  async finish(): Promise<RunRecord> {
    for await (const _ of this);
    return this.record();
  }

  /**
   * The record of the steps that came so far, also after the run failed. Until the last one came,
   * `results.stopped` says why.
   *
   * @param results What was measured after training, such as the test accuracy.
   * @throws {TypeError} If the configuration, the environment or the results hold anything but
   * strings and finite numbers.
   */
  async record(results: RunRecord["results"] = {}): Promise<RunRecord> {
    const { configuration = {}, environment = {} } = this.#options;
    const columns = ["step", ...this.#columns];
    return await sealRecord({
      configuration,
      environment: { ...environment, backend: this.#backend.name, tensorflow: tf.version_core },
      results: this.#stopped === undefined ? results : { ...results, stopped: this.#stopped },
      columns: Object.fromEntries(
        columns.map((name) => [name, this.#rows.map((row) => row[name])]),
      ),
    });
  }

  async *#train(batches: Batches<Ys>): AsyncGenerator<Step, void> {
    try {
      yield* this.#takeSteps(batches);
      this.#stopped = undefined;
    } catch (error) {
      this.#stopped = reasonOf(error);
      throw error;
    }
  }

  async *#takeSteps(batches: Batches<Ys>): AsyncGenerator<Step, void> {
    const pending: Pending[] = []; // empty whenever a step is yielded, where a loop may be left
    const breathe = breather();
    const { readEvery = READ_EVERY, signal, after } = this.#options;
    let lastRead = performance.now();
    try {
      signal?.throwIfAborted();
      if (after !== undefined) await checkChecksum(after);
      for await (const batch of batches) {
        pending.push({ step: this.#taken, scalars: this.#step(batch, this.#taken) });
        this.#taken++;
        await breathe();
        if (pending.length < readEvery && performance.now() - lastRead <= READ_AFTER) continue;
        yield* this.#read(pending);
        lastRead = performance.now();
      }
    } catch (error) {
      if (isWasmFailure(error)) throw error; // Its memory is not to be read any more.
      yield* this.#read(pending); // of the steps before
      throw error;
    }
    yield* this.#read(pending);
  }

  #step(batch: Batch<Ys>, step: number): Map<string, tf.Scalar> {
    const { loss, schedule = every(1), signal, optimizer, optimizers = {} } = this.#options;
    let failure: unknown;
    try {
      signal?.throwIfAborted();
      checkBackend(this.#backend, step);
      checkBatch(batch, this.#model, step);
      checkState(this.#model, { optimizers: [optimizer, ...Object.values(optimizers)], step });
      const now = schedule(step);
      const measures = this.#measures.filter((measure) => measure.schedule?.(step) ?? now);
      const scalars = update(this.#model, batch, { apply: this.#apply, loss, measures });
      try {
        checkBackend(this.#backend, step);
      } catch (error) {
        tf.dispose([...scalars.values()]);
        throw error;
      }
      return scalars;
    } catch (error) {
      throw failure = stepError(error, { began: this.#backend, step });
    } finally {
      // It may be anything if it was refused; wasm that broke down cannot dispose of it.
      if (batch && !isWasmFailure(failure)) tf.dispose([batch.xs, batch.ys]);
    }
  }

  async *#read(pending: Pending[]): AsyncGenerator<Step, void> {
    const together = isUsed(this.#backend);
    for (const row of await readBack(pending.splice(0), { columns: this.#columns, together })) {
      const wrong = this.#columns.find((column) => !Number.isFinite(row[column] ?? 0));
      if (wrong !== undefined) {
        throw new RangeError(
          `Cannot go on training: ${wrong} is ${row[wrong]} at step ${row.step}, ` +
            "a finite number is needed",
        );
      }
      this.#rows.push(row);
      yield row;
    }
  }
}

/** Why a run ended, as text for its record, whatever was thrown. */
function reasonOf(error: unknown): string {
  if (typeof error === "string") return error;
  if (!(error instanceof Error)) return described(error);
  const { message, name } = error;
  return typeof message === "string" && message !== "" ? message : String(name);
}

function isWasmFailure(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof WebAssembly.RuntimeError;
}
