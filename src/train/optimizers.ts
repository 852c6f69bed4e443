/**
 * Updating weights with the optimizers of TensorFlow.js: each weight with the optimizer that it is
 * given, by one kernel for all weights where the backend has one, else as TensorFlow.js does it, in a
 * dozen operations a weight.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { weightsByName } from "../model/saved_weights.ts";
import { arraysOf, layoutOf, type Slot } from "../optimizer/rows.ts";
import { hasOwnUpdate, updateByWeight } from "../optimizer/update.ts";
import { formatValue } from "../validate.ts";
import type { Tensors } from "./batch.ts";
import { findWeight } from "./measures.ts";
import type { TrainOptions } from "./options.ts";

/** Updates weights by their gradients, by the variables' names, and applies their constraints. */
export type ApplyGradients = (gradients: tf.NamedTensorMap) => void;

/**
 * Updates each weight with its own optimizer if it has one, all others with the run's.
 *
 * @throws {TypeError} If one of `optimizers` is no optimizer, or is the run's or another's as well.
 * @throws {RangeError} If no trainable weight has the name, or several have.
 */
export function createApplyGradients<Ys extends Tensors, Output extends Tensors>(
  model: tf.LayersModel,
  { optimizer, optimizers = {} }: Pick<TrainOptions<Ys, Output>, "optimizer" | "optimizers">,
): ApplyGradients {
  const own = new Map<string, tf.Optimizer>();
  const used = [optimizer];
  for (const [weight, its] of Object.entries(optimizers)) {
    const action = `train ${weight} with an optimizer of its own`;
    if (typeof its?.applyGradients !== "function") {
      throw new TypeError(`Cannot ${action}: it must be one of tf.train, got ${formatValue(its)}`);
    }
    // Each counts its own steps.
    if (used.includes(its)) {
      throw new TypeError(`Cannot ${action}: it must be no other weight's too`);
    }
    used.push(its);
    own.set(findWeight(model, { name: weight, action }).name, its);
  }
  const weightOf = createWeightOf(model);
  const nameOf = (variable: tf.Variable) => weightOf(variable)?.name ?? variable.name;
  const applyGradients = (optimizer: tf.Optimizer, gradients: tf.NamedTensorMap) => {
    const update = (gradients: tf.NamedTensorMap) => {
      if (!updateFused(optimizer, gradients)) optimizer.applyGradients(gradients);
    };
    updateByWeight(optimizer, gradients, { update, nameOf });
  };
  return (gradients) => {
    const rest: tf.NamedTensorMap = {};
    for (const [name, gradient] of Object.entries(gradients)) {
      const its = own.get(name);
      if (its === undefined) rest[name] = gradient;
      else applyGradients(its, { [name]: gradient });
    }
    if (Object.keys(rest).length > 0) applyGradients(optimizer, rest);
    for (const name of Object.keys(gradients)) {
      const variable = tf.engine().state.registeredVariables[name];
      constrain(variable, weightOf(variable));
    }
  };
}

/** A weight, with the name that it is saved under. */
interface NamedWeight {
  readonly name: string;
  readonly weight: tf.LayerVariable;
}

/** The model's weights by their variables, which are looked up once there is a first gradient. */
function createWeightOf(model: tf.LayersModel): (variable: tf.Variable) => NamedWeight | undefined {
  let weights: ReadonlyMap<tf.Tensor, NamedWeight> | undefined;
  return (variable) => {
    weights ??= new Map(
      Array.from(weightsByName(model), ([name, weight]) => [weight.read(), { name, weight }]),
    );
    return weights.get(variable);
  };
}

/** Applies a weight's constraint after its update, as Keras does; TensorFlow.js does not. */
function constrain(variable: tf.Variable, { weight }: Partial<NamedWeight> = {}): void {
  // Private in TypeScript only.
  const { constraint } = Object(weight) as { constraint?: { apply(w: tf.Tensor): tf.Tensor } };
  if (constraint != null) tf.tidy(() => variable.assign(constraint.apply(variable)));
}

