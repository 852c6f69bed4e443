/**
 * The states of a model's optimizers as named tensors, each under the name of the weight that it
 * belongs to: a weight without a state is simply not there.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import {
  kindsOf,
  type NamedTensor,
  type OptimizerState,
  readState,
  replaceState,
  type WeightState,
} from "../optimizer/state.ts";
import { isSameBut } from "../optimizer/rows.ts";
import { check, formatValue, visible } from "../validate.ts";
import { byteLength, ofGroup, type WeightSpec } from "./model_json.ts";

export type { NamedTensor };

/** The optimizers of a model. */
export interface ModelOptimizers {
  /** The optimizer of all weights that have none of their own. */
  readonly optimizer?: tf.Optimizer;
  /** Optimizers of single weights, by the weight's name. */
  readonly optimizers?: Readonly<Record<string, tf.Optimizer>>;
}

/** One of them, and the start of its tensors' names. */
interface OneOptimizer {
  readonly optimizer: tf.Optimizer;
  /** The weight that has this optimizer of its own. */
  readonly weight?: string;
  readonly prefix: string;
}

/** How the names of tensors start that belong to the optimizers of single weights. */
const OWN = "optimizers[";

function listed({ optimizer, optimizers = {} }: ModelOptimizers): OneOptimizer[] {
  const own = Object.entries(optimizers).map(([weight, optimizer]) => {
    return { optimizer, weight, prefix: `${OWN}${weight}]/` };
  });
  return optimizer === undefined ? own : [{ optimizer, prefix: "" }, ...own];
}

/** The name of the class of optimizers that have the same kinds of state. */
export function nameOf(optimizer: tf.Optimizer): string {
  const name = optimizer.getClassName();
  return optimizer.getConfig().centered ? `centered ${name}` : name; // it has one kind more
}

/** A model's weights as they are saved. */
export interface SavedWeights {
  readonly specs: readonly WeightSpec[];
  /** Their values, one weight after the other. */
  readonly bytes: Uint8Array;
}

/**
 * Gives the states of a model's optimizers to a function.
 *
 * @throws {TypeError} If an optimizer is none of tf.train's, or has trained other weights only.
 */
export async function withStates<T>(
  optimizers: ModelOptimizers,
  { weights, use }: {
    readonly weights: SavedWeights;
    readonly use: (state: readonly NamedTensor[]) => Promise<T>;
  },
): Promise<T> {
  const counts: tf.Tensor[] = [];
  try {
    const states: NamedTensor[] = [];
    for (const one of listed(optimizers)) {
      checkKinds(one.optimizer);
      const { iterations, ...state } = readState(one.optimizer);
      counts.push(tf.scalar(iterations, "int32"));
      const named = [
        { name: "iter", tensor: counts.at(-1)! },
        ...await tensorsOf(state, { ...one, weights }),
        ...state.counters,
      ];
      states.push(...named.map(({ name, tensor }) => ({ name: `${one.prefix}${name}`, tensor })));
    }
    return await use(states);
  } finally {
    tf.dispose(counts);
  }
}

function checkKinds(optimizer: tf.Optimizer) {
  const kinds = kindsOf(optimizer);
  const must = "be one of tf.train's for its state to be saved";
  check(kinds !== undefined, { name: "the optimizer", must, words: nameOf(optimizer) });
  return kinds;
}

/** The tensors of a model's weights: all of one kind, in the order of the weights, then the next kind. */
async function tensorsOf(
  state: Pick<OptimizerState, "weights">,
  { weight, weights }: { readonly weight?: string; readonly weights: SavedWeights },
): Promise<NamedTensor[]> {
  const all = ofGroup(weights.specs, "model");
  if (weight !== undefined) checkWeight(weight, all);
  const found: { readonly name: string; readonly its: WeightState }[] = [];
  for (const [i, spec] of all.entries()) {
    if (weight !== undefined && weight !== spec.name) continue;
    const its = await stateOf(spec, { states: state.weights, i, weights });
    if (its !== undefined) found.push({ name: spec.name, its });
  }
  const [first] = state.weights;
  check(found.length > 0 || first === undefined, {
    name: "the optimizer",
    must: "have trained it",
    words: first && `the state of ${formatValue(first.name)}, [${first.slots[0].tensor.shape}]`,
  });
  const kinds = first?.slots.map(({ name }) => name) ?? [];
  const slots = kinds.flatMap((kind, k) =>
    found.map(({ name, its }) => ({ name: `${name}/${kind}`, tensor: its.slots[k].tensor }))
  );
  const counters = found.flatMap(({ name, its }) =>
    its.counters?.map((counter) => ({ ...counter, name: `${name}/${counter.name}` })) ?? []
  );
  return [...slots, ...counters];
}

