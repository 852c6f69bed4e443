/**
 * Where TensorFlow.js's optimizers keep what they know of each weight, and whose that is. They keep it by
 * position: the i-th tensor of each kind belongs to the i-th gradient that is given to them, whichever
 * weight that is the gradient of. Here an owner is remembered for each.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** A tensor of an optimizer's state, as TensorFlow.js keeps it. */
export interface Slot {
  readonly originalName: string;
  readonly variable: tf.Variable;
}

/** All that an optimizer keeps of one weight, a tensor of each kind. */
export type Row = readonly Slot[];

/** Where an optimizer keeps its state: its fields, and what the tensors in them are called. */
export interface Layout {
  /** Arrays with a tensor for each weight. */
  readonly slots: Readonly<Record<string, string>>;
  /** Scalars that count the steps, as Adam's powers of β do. */
  readonly counters: Readonly<Record<string, string>>;
}

const MOMENTS = { accumulatedFirstMoment: "m" };

const LAYOUTS: Readonly<Record<string, Layout>> = {
  SGD: { slots: {}, counters: {} },
  Momentum: { slots: { accumulations: "momentum" }, counters: {} },
  Adam: {
    slots: { ...MOMENTS, accumulatedSecondMoment: "v" },
    counters: { accBeta1: "beta1_power", accBeta2: "beta2_power" },
  },
  Adamax: {
    slots: { ...MOMENTS, accumulatedWeightedInfNorm: "v" },
    counters: { iteration: "iteration", accBeta1: "beta1_power" },
  },
  Adagrad: { slots: { accumulatedGrads: "accumulator" }, counters: {} },
  Adadelta: {
    slots: { accumulatedGrads: "accum_grad", accumulatedUpdates: "accum_var" },
    counters: {},
  },
  RMSProp: {
    slots: { accumulatedMeanSquares: "rms", accumulatedMoments: "momentum" },
    counters: {},
  },
};

/** RMSProp has one kind more if it is centered. */
const CENTERED: Layout = {
  slots: { ...LAYOUTS.RMSProp.slots, accumulatedMeanGrads: "mg" },
  counters: {},
};

/** Private fields of an optimizer, in TypeScript only. */
export type Fields = Record<string, unknown> & { iterations_: number };

export function fieldsOf(optimizer: tf.Optimizer): Fields {
  return optimizer as unknown as Fields;
}

/** Where the optimizer keeps its state, if it is one of tf.train's, also of another copy of it. */
export function layoutOf(optimizer: tf.Optimizer): Layout | undefined {
  const { constructor } = optimizer;
  // A class that extends one of tf.train's inherits the name, but may keep its state elsewhere.
  if (typeof constructor !== "function" || !Object.hasOwn(constructor, "className")) {
    return undefined;
  }
  const name = (constructor as unknown as { readonly className: string }).className;
  const layout = name === "RMSProp" && fieldsOf(optimizer).centered ? CENTERED : LAYOUTS[name];
  const fields = Object.keys(layout?.slots ?? {});
  return fields.every((field) => Array.isArray(fieldsOf(optimizer)[field])) ? layout : undefined;
}

/** What counts the steps of some weights. */
export type Counters = readonly tf.Variable[];

/** Whose a row is. */
export interface Owner {
  /** The weight; nothing after the state was loaded, until the weight is trained. */
  readonly weight?: tf.Variable;
  /** The weight's name in its model, under which its state is saved. */
  readonly name: string;
  /** What counts the weight's steps, if they are not as many as the optimizer's. */
  readonly counters?: Counters;
}

/** The owners of rows, by a row's first tensor. TensorFlow.js's own training makes rows without. */
export const owners = new WeakMap<tf.Variable, Owner>();

/** The arrays in which an optimizer keeps a tensor for each weight, one array for each kind. */
export function arraysOf(optimizer: tf.Optimizer, { slots }: Layout): Slot[][] {
  return Object.keys(slots).map((field) => fieldsOf(optimizer)[field] as Slot[]);
}

/** The rows of all weights, without the counters that are behind them. */
export function rowsOf(optimizer: tf.Optimizer, layout: Layout): Row[] {
  const arrays = arraysOf(optimizer, layout);
  const kinds = Object.values(layout.slots);
  const rows = arrays[0]?.map((_, i) => arrays.map((array) => array[i])) ?? [];
  return rows.filter((row) =>
    row.every((slot, k) => slot?.originalName.endsWith(`/${kinds[k]}`) ?? false)
  );
}

/** The name of the weight that a row was made for, or loaded for. */
export function weightName(row: Row): string {
  const { originalName, variable } = row[0];
  return owners.get(variable)?.name ?? originalName.slice(0, originalName.lastIndexOf("/"));
}

/** Whether a variable's name is a weight's, or that with a number that made it unique. */
export function isSameBut(variable: string, weight: string): boolean {
  return variable === weight || variable.replace(/_\d+$/, "") === weight;
}

/**
 * Makes counters of these values. They are kept behind the weights' tensors, where TensorFlow.js looks
 * for none, but disposes of them with the optimizer.
 */
export function keepCounters(
  optimizer: tf.Optimizer,
  layout: Layout,
  values: readonly tf.Tensor[],
): Counters | undefined {
  const names = Object.values(layout.counters);
  const arrays = arraysOf(optimizer, layout);
  const counters = values.map((value, k) => {
    const variable = tf.variable(value, false);
    arrays[k].push({ originalName: names[k], variable });
    value.dispose();
    return variable;
  });
  return counters.length > 0 ? counters : undefined;
}

/** The optimizer's own counters. */
export function countersOf(optimizer: tf.Optimizer, { counters }: Layout): tf.Variable[] {
  return Object.keys(counters).map((field) => fieldsOf(optimizer)[field] as tf.Variable);
}
