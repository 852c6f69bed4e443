/**
 * The training loop: any model, any batches, any loss; listens to gradients while it trains.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { breathe } from "./breathe.ts";
import { Listener, type Measures, normsOfAllProbes } from "./measure.ts";
import { type Pending, readBack, scalarsOf, type Step } from "./readback.ts";
import { type RunRecord, sealRecord } from "./record.ts";
import { every, type Schedule } from "./schedule.ts";

/** One tensor, or several where a model has several inputs or outputs. */
export type Tensors = tf.Tensor | tf.Tensor[];

/** One batch. The trainer disposes of its tensors. */
export interface Batch<Ys extends Tensors = tf.Tensor> {
  /** The model's input, or inputs. */
  readonly xs: Tensors;
  /** What the loss compares the model's output with. */
  readonly ys: Ys;
}

/** A source of batches, in the order in which they are trained on. */
export type Batches<Ys extends Tensors = tf.Tensor> =
  | Iterable<Batch<Ys>>
  | AsyncIterable<Batch<Ys>>;

/** A scalar from a batch's `ys` and the model's output, or outputs, for its `xs`. */
export type Loss<Ys extends Tensors = tf.Tensor, Output extends Tensors = tf.Tensor> = (
  ys: Ys,
  output: Output,
) => tf.Scalar;

/** How to train. */
export interface TrainOptions<
  Ys extends Tensors = tf.Tensor,
  Output extends Tensors = tf.Tensor,
> {
  /** Updates the weights; its state is the caller's to dispose of. */
  readonly optimizer: tf.Optimizer;
  /** Minimised, together with the regularisation losses of the model's layers. */
  readonly loss: Loss<Ys, Output>;
  /** The columns to record besides `step` and `loss`. @default the norm at every probe, under its name */
  readonly measures?: Measures;
  /** At which steps to measure; the loss is recorded at every step. @default every(1) */
  readonly schedule?: Schedule;
  /** Ends the run with the signal's reason before the next step. */
  readonly signal?: AbortSignal;
  /** What the record says was asked for. @default {} */
  readonly configuration?: RunRecord["configuration"];
  /** What the record says it ran on, besides the backend and TensorFlow.js's version. @default {} */
  readonly environment?: RunRecord["environment"];
}

/** Steps between two read-backs; one wait for all of them keeps a GPU busy. */
const READ_EVERY = 20;
/** Milliseconds after which steps are read even if they are fewer, so that slow runs show progress. */
const READ_AFTER = 500;

