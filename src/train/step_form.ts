/**
 * What tells one training step from another of other commands, and whether a step can be replayed.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { formOfState, hasOwnUpdate } from "../optimizer/update.ts";
import type { AttachedProbe } from "../probe/attach.ts";
import type { Probe } from "../probe/probe.ts";

/** What a step depends on in addition to the values of its tensors. */
export interface StepParts {
  readonly model: tf.LayersModel;
  /** All layers of the model. */
  readonly layers: readonly tf.layers.Layer[];
  /** The batch's tensors. */
  readonly inputs: readonly tf.Tensor[];
  /** The columns that are measured. */
  readonly columns: readonly string[];
  readonly optimizers: readonly tf.Optimizer[];
}

/** TensorFlow.js's optimizers: all that changes in them is in variables, but for a count of the steps. */
const OPTIMIZERS: readonly unknown[] = [
  tf.SGDOptimizer,
  tf.MomentumOptimizer,
  tf.AdamOptimizer,
  tf.AdamaxOptimizer,
  tf.AdagradOptimizer,
  tf.AdadeltaOptimizer,
  tf.RMSPropOptimizer,
];

/** A text that is another where a step's commands may be others. */
export function formOf({ model, layers, inputs, columns, optimizers }: StepParts): string {
  return [
    ...inputs.map(({ dtype, shape }) => `${dtype}[${shape}]`),
    columns.join(),
    model.trainableWeights.map(({ id }) => id).join(),
    layers.flatMap(({ name, trainable }) => trainable ? [] : name).join(), // what batch normalization does
    ...optimizers.map((optimizer) =>
      `${JSON.stringify(optimizer.getConfig())} ${formOfState(optimizer)}`
    ),
  ].join(";");
}

/** Why a step can't be replayed, as far as that is seen without running it, in words behind "because". */
export function obstacle(
  { optimizers, probes }: {
    readonly optimizers: readonly tf.Optimizer[];
    readonly probes: Iterable<Probe | AttachedProbe>;
  },
): string | undefined {
  const own = optimizers.find(({ constructor }) => !OPTIMIZERS.includes(constructor));
  if (own !== undefined) {
    const name = own.constructor.name || "an optimizer without a name";
    return `${name} is no optimizer of tf.train and may keep numbers on the host`;
  }
  if (optimizers.some(hasOwnUpdate)) return "its optimizer has an applyGradients of your own";
  for (const probe of probes) {
    if (probe.listenerCount > 0) {
      return `a listener of your own is at the probe ${probe.name}`;
    }
  }
}

/** How many steps an optimizer has counted, and counting some more: TensorFlow.js saves that. */
export function iterationsOf(optimizer: tf.Optimizer): number {
  return optimizer.iterations;
}

/** Counts a step that was replayed. */
export function countIteration(optimizer: tf.Optimizer): void {
  (optimizer as unknown as { incrementIterations(): void }).incrementIterations();
}
