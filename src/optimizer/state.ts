/**
 * The state of TensorFlow.js's optimizers by weight, to be saved and loaded.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import {
  arraysOf,
  type Counters,
  countersOf,
  fieldsOf,
  keepCounters,
  layoutOf,
  owners,
  rowsOf,
  weightName,
} from "./rows.ts";

/** A tensor of a state, and what it is called. */
export interface NamedTensor {
  readonly name: string;
  readonly tensor: tf.Tensor;
}

/** The state of one weight. */
export interface WeightState {
  /** The weight's name in its model. */
  readonly name: string;
  /** Whether the name is that of the weight's variable: TensorFlow.js's own training made the state. */
  readonly byVariable?: boolean;
  /** The weight, if it is known. */
  readonly weight?: tf.Variable;
  /** The tensors by kind. */
  readonly slots: readonly NamedTensor[];
  /** What counts the weight's steps, if they are not as many as the optimizer's. */
  readonly counters?: readonly NamedTensor[];
}

/** All that changes in an optimizer while it trains. */
export interface OptimizerState {
  /** How many steps it has taken. */
  readonly iterations: number;
  /** What counts its steps on the device, none for most optimizers. */
  readonly counters: readonly NamedTensor[];
  /** The states of the weights that it has trained. */
  readonly weights: readonly WeightState[];
}

/** The kinds of tensors that an optimizer keeps; nothing if it is none of tf.train's. */
export function kindsOf(
  optimizer: tf.Optimizer,
): { readonly slots: readonly string[]; readonly counters: readonly string[] } | undefined {
  const layout = layoutOf(optimizer);
  if (layout === undefined) return undefined;
  return { slots: Object.values(layout.slots), counters: Object.values(layout.counters) };
}

/** The state of one of tf.train's optimizers. The tensors stay the optimizer's. */
export function readState(optimizer: tf.Optimizer): OptimizerState {
  const layout = layoutOf(optimizer)!;
  const names = Object.values(layout.counters);
  const kinds = Object.values(layout.slots);
  const named = (counters: Counters) => counters.map((tensor, k) => ({ name: names[k], tensor }));
  return {
    iterations: optimizer.iterations,
    counters: named(countersOf(optimizer, layout)),
    weights: rowsOf(optimizer, layout).map((row) => {
      const owner = owners.get(row[0].variable);
      const name = weightName(row);
      return {
        name,
        byVariable: owner === undefined,
        weight: owner?.weight ?? tf.engine().state.registeredVariables[name],
        slots: row.map(({ variable }, k) => ({ name: kinds[k], tensor: variable })),
        counters: owner?.counters && named(owner.counters),
      };
    }),
  };
}

/**
 * Replaces the state of one of tf.train's optimizers. The tensors stay the caller's. Each weight's
 * state is that of the first weight of its name that is trained.
 */
export async function replaceState(
  optimizer: tf.Optimizer,
  { iterations, counters, weights }: OptimizerState,
): Promise<void> {
  const layout = layoutOf(optimizer)!;
  const inStep = await Promise.all(weights.map(({ counters }) => valuesOf(counters)));
  tf.dispose(arraysOf(optimizer, layout).flatMap((array) => array.map(({ variable }) => variable)));
  for (const field of Object.keys(layout.slots)) fieldsOf(optimizer)[field] = [];
  countersOf(optimizer, layout).forEach((counter, k) => {
    if (counters.length > 0) counter.assign(counters[k].tensor as tf.Scalar);
  });
  fieldsOf(optimizer).iterations_ = iterations;
  const arrays = arraysOf(optimizer, layout);
  for (const { name, slots } of weights) {
    slots.forEach(({ name: kind, tensor }, k) => {
      const variable = tensor.variable(false);
      arrays[k].push({ originalName: `${name}/${kind}`, variable });
      if (k === 0) owners.set(variable, { name });
    });
  }
  for (const values of new Set(inStep)) {
    const first = inStep.indexOf(values);
    if (values === "") continue;
    const kept = keepCounters(
      optimizer,
      layout,
      weights[first].counters!.map(({ tensor }) => tensor.clone()),
    );
    weights.forEach(({ name }, i) => {
      if (inStep[i] !== values) return;
      owners.set(arrays[0][i].variable, { name, counters: kept });
    });
  }
}

/** The same text for the same values. */
async function valuesOf(counters: readonly NamedTensor[] = []): Promise<string> {
  const values = await Promise.all(counters.map(({ tensor }) => tensor.data()));
  return values.map(([value]) => value).join();
}