/** One training run: iterate over it to train; ask it for its record at any time. */
export class Run<Ys extends Tensors = tf.Tensor, Output extends Tensors = tf.Tensor>
  implements AsyncIterable<Step> {
  readonly #model: tf.LayersModel;
  readonly #options: TrainOptions<Ys, Output>;
  readonly #measures: Measures;
  readonly #steps: AsyncGenerator<Step, void>;
  readonly #rows: Step[] = [];
  #stopped: string | undefined;

  /** Called by {@linkcode train}. */
  constructor(model: tf.LayersModel, batches: Batches<Ys>, options: TrainOptions<Ys, Output>) {
    this.#model = model;
    this.#options = options;
    this.#measures = checked(options.measures ?? normsOfAllProbes(model));
    this.#steps = this.#train(batches);
  }

  /**
   * Trains. Each step's numbers come once they are read back: every 20 steps, or every half second
   * where steps are slow. Leaving the loop ends the run.
   *
   * @throws {RangeError} If the loss or a measure turns NaN or infinite, naming the step and the
   * first column that did, or if no gradient reaches a probe.
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
   * The record of the steps so far, also after the run failed; `results.stopped` then says why.
   *
   * @param results What was measured after training, such as the test accuracy.
   */
  record(results: RunRecord["results"] = {}): Promise<RunRecord> {
    const { configuration = {}, environment = {} } = this.#options;
    const names = ["step", "loss", ...Object.keys(this.#measures)];
    return sealRecord({
      configuration,
      environment: { ...environment, backend: tf.getBackend(), tensorflow: tf.version_core },
      results: this.#stopped === undefined ? results : { ...results, stopped: this.#stopped },
      columns: Object.fromEntries(names.map((name) => [name, this.#rows.map((row) => row[name])])),
    });
  }

  async *#train(batches: Batches<Ys>): AsyncGenerator<Step, void> {
    const { signal } = this.#options;
    const listener = new Listener(this.#model, this.#measures);
    const pending: Pending[] = [];
    let step = 0;
    let lastRead = performance.now();
    try {
      for await (const batch of batches) {
        pending.push(this.#step(batch, step++, listener));
        await breathe();
        if (signal?.aborted) break;
        if (pending.length === READ_EVERY || performance.now() - lastRead > READ_AFTER) {
          yield* this.#read(pending);
          lastRead = performance.now();
        }
      }
      yield* this.#read(pending);
      signal?.throwIfAborted();
    } catch (error) {
      this.#stopped = error instanceof Error ? error.message : String(error);
      throw error;
    } finally {
      listener.stop();
      tf.dispose(scalarsOf(pending));
    }
  }

  #step({ xs, ys }: Batch<Ys>, step: number, listener: Listener): Pending {
    const { optimizer, loss, schedule = every(1) } = this.#options;
    const model = this.#model;
    const weights = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const totalLoss = () => {
      const output = model.apply(xs, { training: true }) as Output;
      return model.calculateLosses().reduce(
        (sum, penalty) => tf.add(sum, penalty),
        loss(ys, output),
      );
    };
    try {
      const backward = () => tf.variableGrads(totalLoss, weights);
      const [{ value, grads }, measured] = listener.during(backward, schedule(step));
      optimizer.applyGradients(grads);
      tf.dispose(grads);
      return { step, scalars: { loss: value, ...measured } };
    } finally {
      tf.dispose([xs, ys]);
    }
  }

  async *#read(pending: Pending[]): AsyncGenerator<Step, void> {
    for (const row of await readBack(pending.splice(0))) {
      const wrong = Object.keys(row).find((column) => !Number.isFinite(row[column] ?? 0));
      if (wrong !== undefined) {
        throw new RangeError(
          `Cannot go on training: ${wrong} is ${row[wrong]} at step ${row.step}`,
        );
      }
      this.#rows.push(row);
      yield row;
    }
  }
}

function checked(measures: Measures): Measures {
  for (const taken of ["step", "loss"]) {
    if (taken in measures) {
      throw new RangeError(`Cannot name a measure ${taken}: every record has that column already`);
    }
  }
  return measures;
}

/**
 * Trains a model on batches, once over, and listens to the gradients at its probes.
 *
 * For each batch: forward pass with `training` on, loss plus the layers' regularisation losses, one
 * backward pass, one update by the optimizer. What the probes measure stays on the device and is
 * read back many steps at a time.
 *
 * @param model Any `LayersModel`; the run leaves it with its weights of the last step.
 * @param batches Tensors `{ xs, ys }`, from a generator or any other iterable.
 *
 * @example The gradient norm at a residual connection's two copies of x
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { probe, residual, train } from "@residual/connection";
 *
 * const block = tf.sequential({
 *   layers: [
 *     probe({ name: "x_in", inputShape: [4] }),
 *     tf.layers.dense({ units: 4, activation: "relu" }),
 *   ],
 * });
 * const model = tf.sequential({
 *   layers: [
 *     tf.layers.dense({ units: 4, inputShape: [2] }),
 *     residual({ block, shortcut: probe({ name: "x_res" }) }),
 *     tf.layers.dense({ units: 1 }),
 *   ],
 * });
 *
 * function* batches() {
 *   for (let i = 0; i < 10; i++) {
 *     yield { xs: tf.randomNormal([8, 2]), ys: tf.ones([8, 1]) };
 *   }
 * }
 *
 * const run = train(model, batches(), {
 *   optimizer: tf.train.adam(3e-4),
 *   loss: (ys, output) => tf.losses.meanSquaredError(ys, output),
 * });
 * for await (const { step, loss, x_in, x_res } of run) console.log(step, loss, x_in, x_res);
 * const record = await run.record();
 * ```
 */
export function train<Ys extends Tensors = tf.Tensor, Output extends Tensors = tf.Tensor>(
  model: tf.LayersModel,
  batches: Batches<Ys>,
  options: TrainOptions<Ys, Output>,
): Run<Ys, Output> {
  return new Run(model, batches, options);
}
