/**
 * A step of one of TensorFlow.js's optimizers, in which each weight has its own state, whichever weights
 * have a gradient, and whichever model they are of.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import {
  arraysOf,
  type Counters,
  countersOf,
  fieldsOf,
  isSameBut,
  keepCounters,
  type Layout,
  layoutOf,
  owners,
  type Row,
  rowsOf,
  weightName,
} from "./rows.ts";

/** A weight, and its name in its model. */
export interface NamedWeight {
  readonly variable: tf.Variable;
  readonly name: string;
}

/**
 * The rows by the weights that own them. Rows without an owner, which were loaded, or which
 * TensorFlow.js made in a training of its own, become those of the weights by their names.
 */
function claimRows(rows: readonly Row[], weights: readonly NamedWeight[]): Map<tf.Variable, Row> {
  const owned = new Map<tf.Variable, Row>();
  for (const row of rows) {
    const weight = owners.get(row[0].variable)?.weight;
    if (weight !== undefined) owned.set(weight, row);
  }
  weights.forEach((weight, i) => {
    if (owned.has(weight.variable)) return;
    const row = [...rows.slice(i, i + 1), ...rows].find((row) => isFor(row, weight));
    if (row === undefined) return;
    const { variable } = row[0];
    owners.set(variable, { ...owners.get(variable), name: weight.name, weight: weight.variable });
    owned.set(weight.variable, row);
  });
  return owned;
}

/** Whether a row that has no owner is for this weight. */
function isFor(row: Row, { variable, name }: NamedWeight): boolean {
  const owner = owners.get(row[0].variable);
  if (owner?.weight !== undefined || `${row[0].variable.shape}` !== `${variable.shape}`) {
    return false;
  }
  if (owner !== undefined) return owner.name === name;
  const made = weightName(row);
  if (made === variable.name) return true;
  // Somebody's `setWeights` gave the state of another process, whose weights had other numbers.
  return tf.engine().state.registeredVariables[made] === undefined && isSameBut(made, name);
}

/** How to update weights by their state. */
export interface UpdateOptions {
  /** Updates weights whose state is at the positions of their gradients. */
  readonly update: (gradients: tf.NamedTensorMap) => void;
  /** The name of a weight in its model. */
  readonly nameOf: (weight: tf.Variable) => string;
}

/**
 * Takes one step of an optimizer for the weights that have a gradient, each by its own state.
 *
 * Weights that have taken as many steps are updated at once, usually all. Adam divides its moments by
 * 1 − βᵗ, with as many steps t as a weight has taken, as PyTorch's does: a weight that was frozen for a
 * while, or that comes later, is out of step with the others from then on.
 */
export function updateByWeight(
  optimizer: tf.Optimizer,
  gradients: tf.NamedTensorMap,
  { update, nameOf }: UpdateOptions,
): void {
  const layout = layoutOf(optimizer);
  if (layout === undefined) return update(gradients); // its state is its own affair
  const { iterations } = optimizer;
  const weights = Object.keys(gradients).map((name) => {
    const variable = tf.engine().state.registeredVariables[name];
    return { variable, name: nameOf(variable) };
  });
  const rows = rowsOf(optimizer, layout);
  const owned = claimRows(rows, weights);
  const isNew = iterations === 0 && rows.length === 0;
  const groups = inStep(weights, owned, () => isNew ? undefined : firstCounters(optimizer, layout));
  for (const [counters, group] of groups) {
    const stepping = new Set(group.map(({ variable }) => owned.get(variable)));
    const others = rows.filter((row) =>
      owners.get(row[0].variable)?.counters === counters && !stepping.has(row)
    );
    if (others.length > 0) fallBehind(optimizer, others, { layout, counters });
    updateGroup(optimizer, group, { layout, counters, owned, gradients, update });
  }
  fieldsOf(optimizer).iterations_ = iterations + 1; // each group counted one
}

