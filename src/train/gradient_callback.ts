/**
 * What `train` records, recorded under `model.fit`.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { attach, type Attachment } from "../probe/attach.ts";
import { findProbes } from "../probe/find_probes.ts";
import { type PlaceName, watchEdits } from "../probe/edits.ts";
import type { RunRecord } from "../record/record.ts";
import { checkSettings } from "../record/validate.ts";
import { check, isObject } from "../validate.ts";
import { Listening } from "./listening.ts";
import { type ProbeMeasure, type ResolvedProbe, resolveMeasures } from "./measures.ts";
import { type Pending, readBack, type Step } from "./readback.ts";
import { firstNotFinite, recordOf } from "./run_record.ts";
import { every, type Schedule } from "./schedule.ts";

/** What to record. */
export interface GradientCallbackOptions {
  /**
   * Statistics of what probes hear, by column, or the `measures` of an attachment.
   *
   * @default the norm of the gradient at every probe; at the output of every layer if there is none
   */
  readonly measures?: Readonly<Record<string, ProbeMeasure>>;
  /** At which batches to measure what has no schedule of its own. @default every(1) */
  readonly schedule?: Schedule;
  /** What the record says was asked for. @default {} */
  readonly configuration?: RunRecord["configuration"];
  /** What the record says it ran on, in addition to the backend and TensorFlow.js's version. @default {} */
  readonly environment?: RunRecord["environment"];
}

/** Batches between two read-backs. */
const READ_EVERY = 20;

/** A callback that records the loss and what probes hear of each batch of a training. */
export class GradientCallback extends tf.Callback {
  readonly #options: GradientCallbackOptions;
  #attachment: Attachment | undefined;
  #measures: readonly ResolvedProbe[] = [];
  #listening: Listening | undefined;
  #stopWatching: (() => void) | undefined;
  readonly #pending: Pending[] = [];
  readonly #rows: Step[] = [];
  readonly #edited = new Set<PlaceName>();
  #columns: readonly string[] = [];
  #backend = tf.getBackend();
  #batches = 0;

  /** Made by {@linkcode gradientCallback}, which documents it. */
  constructor(options: GradientCallbackOptions = {}) {
    super();
    checkOptions(options);
    this.#options = options;
  }

  /** The steps whose numbers were read so far, 20 at a time. */
  get steps(): readonly Step[] {
    return this.#rows;
  }

