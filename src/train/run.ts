/**
 * One training run, step by step, and its record.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { bringToDevice, type CaptureCounts, Replays } from "../backend/webgpu/replays.ts";
import { nestedLayers } from "../model/nested_layers.ts";
import { createYield } from "../platform/yield.ts";
import { type AttachedProbe, probesAttachedTo } from "../probe/attach.ts";
import { type PlaceName, watchEdits } from "../probe/edits.ts";
import { findProbes } from "../probe/find_probes.ts";
import { tapsOf } from "../probe/listeners.ts";
import type { Probe } from "../probe/probe.ts";
import { tapCount } from "../probe/tap.ts";
import type { RunRecord } from "../record/record.ts";
import { formatValue } from "../validate.ts";
import { AnomalyDetector } from "./anomaly.ts";
import { type Batch, checkBatch, type Tensors } from "./batch.ts";
import { batchesOf, isDataset } from "./dataset.ts";
import { checkAttached, type ResolvedMeasure, resolveMeasures } from "./measures.ts";
import { type ApplyGradients, createApplyGradients } from "./optimizers.ts";
import { type Batches, copyOptions, type TrainOptions } from "./options.ts";
import { type Pending, readBack, type Step, type StepNumbers } from "./readback.ts";
import { checkChecksum, checkSameRun, resumeRows } from "./resume.ts";
import { editedPlaces, firstNotFinite, recordOf } from "./run_record.ts";
import { every } from "./schedule.ts";
import { trainStep } from "./step.ts";
import { countIteration, formOf, iterationsOf, obstacle } from "./step_form.ts";
import {
  checkBackend,
  checkRun,
  checkState,
  isUsed,
  stepError,
  type UsedBackend,
  usedBackend,
} from "./validate.ts";

/** Steps between two read-backs, by default; one wait for all of them keeps a GPU busy. */
const READ_EVERY = 20;
/** Milliseconds after which steps are read even if they are fewer, so that slow runs show progress. */
const READ_AFTER = 500;

