/**
 * An optimizer's state by weight. TensorFlow.js keeps it by position: the i-th weight of an update has the
 * i-th momentum, whichever weight that was before. Where an update is of other weights than the last one,
 * as when layers are frozen, heads take turns or two models share an optimizer, they would get each
 * other's state.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** A part of an optimizer's state, as TensorFlow.js keeps it. */
export interface Slot {
  readonly originalName: string;
  readonly variable: tf.Variable;
}

/** Where an optimizer keeps its state: a list for each kind, and what counts its steps. */
interface Layout {
  readonly kinds: readonly string[];
  /** Variables that every update changes, such as the accumulated βᵗ. */
  readonly clock: readonly string[];
}

const LAYOUTS: ReadonlyMap<unknown, Layout> = new Map<unknown, Layout>([
  [tf.MomentumOptimizer, { kinds: ["accumulations"], clock: [] }],
  [tf.AdagradOptimizer, { kinds: ["accumulatedGrads"], clock: [] }],
  [tf.AdadeltaOptimizer, { kinds: ["accumulatedGrads", "accumulatedUpdates"], clock: [] }],
  [tf.RMSPropOptimizer, {
    kinds: ["accumulatedMeanSquares", "accumulatedMoments", "accumulatedMeanGrads"],
    clock: [],
  }],
  [tf.AdamOptimizer, {
    kinds: ["accumulatedFirstMoment", "accumulatedSecondMoment"],
    clock: ["accBeta1", "accBeta2"],
  }],
  [tf.AdamaxOptimizer, {
    kinds: ["accumulatedFirstMoment", "accumulatedWeightedInfNorm"],
    clock: ["accBeta1", "iteration"],
  }],
]);

/** The variables that count the steps of some weights, by the optimizer's names for them. */
type Clock = Readonly<Record<string, tf.Variable>>;

/** What is known of an optimizer's state. */
interface Memory {
  /** Each weight's state of each kind. */
  readonly slots: WeakMap<tf.Variable, readonly (Slot | undefined)[]>;
  /** State that is some weight's, also of one that is disposed of. */
  readonly owned: WeakSet<Slot>;
  /** The weights of each clock; the first is the optimizer's own. */
  readonly clocks: { readonly clock: Clock; readonly weights: Set<tf.Variable> }[];
  /** Clocks that were loaded, whose weights are not known yet. */
  readonly loaded: SavedClock[];
}

const memories = new WeakMap<tf.Optimizer, Memory>();

/** Updates weights by their gradients, given by the weights' names. */
export type Update = (optimizer: tf.Optimizer, gradients: tf.NamedTensorMap) => void;

/**
 * Runs an update in which each weight has its own state, and its own count of steps, as in PyTorch: a
 * weight that was left out of some steps counts those that it took. Where every update is of the same
 * weights, this is one call of `update`.
 */
export function updateByWeight(
  optimizer: tf.Optimizer,
  gradients: tf.NamedTensorMap,
  update: Update,
): void {
  const layout = LAYOUTS.get(optimizer.constructor);
  if (layout === undefined) return update(optimizer, gradients); // no state, or one of its own
  const names = Object.keys(gradients).filter((name) => gradients[name] != null);
  if (names.length === 0) return;
  const memory = memoryOf(optimizer, layout);
  const fields = optimizer as unknown as Record<string, unknown>;
  const [{ clock: own }] = memory.clocks;
  const steps = optimizer.iterations;
  const all = names.map(variableOf);
  for (const { clock, weights } of clocksOf(optimizer, { memory, layout, weights: all })) {
    const group = names.filter((name) => weights.has(variableOf(name)));
    const part = { memory, layout, weights: group.map(variableOf) };
    arrange(optimizer, part);
    Object.assign(fields, clock);
    update(optimizer, Object.fromEntries(group.map((name) => [name, gradients[name]])));
    remember(optimizer, part);
  }
  Object.assign(fields, own);
  fields.iterations_ = steps + 1; // one step, in however many updates
}

