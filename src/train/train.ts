/**
 * The training loop: any model, any batches, any loss; listens to gradients while it trains.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import type { Tensors } from "./batch.ts";
import type { Batches, TrainOptions } from "./options.ts";
import { Run } from "./run.ts";

export type { Batch, Tensors } from "./batch.ts";
export type { Batches, Loss, TrainOptions } from "./options.ts";
export { Run } from "./run.ts";
export type { CaptureCounts } from "../backend/webgpu/replays.ts";

/**
 * Trains a model on batches, once over, and listens to the gradients at its probes.
 *
 * For each batch, θ ← optimizer(θ, ∇θ(loss(ys, model(xs)) + the layers' regularization losses)), with
 * `training` on, in one forward and one backward pass. What is measured in it stays on the device and
 * is read back many steps at a time.
 *
 * Where TensorFlow.js's own training differs from Keras's, this is Keras's: each weight's regularizer counts
 * once, wherever its layer is and however often it is used; its constraint holds after each update; a
 * batch normalization that is frozen leaves its averages; a dropout with a seed draws another mask at each
 * step, and the same ones in every run. An optimizer's state and count of steps are each weight's own.
 *
 * @param model Any `LayersModel`; the run leaves it with its weights of the last step.
 * @param batches Tensors `{ xs, ys }`, from a generator or any other iterable, or a `tf.data.Dataset` of
 * batches, `{ xs, ys }` or `[xs, ys]`. The run disposes of them.
 * @returns The run, which starts when it is iterated over.
 * @throws {RangeError} If a measure's probe or weight does not exist, or its name is `step` or `loss`;
 * if `resumeFrom` is not a record of such a run: of its columns, backend, configuration and environment.
 * @throws {TypeError} If an argument or an option is of another kind, or the configuration or the
 * environment holds anything but strings and finite numbers.
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
