/**
 * One training step: forward pass, backward pass, update, and what is measured in them.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { withMasksOf } from "../model/dropout.ts";
import { penaltiesOf } from "../model/nested_layers.ts";
import { withFrozen } from "../model/normalization.ts";
import { formatValue } from "../validate.ts";
import type { Batch, Tensors } from "./batch.ts";
import { Listening, toScalar } from "./listening.ts";
import type { ResolvedMeasure, ResolvedWeight } from "./measures.ts";
import type { ApplyGradients } from "./optimizers.ts";
import type { TrainOptions } from "./options.ts";

/** What one step needs in addition to the model and the batch. */
export type StepOptions<Ys extends Tensors, Output extends Tensors> =
  & Pick<TrainOptions<Ys, Output>, "loss">
  & {
    readonly apply: ApplyGradients;
    readonly measures: readonly ResolvedMeasure<Ys>[];
    /** The number of the step, counted from the first one of the training, which may be in parts. */
    readonly step: number;
  };

/**
 * Updates the model's trainable weights once and gives the loss before the update, under `loss`,
 * and the measures by column. The batch stays the caller's.
 */
export function trainStep<Ys extends Tensors, Output extends Tensors>(
  model: tf.LayersModel,
  batch: Batch<Ys>,
  { apply, loss, measures, step }: StepOptions<Ys, Output>,
): Map<string, tf.Scalar> {
  const ofBatch = measures.filter((measure) => "compute" in measure);
  const ofProbes = measures.filter((measure) => "probe" in measure);
  const ofWeights = measures.filter((measure) => "variable" in measure);
  const scalars = new Map<string, tf.Scalar>();
  tf.tidy(() => {
    for (const { column, compute } of ofBatch) {
      scalars.set(column, toScalar(column, () => compute(batch)));
    }
    const totalLoss = () =>
      withMasksOf(step, () => penalized(model, scalar(loss(batch.ys, forward(model, batch.xs)))));
    const listening = new Listening(ofProbes);
    try {
      const { value, grads } = gradients(totalLoss, trainableWeights(model));
      const measured = listening.measured();
      const updated = updateWeights(grads, { apply, measures: ofWeights });
      for (const [column, scalar] of [...measured, ...updated]) scalars.set(column, scalar);
      scalars.set("loss", value);
    } finally {
      listening.end();
    }
    for (const scalar of scalars.values()) tf.keep(scalar);
  });
  return scalars;
}

function forward<Output extends Tensors>(model: tf.LayersModel, xs: Tensors): Output {
  return withFrozen(model, () => model.apply(xs, { training: true }) as Output);
}

/** The loss and the layers' regularization losses. */
function penalized(model: tf.LayersModel, loss: tf.Scalar): tf.Scalar {
  return penaltiesOf(model).reduce((sum, penalty) => tf.add(sum, penalty()), loss);
}

function scalar(loss: tf.Scalar): tf.Scalar {
  if (!((loss as unknown) instanceof tf.Tensor)) {
    throw new TypeError(
      `Cannot minimize the loss: it must be a scalar tensor, got ${formatValue(loss)}`,
    );
  }
  const { rank, shape, dtype, isDisposed } = loss as tf.Tensor;
  if (isDisposed) {
    throw new TypeError("Cannot minimize the loss: it must not be disposed of, got one that is");
  }
  if (dtype !== "float32") {
    throw new TypeError(
      `Cannot minimize the loss: it must be of dtype float32, got ${dtype}; compute it from floats`,
    );
  }
  if (rank === 0) return loss;
  throw new RangeError(`Cannot minimize the loss: it must be a scalar, got shape [${shape}]`);
}

function trainableWeights(model: tf.LayersModel): tf.Variable[] {
  const { trainableWeights, weights } = model;
  if (trainableWeights.length === 0) {
    throw new RangeError(
      `Cannot train ${model.name}: a trainable weight is needed, got none of ${weights.length}`,
    );
  }
  return [...new Set(trainableWeights.map((weight) => weight.read() as tf.Variable))];
}

function gradients(loss: () => tf.Scalar, weights: tf.Variable[]) {
  try {
    return tf.variableGrads(loss, weights);
  } catch (error) {
    // The engine keeps what the backward pass needs until that pass has come to its end.
    for (const { saved } of tf.engine().state.activeTape ?? []) tf.dispose(saved);
    if (!isUnconnected(error)) throw error;
    throw new RangeError("Cannot minimize the loss: it must depend on a trainable weight", {
      cause: error,
    });
  }
}

/** Whether TensorFlow.js says that no weight leads to the loss. */
function isUnconnected(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("Cannot find a connection");
}

/** What an update needs. */
interface UpdateOptions {
  readonly apply: ApplyGradients;
  readonly measures: readonly ResolvedWeight[];
}

/**
 * Updates the weights and gives what was measured of their gradients and of their change, by column.
 * Called in a `tf.tidy`, to which the scalars and the copies of the weights belong.
 *
 * @param gradients ∂L/∂W by the variable's name.
 */
function updateWeights(
  gradients: tf.NamedTensorMap,
  { apply, measures }: UpdateOptions,
): Map<string, tf.Scalar> {
  const before = new Map(measures.map(({ variable }) => [variable, variable.clone()]));
  const measured = new Map<string, tf.Scalar>();
  const measure = ({ column, variable, statistic }: ResolvedWeight, change: tf.Tensor) =>
    measured.set(column, toScalar(column, () => statistic(change, before.get(variable)!)));
  for (const each of measures) { // before the update: the optimizer may dispose of the gradients
    if (each.of !== "gradient") continue;
    measure(each, gradients[each.variable.name] ?? tf.zerosLike(each.variable));
  }
  apply(gradients);
  for (const each of measures) {
    if (each.of === "update") measure(each, each.variable.sub(before.get(each.variable)!));
  }
  return measured;
}