/** One training run: iterate over it to train; ask it for its record at any time. */
export class Run<Ys extends Tensors = tf.Tensor, Output extends Tensors = tf.Tensor>
  implements AsyncIterable<Step> {
  readonly #model: tf.LayersModel;
  readonly #options: TrainOptions<Ys, Output>;
  readonly #apply: ApplyGradients;
  readonly #measures: readonly ResolvedMeasure<Ys>[];
  readonly #columns: readonly string[];
  readonly #backend: UsedBackend = usedBackend();
  readonly #optimizers: readonly tf.Optimizer[];
  readonly #probes: readonly Probe[];
  readonly #layers: readonly tf.layers.Layer[];
  /** The columns that a step of each form has numbers for, and the optimizers that update weights in it. */
  readonly #forms = new Map<string, { columns: string[]; stepping: tf.Optimizer[] }>();
  #replays: Replays | undefined;
  #detector: AnomalyDetector | undefined;
  /** Where listeners changed gradients or values. */
  readonly #edited = new Set<PlaceName>();
  #capture: CaptureCounts = { replayed: 0, eager: 0, reasons: [] };
  readonly #steps: AsyncGenerator<Step, void>;
  readonly #rows: Step[];
  #stepsTaken: number;
  #stopped: string | undefined = "not all steps were asked for";

  /** Called by {@linkcode train}, which documents the parameters and errors. */
  constructor(model: tf.LayersModel, batches: Batches<Ys>, given: TrainOptions<Ys, Output>) {
    checkRun({ model, batches, options: given });
    const options = copyOptions(given);
    this.#model = model;
    this.#options = options;
    this.#apply = createApplyGradients(model, options);
    this.#optimizers = [options.optimizer, ...Object.values(options.optimizers ?? {})];
    this.#probes = [...findProbes(model).values()];
    this.#layers = [...nestedLayers(model)];
    this.#measures = resolveMeasures(model, options.measures);
    this.#columns = ["loss", ...this.#measures.map(({ column }) => column)];
    const columns = ["step", ...this.#columns];
    this.#rows = options.resumeFrom === undefined ? [] : resumeRows(options.resumeFrom, columns);
    if (options.resumeFrom !== undefined) {
      for (const place of editedPlaces(options.resumeFrom)) this.#edited.add(place);
      const measured = { backend: this.#backend.name, tensorflow: tf.version_core };
      checkSameRun(options.resumeFrom, { ...options, ...measured });
    }
    this.#stepsTaken = this.#rows.length;
    this.#steps = this.#train(batches);
  }

  /**
   * How many steps the model has taken, those before this run included: one more than the last step
   * whose numbers came, if no others are still to come. Then its weights are those of the record.
   */
  get stepsTaken(): number {
    return this.#stepsTaken;
  }

  /**
   * Trains, once: a second iteration continues where the first one is, and ends where it ended.
   *
   * Each step's numbers come once they are read back, every 20 steps, or every half second where
   * steps are slow: the model may be as many steps ahead of them, and twice as many where steps are
   * replayed, see {@linkcode stepsTaken}. Leaving the loop ends the run.
   *
   * @throws {RangeError} If the loss or a measure turns NaN or infinite, naming the step and the
   * first column that did; if a probe sees no gradient, or gradients of different shapes; if a
   * statistic or the loss is not one number; if no weight is trainable, or the loss depends on none;
   * if a batch's shapes are not the model's.
   * @throws {RangeError} If the record to resume from does not have the checksum that it states.
   * @throws {TypeError} If a batch does not hold tensors, or one is disposed of; if the loss is not of
   * float32; if a weight of the model or a part of an optimizer's state is disposed of.
   * @throws {Error} If what it measures is detached; if another backend is set during the run; if the
   * wasm backend breaks down, as for lack of memory, after which it cannot be used any more.
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
   * `results.stopped` says why. Where a listener put another gradient or other values in the place of
   * those that it heard, `results.edited` says so.
   *
   * @param results What was measured after training, such as the test accuracy.
   * @throws {TypeError} If the configuration, the environment or the results hold anything but
   * strings and finite numbers.
   */
  async record(results: RunRecord["results"] = {}): Promise<RunRecord> {
    const { configuration, environment } = this.#options;
    return await recordOf(this.#rows, {
      columns: this.#columns,
      configuration,
      environment,
      backend: this.#backend.name,
      results,
      edited: this.#edited,
      stopped: this.#stopped,
    });
  }

  /**
   * How the steps so far were taken on WebGPU: how many were replayed, how many were run by TensorFlow.js
   * (`eager`), and why steps were not replayed. Elsewhere, all are eager. The record does not have it:
   * its numbers are the same.
   */
  get capture(): CaptureCounts {
    return this.#replays?.counts ?? this.#capture;
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
    const reading: Promise<Step[]>[] = []; // numbers that are on their way while further steps run
    const yieldToEventLoop = createYield();
    const { readEvery = READ_EVERY, signal, resumeFrom } = this.#options;
    let lastRead = performance.now();
    let lastAllRead = lastRead;
    try {
      signal?.throwIfAborted();
      if (resumeFrom !== undefined) await checkChecksum(resumeFrom);
      if (this.#options.detectAnomaly) this.#detector = new AnomalyDetector(this.#model);
      if (this.#backend.name === "webgpu") this.#startReplays(readEvery);
      const source = isDataset(batches) ? batchesOf<Ys>(batches, () => this.#stepsTaken) : batches;
      for await (const batch of source) {
        pending.push({ step: this.#stepsTaken, ...this.#step(batch, this.#stepsTaken) });
        this.#stepsTaken++;
        await yieldToEventLoop();
        if (pending.length < readEvery && performance.now() - lastRead <= READ_AFTER) continue;
        const replayed = pending.every((one) => "replayed" in one);
        reading.push(this.#read(pending));
        lastRead = performance.now();
        // One read may be on its way while a GPU goes on. Now and then none is, and the model is at the
        // step that comes last, so that it can be saved there.
        const behind = replayed && readEvery > 1 && lastRead - lastAllRead <= READ_AFTER;
        yield* this.#rowsOf(reading, { left: behind ? 1 : 0 });
        lastRead = performance.now();
        if (!behind) lastAllRead = lastRead;
      }
      reading.push(this.#read(pending));
      yield* this.#rowsOf(reading);
    } catch (error) {
      // Neither the memory of wasm that broke down nor numbers behind wrong ones are to be read.
      if (isWasmFailure(error) || error instanceof WrongNumber) throw error;
      reading.push(this.#read(pending)); // of the steps before
      yield* this.#rowsOf(reading);
      throw error;
    } finally {
      this.#capture = this.capture;
      this.#replays?.release();
      this.#replays = undefined;
      this.#detector?.release();
      this.#detector = undefined;
    }
  }

  #startReplays(readEvery: number): void {
    if (this.#options.capture === false) return;
    const backend = this.#backend.instance as tf.KernelBackend;
    this.#replays = new Replays(backend, { columns: this.#measuredColumns, readEvery });
  }

  /** Those of the record, and what looks for numbers that are not finite. */
  get #measuredColumns(): readonly string[] {
    return [...this.#columns, ...this.#detector?.columns ?? []];
  }

  /** Takes a step and gives where its numbers are. */
  #step(batch: Batch<Ys>, step: number): StepNumbers {
    const { schedule = every(1), signal } = this.#options;
    let failure: unknown;
    try {
      signal?.throwIfAborted();
      checkBackend(this.#backend, step);
      checkBatch(batch, this.#model, step);
      checkState(this.#model, { optimizers: this.#optimizers, step });
      const now = schedule(step);
      const measures = [
        ...this.#measures.filter((measure) => measure.schedule?.(step) ?? now),
        ...this.#detector?.measures ?? [],
      ];
      for (const measure of measures) if ("probe" in measure) checkAttached(measure);
      const numbers = this.#replays === undefined
        ? { scalars: this.#runEager(batch, { measures, step }) }
        : this.#runOrReplay(batch, { measures, step });
      try {
        checkBackend(this.#backend, step);
      } catch (error) {
        if ("scalars" in numbers) tf.dispose([...numbers.scalars.values()]);
        throw error;
      }
      return numbers;
    } catch (error) {
      throw failure = stepError(error, { began: this.#backend, step });
    } finally {
      // It may be anything if it was refused; wasm that broke down cannot dispose of it.
      if (batch && !isWasmFailure(failure)) tf.dispose([batch.xs, batch.ys]);
    }
  }

  #runEager(batch: Batch<Ys>, options: OneStep<Ys>): Map<string, tf.Scalar> {
    const { name, instance } = this.#backend;
    if (name === "webgpu") bringToDevice(instance as tf.KernelBackend, tensorsOf(batch)); // as Replays do
    return this.#run(batch, options);
  }

  #run(batch: Batch<Ys>, options: OneStep<Ys>): Map<string, tf.Scalar> {
    const { loss } = this.#options;
    // The optimizers may have taken steps before this run, and new ones may resume a record.
    const counts = this.#optimizers.map(iterationsOf).filter(Number.isInteger);
    const step = Math.max(options.step, ...counts);
    const all = { ...options, step, apply: this.#apply, loss };
    const stopWatching = watchEdits((place) => this.#edited.add(place));
    try {
      return trainStep(this.#model, batch, all);
    } finally {
      stopWatching();
    }
  }

  #runOrReplay(batch: Batch<Ys>, { measures, step }: OneStep<Ys>): StepNumbers {
    const optimizers = this.#optimizers;
    const inputs = tensorsOf(batch);
    const columns = measures.map(({ column }) => column);
    const form = formOf({ model: this.#model, layers: this.#layers, inputs, columns, optimizers });
    const probes: (Probe | AttachedProbe)[] = [...this.#probes, ...probesAttachedTo(this.#layers)];
    const othersTaps = () => probes.reduce((count, probe) => count - tapsOf(probe), tapCount());
    const scalars = this.#replays!.take({
      form,
      inputs,
      reason: obstacle({ optimizers, probes }),
      step: () => {
        const [taps, iterations] = [othersTaps(), optimizers.map(iterationsOf)];
        const scalars = this.#run(batch, { measures, step });
        const stepping = optimizers.filter((optimizer, i) =>
          iterationsOf(optimizer) > iterations[i]
        );
        this.#forms.set(form, { columns: [...scalars.keys()], stepping });
        return {
          scalars,
          reason: othersTaps() > taps ? "the model or the loss taps tensors itself" : undefined,
        };
      },
    });
    if (scalars !== undefined) return { scalars };
    const replayed = this.#forms.get(form)!;
    replayed.stepping.forEach(countIteration);
    return { replayed: replayed.columns };
  }

  /** Begins to read the numbers of pending steps, which are none afterward. */
  #read(pending: Pending[]): Promise<Step[]> {
    const rows = readBack(pending.splice(0), {
      columns: this.#measuredColumns,
      together: isUsed(this.#backend),
      ring: this.#replays?.ring,
    });
    rows.catch(() => {}); // Whoever waits for them hears of it.
    return rows;
  }

  /** The steps whose numbers are being read, but for the last so many reads. */
  async *#rowsOf(reading: Promise<Step[]>[], { left = 0 } = {}): AsyncGenerator<Step, void> {
    while (reading.length > left) {
      for (const numbers of await reading.shift()!) {
        this.#checkFinite(numbers);
        const columns = ["step", ...this.#columns];
        const row = Object.fromEntries(columns.map((name) => [name, numbers[name]])) as Step;
        this.#rows.push(row);
        yield row;
      }
    }
  }

  #checkFinite(numbers: Step): void {
    const { step } = numbers;
    const wrong = firstNotFinite(numbers, this.#columns);
    const first = this.#detector?.find(numbers);
    if (wrong === undefined && first === undefined) return;
    if (wrong === undefined) {
      throw new WrongNumber(
        `Cannot continue training: ${first} must be finite, got NaN or infinity at step ${step}`,
      );
    }
    const where = this.#detector === undefined
      ? "; detectAnomaly: true says where it comes up"
      : first === undefined
      ? "; the batch, all layers' outputs and the gradients there are finite"
      : `; the first to be NaN or infinite is ${first}`;
    throw new WrongNumber(
      `Cannot continue training: ${wrong} is ${numbers[wrong]} at step ${step}, ` +
        `a finite number is needed${where}`,
    );
  }
}

/** A step: its number, and what is measured in it. */
interface OneStep<Ys extends Tensors> {
  readonly step: number;
  readonly measures: readonly ResolvedMeasure<Ys>[];
}

/** A loss or a measure that is not finite. */
class WrongNumber extends RangeError {}

function tensorsOf({ xs, ys }: Batch<Tensors>): tf.Tensor[] {
  return [xs, ys].flat();
}

/** Why a run ended, as text for its record, whatever was thrown. */
function reasonOf(error: unknown): string {
  if (typeof error === "string") return error;
  if (!(error instanceof Error)) return formatValue(error);
  const { message, name } = error;
  return typeof message === "string" && message !== "" ? message : String(name);
}

function isWasmFailure(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof WebAssembly.RuntimeError;
}
