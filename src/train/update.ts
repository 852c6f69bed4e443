/**
 * One training step: forward pass, backward pass, update.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { Apply } from "./apply.ts";
import type { Batch, Tensors } from "./batch.ts";
import type { FoundMeasure } from "./find_measures.ts";
import { listen } from "./listen.ts";
import { oneNumber } from "./one_number.ts";
import type { TrainOptions } from "./options.ts";
import { described } from "../checks/described.ts";
import { weigh } from "./weigh.ts";

/** What one step needs besides the batch. */
export type UpdateOptions<Ys extends Tensors, Output extends Tensors> =
  & Pick<TrainOptions<Ys, Output>, "loss">
  & { readonly apply: Apply; readonly measures: readonly FoundMeasure<Ys>[] };

/**
 * Updates the model's trainable weights once and gives the loss before the update, under `loss`,
 * and the measures by column. The batch stays the caller's.
 */
export function update<Ys extends Tensors, Output extends Tensors>(
  model: tf.LayersModel,
  batch: Batch<Ys>,
  { apply, loss, measures }: UpdateOptions<Ys, Output>,
): Map<string, tf.Scalar> {
  const computed = measures.filter((measure) => "compute" in measure);
  const probed = measures.filter((measure) => "probe" in measure);
  const weighed = measures.filter((measure) => "variable" in measure);
  const scalars = new Map<string, tf.Scalar>();
  tf.tidy(() => {
    const ofBatch = computed.map(({ column, compute }) =>
      [column, oneNumber(column, () => compute(batch))] as const
    );
    const totalLoss = () => penalized(model, scalar(loss(batch.ys, forward(model, batch.xs))));
    const backward = () => gradients(totalLoss, trainableWeights(model));
    const [{ value, grads }, heard] = listen(probed, backward);
    const ofWeights = weigh(weighed, grads, apply);
    for (const [column, scalar] of [["loss", value] as const, ...ofBatch, ...heard, ...ofWeights]) {
      scalars.set(column, tf.keep(scalar));
    }
  });
  return scalars;
}

function forward<Output extends Tensors>(model: tf.LayersModel, xs: Tensors): Output {
  return model.apply(xs, { training: true }) as Output;
}

function penalized(model: tf.LayersModel, loss: tf.Scalar): tf.Scalar {
  return model.calculateLosses().reduce((sum, penalty) => tf.add(sum, penalty), loss);
}

function scalar(loss: tf.Scalar): tf.Scalar {
  if (!((loss as unknown) instanceof tf.Tensor)) {
    throw new TypeError(
      `Cannot minimise the loss: it must be a scalar tensor, got ${described(loss)}`,
    );
  }
  const { rank, shape, dtype, isDisposed } = loss as tf.Tensor;
  if (isDisposed) {
    throw new TypeError("Cannot minimise the loss: it must not be disposed of, got one that is");
  }
  if (dtype !== "float32") {
    throw new TypeError(
      `Cannot minimise the loss: it must be of dtype float32, got ${dtype}; compute it from floats`,
    );
  }
  if (rank === 0) return loss;
  throw new RangeError(`Cannot minimise the loss: it must be a scalar, got shape [${shape}]`);
}

function trainableWeights(model: tf.LayersModel): tf.Variable[] {
  const { trainableWeights, weights } = model;
  if (trainableWeights.length === 0) {
    throw new RangeError(
      `Cannot train ${model.name}: a trainable weight is needed, got none of ${weights.length}`,
    );
  }
  return trainableWeights.map((weight) => weight.read() as tf.Variable);
}

function gradients(loss: () => tf.Scalar, weights: tf.Variable[]) {
  try {
    return tf.variableGrads(loss, weights);
  } catch (error) {
    // The engine keeps what the backward pass needs until that pass has come to its end.
    for (const { saved } of tf.engine().state.activeTape ?? []) tf.dispose(saved);
    if (!isUnconnected(error)) throw error;
    throw new RangeError("Cannot minimise the loss: it must depend on a trainable weight", {
      cause: error,
    });
  }
}

/** Whether TensorFlow.js says that no weight leads to the loss. */
function isUnconnected(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("Cannot find a connection");
}