function checkWeight(weight: string, specs: readonly WeightSpec[]): void {
  check(specs.some(({ name }) => name === weight), {
    name: "each optimizer of its own",
    must: "be that of a weight of the model",
    got: weight,
  });
}

/** The state of a weight, if there is one. */
async function stateOf(
  spec: WeightSpec,
  { states, i, weights }: {
    readonly states: readonly WeightState[];
    readonly i: number;
    readonly weights: SavedWeights;
  },
): Promise<WeightState | undefined> {
  const named = states.filter(({ name, byVariable, slots }) =>
    (byVariable ? isSameBut(name, spec.name) : name === spec.name) &&
    `${slots[0].tensor.shape}` === `${spec.shape}`
  );
  if (named.length <= 1) return named[0];
  // Another model that the optimizer trained may have weights of this name, but not of these values.
  const bytes = bytesOf(spec, weights);
  const equal: WeightState[] = [];
  for (const state of named) if (await hasBytes(state.weight, bytes)) equal.push(state);
  if (equal.length === 1) return equal[0];
  // TensorFlow.js's own training keeps states in the order of the weights.
  if (named.includes(states[i]) && states[i].byVariable) return states[i];
  throw new TypeError(
    `the optimizer must have trained one weight named ${formatValue(spec.name)}, got ` +
      `${named.length}; give the layers of different models different names`,
  );
}

function bytesOf(spec: WeightSpec, { specs, bytes }: SavedWeights): Uint8Array {
  const before = specs.slice(0, specs.indexOf(spec));
  const start = byteLength({ paths: [], weights: before });
  return bytes.subarray(start, start + byteLength({ paths: [], weights: [spec] }));
}

async function hasBytes(weight: tf.Variable | undefined, bytes: Uint8Array): Promise<boolean> {
  if (weight === undefined || weight.isDisposed) return false;
  const found = new Uint8Array((Float32Array.from(await weight.data())).buffer);
  return found.length === bytes.length && found.every((byte, i) => byte === bytes[i]);
}

/** A saved state, and what `model.json` says about it. */
export interface SavedState {
  readonly specs: readonly WeightSpec[];
  /** The names of the classes of the optimizers. */
  readonly classes: {
    readonly optimizer?: string;
    /** By weight; absent in what earlier versions saved, with variables' names in place of weights'. */
    readonly optimizers?: Readonly<Record<string, string>>;
  };
  /** The tensors of the states by their names. */
  readonly tensors: () => Readonly<Record<string, tf.Tensor>>;
}

/**
 * Replaces the states of a model's optimizers by those that were saved, all or none.
 *
 * @throws {TypeError} If a state is missing, is of another class of optimizers, or does not belong to
 * the model's weights.
 */
export async function restoreStates(
  optimizers: ModelOptimizers,
  { specs, classes, tensors }: SavedState,
): Promise<void> {
  const byVariable = classes.optimizers === undefined;
  const plans = listed(optimizers).map((one) => {
    checkClass(one, classes);
    return { ...one, plan: planOf(one, { specs, byVariable }) };
  });
  if (plans.length === 0) return;
  const all = tensors();
  try {
    for (const { optimizer, prefix, plan } of plans) {
      const named = (names: readonly string[]) =>
        names.map((name) => ({ name: kindOf(name), tensor: all[`${prefix}${name}`] }));
      const [iterations] = await all[`${prefix}iter`].data();
      await replaceState(optimizer, {
        iterations,
        counters: named(plan.counters),
        weights: plan.weights.map(({ weight, slots, counters }) => ({
          name: weight,
          slots: named(slots),
          counters: counters.length > 0 ? named(counters) : undefined,
        })),
      });
    }
  } finally {
    tf.dispose(all);
  }
}