/** What an Adam of TensorFlow.js has, aside from its moments. */
interface Adam {
  readonly accBeta1: tf.Variable;
  readonly accBeta2: tf.Variable;
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** What one with momentum has, aside from the accumulations. */
interface Momentum {
  readonly learningRate: number;
  readonly momentum: number;
  readonly useNesterov: boolean;
}

/** Whether the backend has kernels for this optimizer, which then updated the weights. */
function updateFused(optimizer: tf.Optimizer, gradients: tf.NamedTensorMap): boolean {
  const kernel = UPDATES.get(optimizer.constructor);
  if (kernel === undefined || hasOwnUpdate(optimizer)) return false;
  if (tf.getKernel(kernel, tf.getBackend()) === undefined) return false;
  const weights = Object.entries(gradients).map(([name, gradient]) => {
    return { gradient, weight: tf.engine().state.registeredVariables[name] };
  });
  if (weights.some(({ gradient, weight }) => gradient == null || weight.dtype !== "float32")) {
    return false;
  }
  for (const { kernel, inputs, attrs } of updatesOf(optimizer, weights)) {
    tf.engine().runKernel(kernel, inputs, attrs);
  }
  (optimizer as unknown as { incrementIterations(): void }).incrementIterations();
  return true;
}

/** The kernels that update weights, by the optimizers' classes. */
const UPDATES = new Map<unknown, string>([
  [tf.SGDOptimizer, "SgdUpdate"],
  [tf.MomentumOptimizer, "MomentumUpdate"],
  [tf.AdamOptimizer, "AdamUpdate"],
]);

/** One call of a kernel. */
interface Update {
  readonly kernel: string;
  readonly inputs: tf.NamedTensorMap;
  readonly attrs: tf.NamedAttrMap;
}

interface WeightGradient {
  readonly weight: tf.Variable;
  readonly gradient: tf.Tensor;
}

function updatesOf(optimizer: tf.Optimizer, weights: readonly WeightGradient[]): Update[] {
  const state = optimizer as unknown;
  switch (optimizer.constructor) {
    case tf.SGDOptimizer: {
      const { learningRate } = state as { readonly learningRate: number };
      return [{
        kernel: "SgdUpdate",
        inputs: numbered(weights),
        attrs: { weights: weights.length, minusLearningRate: -learningRate },
      }];
    }
    case tf.MomentumOptimizer: {
      const { learningRate, momentum, useNesterov } = state as Momentum;
      const rows = createRows(optimizer, weights);
      const nesterov = Number(useNesterov);
      return [{
        kernel: "MomentumUpdate",
        inputs: numbered(weights.map((its, i) => ({ ...its, accumulation: rows[i][0] }))),
        attrs: { weights: weights.length, minusLearningRate: -learningRate, momentum, nesterov },
      }];
    }
    default: {
      const { accBeta1, accBeta2, beta1, beta2, epsilon, learningRate } = state as Adam;
      const accumulated = { accumulatedBeta1: accBeta1, accumulatedBeta2: accBeta2 };
      const rows = createRows(optimizer, weights);
      const its = weights.map((its, i) => {
        const [firstMoment, secondMoment] = rows[i];
        return { ...its, firstMoment, secondMoment };
      });
      return [{
        kernel: "AdamUpdate",
        inputs: { ...numbered(its), ...accumulated },
        attrs: {
          weights: weights.length,
          minusLearningRate: -learningRate,
          beta1,
          oneMinusBeta1: 1 - beta1,
          beta2,
          oneMinusBeta2: 1 - beta2,
          epsilon,
        },
      }, { kernel: "AdamStep", inputs: accumulated, attrs: { beta1, beta2 } }];
    }
  }
}

/** The weights' tensors in one map, each weight's number behind their names, as in `gradient_0`. */
function numbered(weights: readonly object[]): tf.NamedTensorMap {
  return Object.fromEntries(
    weights.flatMap((its, n) =>
      Object.entries(its).map(([name, tensor]) => [`${name}_${n}`, tensor])
    ),
  );
}

/**
 * What the optimizer keeps of each weight: zeros at first, as TensorFlow.js makes them in a weight's first
 * step. So that step, too, is the kernel's: which weights are new changes no number of the others.
 */
function createRows(
  optimizer: tf.Optimizer,
  weights: readonly WeightGradient[],
): (readonly tf.Variable[])[] {
  const layout = layoutOf(optimizer)!;
  const arrays: (Slot | undefined)[][] = arraysOf(optimizer, layout);
  const kinds = Object.values(layout.slots);
  return weights.map(({ weight }, i) =>
    arrays.map((array, k) => {
      array[i] ??= {
        originalName: `${weight.name}/${kinds[k]}`,
        variable: tf.tidy(() => tf.zerosLike(weight).variable(false)),
      };
      return array[i].variable;
    })
  );
}