function variableOf(name: string): tf.Variable {
  return tf.engine().state.registeredVariables[name];
}

function memoryOf(optimizer: tf.Optimizer, { clock }: Layout): Memory {
  let memory = memories.get(optimizer);
  if (memory === undefined) {
    const fields = optimizer as unknown as Record<string, tf.Variable>;
    const own = Object.fromEntries(clock.map((name) => [name, fields[name]]));
    memory = {
      slots: new WeakMap(),
      owned: new WeakSet(),
      clocks: [{ clock: own, weights: new Set() }],
      loaded: [],
    };
    memories.set(optimizer, memory);
    const made = memory;
    const dispose = optimizer.dispose.bind(optimizer);
    optimizer.dispose = () => {
      dispose();
      disposeOfClocks(made);
    };
  }
  return memory;
}

/** What an update is of. */
interface Weights {
  readonly memory: Memory;
  readonly layout: Layout;
  readonly weights: readonly tf.Variable[];
}

/** Puts each weight's state where TensorFlow.js looks for it, and that of all other weights behind. */
function arrange(optimizer: tf.Optimizer, { memory, layout, weights }: Weights): void {
  const fields = optimizer as unknown as Record<string, (Slot | undefined)[]>;
  layout.kinds.forEach((kind, k) => {
    const all = fields[kind].filter((slot) => slot !== undefined);
    const taken = new Set<Slot>();
    const first = weights.map((weight) => {
      const known = memory.slots.get(weight)?.[k];
      // After loading a state there are other slots than those that are known.
      const slot = known !== undefined && all.includes(known)
        ? known
        : unowned(weight, all.filter((slot) => !memory.owned.has(slot) && !taken.has(slot)));
      if (slot !== undefined) taken.add(slot);
      return slot;
    });
    const others = all.filter((slot) => !taken.has(slot));
    fields[kind] = taken.size + others.length === 0 ? [] : [...first, ...others];
  });
}

/** State that was made outside of `train`, or was loaded, and has the weight's name and shape. */
function unowned(weight: tf.Variable, slots: readonly Slot[]): Slot | undefined {
  const own = slots.filter(({ variable }) => `${variable.shape}` === `${weight.shape}`);
  return own.find((slot) => ownerOf(slot.originalName) === weight.name) ??
    own.find((slot) => isSameName(ownerOf(slot.originalName), weight.name));
}

/** The weight that a slot's name begins with: `dense/kernel` of `dense/kernel/m`. */
export function ownerOf(slotName: string): string {
  return slotName.slice(0, slotName.lastIndexOf("/"));
}

/** Whether two names differ at most in the number that TensorFlow.js puts behind one that it had before. */
export function isSameName(a: string, b: string): boolean {
  return a.replace(/_\d+$/, "") === b.replace(/_\d+$/, "");
}

function remember(optimizer: tf.Optimizer, { memory, layout, weights }: Weights): void {
  const fields = optimizer as unknown as Record<string, (Slot | undefined)[]>;
  weights.forEach((weight, i) => {
    const slots = layout.kinds.map((kind) => fields[kind][i]);
    memory.slots.set(weight, slots);
    for (const slot of slots) if (slot !== undefined) memory.owned.add(slot);
  });
}