function checkClass({ optimizer, weight }: OneOptimizer, classes: SavedState["classes"]): void {
  const saved = weight === undefined ? classes.optimizer : classes.optimizers?.[weight];
  const of = weight === undefined ? "" : ` of ${visible(weight)}`;
  check(saved === nameOf(optimizer), {
    name: `for the optimizer${of} it`,
    must: `have been saved with the state of one of class ${nameOf(optimizer)}`,
    words: saved === undefined ? "no state" : visible(saved),
  });
}

/** Which tensors an optimizer's state is made of, by their names without the prefix. */
interface Plan {
  readonly counters: readonly string[];
  readonly weights: readonly {
    readonly weight: string;
    /** One of each kind. */
    readonly slots: readonly string[];
    /** All of them, or none. */
    readonly counters: readonly string[];
  }[];
}

/** How each of these errors begins. */
const IT = "the optimizer must have trained it: ";

/**
 * Throws a `TypeError` unless each tensor of a saved state belongs to a weight of the model, and each
 * weight has a tensor of each kind, or none.
 */
function planOf(
  { optimizer, prefix }: OneOptimizer,
  { specs, byVariable }: { readonly specs: readonly WeightSpec[]; readonly byVariable: boolean },
): Plan {
  const kinds = checkKinds(optimizer);
  const [steps, ...state] = ofGroup(specs, "optimizer")
    .filter(({ name }) => prefix === "" ? !name.startsWith(OWN) : name.startsWith(prefix))
    .map((spec) => ({ ...spec, name: spec.name.slice(prefix.length) }));
  const counted = steps?.name === "iter" && steps.dtype === "int32" && steps.shape.length === 0;
  const name = `${IT}its number of steps`;
  check(counted, { name, must: 'come first, as "iter"', got: steps?.name });
  const weights = ofGroup(specs, "model");
  const byWeight = new Map<string, WeightSpec[]>();
  const seen = new Map<string, number>();
  for (const spec of state) {
    const kind = kindOf(spec.name);
    if (spec.name === kind) continue; // it belongs to no weight
    const i = seen.get(kind) ?? 0;
    seen.set(kind, i + 1);
    const isFor = (weight: WeightSpec | undefined): boolean =>
      weight !== undefined && spec.dtype === "float32" &&
      `${spec.shape}` === `${kinds.counters.includes(kind) ? "" : weight.shape}` &&
      (byVariable ? isSameBut : Object.is)(ownerOf(spec), weight.name);
    const weight = [...byVariable ? [weights[i]] : [], ...weights].find(isFor);
    check(weight !== undefined && [...kinds.slots, ...kinds.counters].includes(kind), {
      name: `${IT}its ${visible(kind)} number ${i}`,
      must: "be of a weight of the model",
      words: `that of ${formatValue(ownerOf(spec))}, [${visible(`${spec.shape}`)}]`,
    });
    byWeight.set(weight.name, [...byWeight.get(weight.name) ?? [], spec]);
  }
  return {
    counters: allOf(kinds.counters, state.filter(({ name }) => name === kindOf(name)), "it"),
    weights: [...byWeight].map(([weight, its]) => {
      const isCounter = ({ name }: WeightSpec) => kinds.counters.includes(kindOf(name));
      const [slots, counters] = [its.filter((spec) => !isCounter(spec)), its.filter(isCounter)];
      return {
        weight,
        slots: allOf(kinds.slots, slots, visible(weight)),
        counters: counters.length > 0 ? allOf(kinds.counters, counters, visible(weight)) : [],
      };
    }),
  };
}

/** The names of tensors, one of each kind, in the order of the kinds. */
function allOf(kinds: readonly string[], specs: readonly WeightSpec[], of: string): string[] {
  const names = specs.map(({ name }) => name);
  const found = kinds.map((kind) => names.find((name) => kindOf(name) === kind));
  check(names.length === kinds.length && !found.includes(undefined), {
    name: `${IT}${of}`,
    must: `have one of each kind, ${kinds.join(" and ") || "none"}`,
    words: visible(names.map(kindOf).join(" and ")) || "none",
  });
  return found as string[];
}

function kindOf(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

function ownerOf({ name }: WeightSpec): string {
  return name.slice(0, name.lastIndexOf("/"));
}
