/**
 * An optimizer's state as tensors, all of it (TensorFlow.js leaves out Adam's powers of β), and which
 * weight each tensor belongs to.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { check, formatValue, visible } from "../validate.ts";
import { ofGroup, type WeightSpec } from "./model_json.ts";

/** What `getWeights` of an optimizer gives and `setWeights` takes. */
export type NamedTensor = Awaited<ReturnType<tf.Optimizer["getWeights"]>>[number];

/**
 * Adam's β₁ⁿ⁺¹ and β₂ⁿ⁺¹ after n steps. A training multiplies them up, with a rounding at each step;
 * `setWeights` computes them by `tf.pow`, with one, which gives other bits and other steps from then on.
 */
interface Powers {
  readonly accBeta1?: tf.Variable;
  readonly accBeta2?: tf.Variable;
}

function powersOf(optimizer: tf.Optimizer): ReadonlyMap<string, tf.Variable> {
  const { accBeta1, accBeta2 } = optimizer as unknown as Powers; // private fields in TypeScript only
  const powers = new Map<string, tf.Variable>();
  if (accBeta1 !== undefined) powers.set("beta1_power", accBeta1);
  if (accBeta2 !== undefined) powers.set("beta2_power", accBeta2);
  return powers;
}

/**
 * Gives an optimizer's state to a function: the number of steps, then a tensor for each weight and
 * kind, then powers of β.
 *
 * @throws {TypeError} If TensorFlow.js does not give this optimizer's state.
 */
export async function withState<T>(
  optimizer: tf.Optimizer,
  use: (state: readonly NamedTensor[]) => Promise<T>,
): Promise<T> {
  const state = await getWeights(optimizer);
  const powers = [...powersOf(optimizer)].map(([name, tensor]) => ({ name, tensor }));
  try {
    return await use([...state, ...powers]);
  } finally {
    state[0].tensor.dispose(); // the number of steps, made for this list; the rest is the optimizer's
  }
}

/** Replaces an optimizer's state; the tensors stay the caller's. */
export async function restoreState(
  optimizer: tf.Optimizer,
  state: readonly NamedTensor[],
): Promise<void> {
  const powers = powersOf(optimizer);
  const before = await getWeights(optimizer);
  await optimizer.setWeights(state.filter(({ name }) => !powers.has(name)));
  for (const { name, tensor } of state) powers.get(name)?.assign(tensor);
  tf.dispose(before.map(({ tensor }) => tensor)); // setWeights forgets them
}

async function getWeights(optimizer: tf.Optimizer): Promise<NamedTensor[]> {
  try {
    return await optimizer.getWeights();
  } catch (cause) {
    throw new TypeError(`TensorFlow.js gives no state of the optimizer ${nameOf(optimizer)}`, {
      cause,
    });
  }
}

/** The name of the class of optimizers that have the same kinds of state. */
export function nameOf(optimizer: tf.Optimizer): string {
  const name = optimizer.getClassName();
  return optimizer.getConfig().centered ? `centered ${name}` : name; // it has one kind more
}

/** Names of tensors of the state that belong to no weight. */
const OF_NO_WEIGHT: readonly string[] = ["iter", "beta1_power", "beta2_power"];

/**
 * Throws a `TypeError` unless each tensor of an optimizer's state belongs to the weight at its position:
 * of each kind, such as `m` and `v`, there is one for each weight that is trained, in the model's order,
 * and a model's trained weights come first.
 *
 * @param specs Of the model and its optimizer, as they are saved.
 */
export function checkSlots(specs: readonly WeightSpec[]): void {
  const [steps, ...state] = ofGroup(specs, "optimizer");
  const counted = steps?.name === "iter" && steps.dtype === "int32" && steps.shape.length === 0;
  check(counted, {
    name: `${IT}its number of steps`,
    must: 'come first, as "iter"',
    got: steps?.name,
  });
  const slots = state.filter(({ name }) => !OF_NO_WEIGHT.includes(name));
  const kinds = byKind(slots);
  const weights = ofGroup(specs, "model");
  for (const [kind, slots] of kinds) {
    const wrong = slots.findIndex((slot, i) => !belongsTo(slot, weights[i]));
    check(wrong < 0, {
      name: `${IT}its ${visible(kind)} number ${wrong}`,
      must: `be of ${shown(weights[wrong])}`,
      words: `that of ${shown(slots[wrong])}`,
    });
  }
  check(new Set([...kinds.values()].map(({ length }) => length)).size <= 1, {
    name: `${IT}it`,
    must: "have as many of each kind",
    words: [...kinds].map(([kind, { length }]) => `${length} ${visible(kind)}`).join(", "),
  });
}

/** How each of these errors begins. */
const IT = "the optimizer must have trained it: ";

/** As `Map.groupBy` gives it, which Node has from version 21 on. */
function byKind(slots: readonly WeightSpec[]): ReadonlyMap<string, readonly WeightSpec[]> {
  const kinds = new Map<string, WeightSpec[]>();
  for (const slot of slots) {
    const kind = slot.name.slice(slot.name.lastIndexOf("/") + 1);
    kinds.set(kind, [...kinds.get(kind) ?? [], slot]);
  }
  return kinds;
}

/** A slot is called `dense/kernel/m`, or `dense/kernel_1/m` if there was a `dense/kernel` before. */
function belongsTo(slot: WeightSpec, weight: WeightSpec | undefined): boolean {
  const owner = ownerOf(slot);
  return weight !== undefined && `${weight.shape}` === `${slot.shape}` &&
    slot.dtype === "float32" &&
    (owner === weight.name || owner.replace(/_\d+$/, "") === weight.name);
}

function ownerOf({ name }: WeightSpec): string {
  return name.slice(0, name.lastIndexOf("/"));
}

function shown(spec: WeightSpec | undefined): string {
  return spec === undefined
    ? "no weight"
    : `${formatValue(spec.name)}, [${visible(`${spec.shape}`)}]`;
}