/** The clocks of these weights, each of whose weights all take this step. */
function clocksOf(
  optimizer: tf.Optimizer,
  { memory, layout, weights }: Weights,
): Memory["clocks"] {
  const [own] = memory.clocks;
  if (layout.clock.length === 0) return [{ clock: own.clock, weights: new Set(weights) }];
  for (const { weights } of memory.clocks) {
    for (const weight of weights) if (weight.isDisposed) weights.delete(weight);
  }
  const isFirst = own.weights.size === 0 && optimizer.iterations === 0;
  for (const weight of weights) {
    if (memory.clocks.some(({ weights }) => weights.has(weight))) continue;
    const loaded = memory.loaded.find(({ owner }) => isSameName(owner, weight.name));
    const tookAll = isFirst || isStateFor(optimizer, { memory, layout, weight });
    if (loaded === undefined && tookAll) own.weights.add(weight);
    else addClock(optimizer, memory, { values: loaded?.values, weights: [weight] });
    if (loaded === undefined) continue;
    tf.dispose(loaded.values);
    memory.loaded.splice(memory.loaded.indexOf(loaded), 1);
  }
  const stepping = new Set(weights);
  const now = memory.clocks.filter(({ weights }) => [...weights].some((w) => stepping.has(w)));
  for (const { clock, weights } of now) {
    const waiting = [...weights].filter((weight) => !stepping.has(weight));
    if (waiting.length === 0) continue;
    addClock(optimizer, memory, { values: clock, weights: waiting });
    for (const weight of waiting) weights.delete(weight);
  }
  return now;
}

/** Whether there is state of the first kind for a weight that was not updated here before. */
function isStateFor(
  optimizer: tf.Optimizer,
  { memory, layout, weight }: Omit<Weights, "weights"> & { readonly weight: tf.Variable },
): boolean {
  const slots = (optimizer as unknown as Record<string, (Slot | undefined)[]>)[layout.kinds[0]];
  return unowned(
    weight,
    slots.filter((slot) => slot !== undefined && !memory.owned.has(slot)) as Slot[],
  ) !==
    undefined;
}

/** What a clock begins at: that of a weight that took no step yet, or where another one is. */
interface NewClock {
  readonly values: Readonly<Record<string, tf.Tensor>> | undefined;
  readonly weights: readonly tf.Variable[];
}

function addClock(optimizer: tf.Optimizer, memory: Memory, { values, weights }: NewClock): void {
  const fields = optimizer as unknown as Readonly<Record<string, number>>;
  const starts: Readonly<Record<string, number>> = {
    accBeta1: fields.beta1,
    accBeta2: fields.beta2,
    iteration: 0,
  };
  const clock = Object.fromEntries(
    Object.keys(memory.clocks[0].clock).map((name) => [
      name,
      tf.tidy(() => tf.variable(values?.[name]?.clone() ?? tf.scalar(starts[name]), false)),
    ]),
  );
  memory.clocks.push({ clock, weights: new Set(weights) });
}

function disposeOfClocks({ clocks, loaded }: Memory): void {
  const [, ...others] = clocks;
  tf.dispose(others.flatMap(({ clock }) => Object.values(clock)));
  tf.dispose(loaded.flatMap(({ values }) => Object.values(values)));
}

/** A weight's own count of steps, as it is saved. */
export interface SavedClock {
  /** The weight's name. */
  readonly owner: string;
  readonly values: Readonly<Record<string, tf.Tensor>>;
}

/** The counts of steps of weights that did not take all of the optimizer's steps. */
export function ownClocks(optimizer: tf.Optimizer): SavedClock[] {
  const [, ...others] = memories.get(optimizer)?.clocks ?? [];
  return others.flatMap(({ clock, weights }) =>
    [...weights].filter(({ isDisposed }) => !isDisposed)
      .map(({ name }) => ({ owner: name, values: clock }))
  );
}

/** Takes over counts of steps that were saved; the tensors stay the caller's. */
export function restoreClocks(optimizer: tf.Optimizer, clocks: readonly SavedClock[]): void {
  const layout = LAYOUTS.get(optimizer.constructor);
  if (layout === undefined) return;
  const known = memories.get(optimizer);
  if (known !== undefined) disposeOfClocks(known);
  memories.delete(optimizer);
  const memory = memoryOf(optimizer, layout);
  for (const { owner, values } of clocks) {
    const kept = Object.fromEntries(
      Object.entries(values).map(([name, tensor]) => [name, tf.keep(tensor.clone())]),
    );
    memory.loaded.push({ owner, values: kept });
  }
}
