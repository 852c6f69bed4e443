/**
 * An optimizer's state as tensors, all of it (TensorFlow.js leaves out Adam's powers of β), and which
 * weight each tensor belongs to.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { isSameName, ownClocks, ownerOf, restoreClocks } from "../train/optimizer_slots.ts";
import { check, formatValue, visible } from "../validate.ts";
import { ofGroup, type WeightSpec } from "./model_json.ts";

/** What `getWeights` of an optimizer gives and `setWeights` takes. */
export type NamedTensor = Awaited<ReturnType<tf.Optimizer["getWeights"]>>[number];

/**
 * Adam's β₁ⁿ⁺¹ and β₂ⁿ⁺¹ after n steps. A training multiplies them up, with a rounding at each step;
 * `setWeights` computes them by `tf.pow`, with one, which gives other bits and other steps from then on.
 */
const POWERS = { accBeta1: "beta1_power", accBeta2: "beta2_power" } as const;

type Field = keyof typeof POWERS;

const FIELDS = Object.keys(POWERS) as Field[];

/** The variables of an optimizer that are its powers of β; private fields in TypeScript only. */
function powersOf(optimizer: tf.Optimizer): Partial<Record<Field, tf.Variable>> {
  return optimizer as unknown as Partial<Record<Field, tf.Variable>>;
}

/**
 * Gives an optimizer's state for a model to a function: the number of steps, then a tensor for each kind and
 * weight, in the order of the model's weights, then powers of β; those of a weight that did not take all
 * steps are named after it.
 *
 * @throws {TypeError} If TensorFlow.js does not give this optimizer's state, or it is of no weight of the
 * model.
 */
export async function withState<T>(
  optimizer: tf.Optimizer,
  weights: readonly WeightSpec[],
  use: (state: readonly NamedTensor[]) => Promise<T>,
): Promise<T> {
  const [steps, ...state] = await getWeights(optimizer);
  try {
    const own = FIELDS.flatMap((field) => {
      const tensor = powersOf(optimizer)[field];
      return tensor === undefined
        ? []
        : [{ name: POWERS[field] as string, tensor: tensor as tf.Tensor }];
    });
    const slots = ofWeights(state, weights);
    const owners = new Set(slots.map(({ name }) => ownerOf(name)));
    const others = ownClocks(optimizer).filter(({ owner }) => owners.has(owner))
      .flatMap(({ owner, values }) =>
        FIELDS.map((field) => ({ name: `${owner}/${POWERS[field]}`, tensor: values[field] }))
      );
    return await use([steps, ...slots, ...own, ...others]);
  } finally {
    steps.tensor.dispose(); // made for this list; the rest is the optimizer's
  }
}

/** The state that belongs to weights, by kind in their order; an optimizer may have trained others, too. */
function ofWeights(state: readonly NamedTensor[], weights: readonly WeightSpec[]): NamedTensor[] {
  const kinds = byKind(state);
  const found = [...kinds.values()].flatMap((slots) => {
    const left = [...slots];
    const take = (is: (slot: NamedTensor) => boolean): NamedTensor | undefined => {
      const at = left.findIndex(is);
      return at < 0 ? undefined : left.splice(at, 1)[0];
    };
    return weights.flatMap(({ name, shape }) => {
      const fits = (slot: NamedTensor) =>
        `${slot.tensor.shape}` === `${shape}` && isSameName(ownerOf(slot.name), name);
      const exact = take((slot) => fits(slot) && ownerOf(slot.name) === name);
      if (exact !== undefined) return [exact];
      if (left.filter(fits).length > 1) throw ambiguous(name);
      return take(fits) ?? [];
    });
  });
  if (state.length > 0 && found.length === 0) {
    const names = weights.map(({ name }) => name).join(", ");
    throw new TypeError(
      "the optimizer must have trained it: its state must be of some of the model's weights, " +
        `${visible(names, 200)}, got that of ${visible(ownerOf(state[0].name))}`,
    );
  }
  return found;
}

/** TensorFlow.js puts numbers behind the names of a second model's weights, and saves neither's. */
function ambiguous(name: string): TypeError {
  return new TypeError(
    `the optimizer must have trained one model with a weight called ${
      visible(name)
    }, got several; ` +
      "name their layers apart, or train each with an optimizer of its own",
  );
}

/** Replaces an optimizer's state; the tensors stay the caller's. */
export async function restoreState(
  optimizer: tf.Optimizer,
  state: readonly NamedTensor[],
): Promise<void> {
  const powers = state.filter(({ name }) => isPower(name));
  const before = await getWeights(optimizer);
  await optimizer.setWeights(state.filter(({ name }) => !isPower(name)));
  for (const field of FIELDS) {
    const own = powers.find(({ name }) => name === POWERS[field]);
    if (own !== undefined) powersOf(optimizer)[field]?.assign(own.tensor);
  }
  const owners = new Set(powers.map(({ name }) => ownerOf(name)).filter((owner) => owner !== ""));
  restoreClocks(
    optimizer,
    [...owners].map((owner) => ({
      owner,
      values: Object.fromEntries(
        FIELDS.flatMap((field) =>
          powers.filter(({ name }) => name === `${owner}/${POWERS[field]}`)
            .map(({ tensor }) => [field, tensor])
        ),
      ),
    })),
  );
  tf.dispose(before.map(({ tensor }) => tensor)); // setWeights forgets them
}

/** As `Map.groupBy` gives it, which Node has from version 21 on. */
function byKind<T extends { readonly name: string }>(state: readonly T[]): Map<string, T[]> {
  const kinds = new Map<string, T[]>();
  for (const each of state) {
    kinds.set(kindOf(each.name), [...kinds.get(kindOf(each.name)) ?? [], each]);
  }
  return kinds;
}

/** Whether a tensor of the state is a power of β: the optimizer's own, or a weight's. */
function isPower(name: string): boolean {
  return (Object.values(POWERS) as string[]).includes(kindOf(name));
}

/** What a tensor of the state is: `m` of `dense/kernel/m`, `iter`. */
function kindOf(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
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

/**
 * Throws a `TypeError` unless an optimizer's state begins with the number of steps, and each tensor of it
 * belongs to a weight of the model, of each kind at most one to each.
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
  const kinds = byKind(state.filter(({ name }) => !isPower(name)));
  for (const [kind, slots] of kinds) {
    const left = [...ofGroup(specs, "model")];
    for (const slot of slots) {
      const at = left.findIndex((weight) => belongsTo(slot, weight));
      check(at >= 0, {
        name: `${IT}its ${visible(kind)}`,
        must: "be of one of the model's weights, one of each",
        words: `that of ${shown(slot)}`,
      });
      left.splice(at, 1);
    }
  }
  check(new Set([...kinds.values()].map(({ length }) => length)).size <= 1, {
    name: `${IT}it`,
    must: "have as many of each kind",
    words: [...kinds].map(([kind, { length }]) => `${length} ${visible(kind)}`).join(", "),
  });
}

/** How each of these errors begins. */
const IT = "the optimizer must have trained it: ";

/** A slot is called `dense/kernel/m`, or `dense/kernel_1/m` if there was a `dense/kernel` before. */
function belongsTo(slot: WeightSpec, weight: WeightSpec): boolean {
  return `${weight.shape}` === `${slot.shape}` && slot.dtype === "float32" &&
    isSameName(ownerOf(slot.name), weight.name);
}

function shown({ name, shape }: WeightSpec): string {
  return `${formatValue(name)}, [${visible(`${shape}`)}]`;
}
