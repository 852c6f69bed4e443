/**
 * Handing gradients to the optimizers that are to use them.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import type { Tensors } from "./batch.ts";
import { applyGradients } from "./optimizers.ts";
import { findWeight } from "./find_weight.ts";
import type { TrainOptions } from "./options.ts";
import { described } from "../checks/described.ts";

/** Updates weights by their gradients, by the variables' names. */
export type Apply = (gradients: tf.NamedTensorMap) => void;

/**
 * Updates each weight with its own optimizer if it has one, all others with the run's.
 *
 * @throws {TypeError} If one of `optimizers` is no optimizer, or is the run's or another's as well.
 * @throws {RangeError} If no trainable weight has the name, or several have.
 */
export function applyWith<Ys extends Tensors, Output extends Tensors>(
  model: tf.LayersModel,
  { optimizer, optimizers = {} }: Pick<TrainOptions<Ys, Output>, "optimizer" | "optimizers">,
): Apply {
  const own = new Map<string, tf.Optimizer>();
  const taken = [optimizer];
  for (const [weight, its] of Object.entries(optimizers)) {
    const action = `train ${weight} with an optimizer of its own`;
    if (typeof its?.applyGradients !== "function") {
      throw new TypeError(`Cannot ${action}: it must be one of tf.train, got ${described(its)}`);
    }
    // Its state goes by the order of the weights that it is given.
    if (taken.includes(its)) {
      throw new TypeError(`Cannot ${action}: it must be no other weight's too`);
    }
    taken.push(its);
    own.set(findWeight(model, { name: weight, action }).name, its);
  }
  return (gradients) => {
    const rest: tf.NamedTensorMap = {};
    for (const [name, gradient] of Object.entries(gradients)) {
      const its = own.get(name);
      if (its === undefined) rest[name] = gradient;
      else applyGradients(its, { [name]: gradient });
    }
    if (Object.keys(rest).length > 0) applyGradients(optimizer, rest);
  };
}