/** The weights by what counts their steps; nothing stands for the optimizer's own counters. */
function inStep(
  weights: readonly NamedWeight[],
  owned: ReadonlyMap<tf.Variable, Row>,
  first: () => Counters | undefined,
): Map<Counters | undefined, NamedWeight[]> {
  const groups = new Map<Counters | undefined, NamedWeight[]>();
  const late = weights.some(({ variable }) => !owned.has(variable)) ? first() : undefined;
  for (const weight of weights) {
    const row = owned.get(weight.variable);
    const counters = row === undefined ? late : owners.get(row[0].variable)!.counters;
    const group = groups.get(counters);
    if (group === undefined) groups.set(counters, [weight]);
    else group.push(weight);
  }
  return groups;
}

/** Counters as a new optimizer has them, if this one has counters at all. */
function firstCounters(optimizer: tf.Optimizer, layout: Layout): Counters | undefined {
  const { beta1, beta2 } = fieldsOf(optimizer) as unknown as { beta1: number; beta2: number };
  const values: Readonly<Record<string, number>> = {
    accBeta1: beta1,
    accBeta2: beta2,
    iteration: 0,
  };
  return keepCounters(
    optimizer,
    layout,
    Object.keys(layout.counters).map((field) => tf.scalar(values[field])),
  );
}

/** Gives rows that take no part in a step counters of their own, which stay as they are. */
function fallBehind(
  optimizer: tf.Optimizer,
  rows: readonly Row[],
  { layout, counters }: { readonly layout: Layout; readonly counters: Counters | undefined },
): void {
  const now = counters ?? countersOf(optimizer, layout);
  const kept = keepCounters(optimizer, layout, now.map((counter) => counter.clone()));
  if (kept === undefined) return;
  for (const row of rows) {
    const [{ variable }] = row;
    owners.set(variable, { name: weightName(row), ...owners.get(variable), counters: kept });
  }
}

/** Updates weights that have taken as many steps. */
function updateGroup(
  optimizer: tf.Optimizer,
  group: readonly NamedWeight[],
  { layout, counters, owned, gradients, update }: {
    readonly layout: Layout;
    readonly counters: Counters | undefined;
    readonly owned: ReadonlyMap<tf.Variable, Row>;
    readonly gradients: tf.NamedTensorMap;
    readonly update: UpdateOptions["update"];
  },
): void {
  const fields = fieldsOf(optimizer);
  const slots = Object.keys(layout.slots);
  const arrays = arraysOf(optimizer, layout);
  const own = countersOf(optimizer, layout);
  const setCounters = (counters: Counters) =>
    Object.keys(layout.counters).forEach((field, k) => fields[field] = counters[k]);
  const rows = group.map(({ variable }) => owned.get(variable));
  slots.forEach((field, k) => fields[field] = rows.map((row) => row?.[k])); // it makes what is missing
  if (counters !== undefined) setCounters(counters);
  try {
    update(Object.fromEntries(
      group.map(({ variable }) => [variable.name, gradients[variable.name]]),
    ));
  } finally {
    const after = arraysOf(optimizer, layout);
    group.forEach(({ variable, name }, i) => {
      if (rows[i] !== undefined || slots.length === 0 || after[0][i] === undefined) return;
      owners.set(after[0][i].variable, { weight: variable, name, counters });
      arrays.forEach((array, k) => array.push(after[k][i]));
    });
    slots.forEach((field, k) => fields[field] = arrays[k]);
    setCounters(own);
  }
}

/** Whether somebody put an `applyGradients` in the place of the optimizer's, as one that clips gradients. */
export function hasOwnUpdate(optimizer: tf.Optimizer): boolean {
  return Object.hasOwn(optimizer, "applyGradients");
}

/** A text that is another where other weights are out of step: then a step has other commands. */
export function formOfState(optimizer: tf.Optimizer): string {
  const layout = layoutOf(optimizer);
  if (layout === undefined) return "";
  const ids = rowsOf(optimizer, layout).map(([{ variable }]) => {
    const [counter] = owners.get(variable)?.counters ?? [];
    return counter && `${variable.id}:${counter.id}`;
  });
  return ids.filter((id) => id !== undefined).join();
}