  /** Looks the probes up, or attaches to the model. A second training continues the same record. */
  override onTrainBegin(): Promise<void> {
    const model = this.model as tf.LayersModel;
    let { measures } = this.#options;
    if (measures === undefined && findProbes(model).size === 0) {
      this.#attachment = attach(model);
      measures = this.#attachment.measures;
    }
    const resolved = resolveMeasures(model, measures) as ResolvedProbe[];
    const columns = ["loss", ...resolved.map(({ column }) => column)];
    check(this.#rows.length === 0 || `${columns}` === `${this.#columns}`, {
      action: "record another training",
      name: "the model",
      must: `have the probes ${this.#columns.slice(1).join(", ")}`,
      got: columns.slice(1),
    });
    this.#measures = resolved;
    this.#columns = columns;
    this.#backend = tf.getBackend();
    this.#stopWatching = watchEdits((place) => this.#edited.add(place));
    return Promise.resolve();
  }

  /** Listens from here on. */
  override onBatchBegin(): Promise<void> {
    this.#listening?.end(); // of a batch that failed
    const { schedule = every(1) } = this.#options;
    const now = schedule(this.#batches);
    const measures = this.#measures.filter((one) => one.schedule?.(this.#batches) ?? now);
    this.#listening = new Listening(measures);
    return Promise.resolve();
  }

  /** Takes what was heard. */
  override async onBatchEnd(_batch: number, logs?: tf.Logs): Promise<void> {
    const listening = this.#listening!;
    const loss: unknown = logs?.loss;
    try {
      const scalars = new Map<string, tf.Scalar>();
      tf.tidy(() => {
        for (const [column, scalar] of listening.measured()) scalars.set(column, tf.keep(scalar));
        const own = loss instanceof tf.Tensor ? loss.clone() : tf.scalar(loss as number);
        scalars.set("loss", tf.keep(own as tf.Scalar));
      });
      this.#pending.push({ step: this.#batches++, scalars });
    } finally {
      listening.end();
      this.#listening = undefined;
    }
    if (this.#pending.length >= READ_EVERY) await this.#read();
  }

  /** Reads what is still on the device. */
  override async onEpochEnd(): Promise<void> {
    await this.#read();
  }

  /** Leaves the model as it was. */
  override async onTrainEnd(): Promise<void> {
    await this.#read();
    this.release();
  }

  /** What `onTrainEnd` does, for a training that ended with an error. */
  release(): void {
    this.#listening?.end();
    this.#listening = undefined;
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.#attachment?.detach();
    this.#attachment = undefined;
    for (const one of this.#pending.splice(0)) {
      if ("scalars" in one) tf.dispose([...one.scalars.values()]);
    }
  }

  /**
   * The record of the batches so far: `step`, counted over all epochs, `loss`, and a column for each measure.
   *
   * @param results What was measured after training, such as the test accuracy.
   * @throws {TypeError} If the results hold anything but strings and finite numbers.
   */
  async record(results: RunRecord["results"] = {}): Promise<RunRecord> {
    await this.#read();
    const { configuration, environment } = this.#options;
    return await recordOf(this.#rows, {
      columns: this.#columns,
      configuration,
      environment,
      backend: this.#backend,
      results,
      edited: this.#edited,
    });
  }

  async #read(): Promise<void> {
    for (const row of await readBack(this.#pending.splice(0), { columns: this.#columns })) {
      const wrong = firstNotFinite(row, this.#columns);
      if (wrong !== undefined) {
        this.release();
        throw new RangeError(
          `Cannot continue training: ${wrong} is ${
            row[wrong]
          } at step ${row.step}, a finite number ` +
            "is needed",
        );
      }
      this.#rows.push(row);
    }
  }
}

/**
 * A callback for `model.fit` and `fitDataset` that records what {@linkcode train} records: the loss of each
 * batch, and statistics of the gradients or values at the model's probes, or at all of its layers.
 *
 * @throws {TypeError} If an option is of another kind, or a measure is not one of a probe.
 * @throws {RangeError} When training begins, if the model has no such probe; when numbers are read, if one is
 * NaN or infinite, which ends the training.
 *
 * @example One line more than without
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { gradientCallback } from "@residual/connection";
 *
 * const layers = [
 *   tf.layers.dense({ units: 8, activation: "relu", inputShape: [4], name: "hidden" }),
 *   tf.layers.dense({ units: 1, name: "output" }),
 * ];
 * const model = tf.sequential({ layers });
 * model.compile({ optimizer: "adam", loss: "meanSquaredError" });
 *
 * const gradients = gradientCallback();
 * await model.fit(tf.ones([8, 4]), tf.ones([8, 1]), { batchSize: 4, callbacks: gradients });
 *
 * const { columns } = await gradients.record();
 * console.log(columns.hidden, columns.output); // a norm for each batch
 * ```
 */
export function gradientCallback(options: GradientCallbackOptions = {}): GradientCallback {
  return new GradientCallback(options);
}

function checkOptions(options: unknown): void {
  const action = "create a gradient callback";
  check(isObject(options), { action, name: "options", must: "be an object", got: options });
  const { measures = {}, schedule, configuration = {}, environment = {} } = options;
  check(isObject(measures), { action, name: "measures", must: "be an object", got: measures });
  for (const [column, measure] of Object.entries(measures)) {
    const must = "be of a probe: { probe, of, statistic }";
    check(isObject(measure) && measure.probe !== undefined, {
      action,
      name: column,
      must,
      got: measure,
    });
  }
  const scheduled = schedule === undefined || typeof schedule === "function";
  check(scheduled, { action, name: "the schedule", must: "be a function", got: schedule });
  checkSettings(configuration, { action, name: "configuration" });
  checkSettings(environment, { action, name: "environment" });
}
