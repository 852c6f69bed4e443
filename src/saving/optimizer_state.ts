/**
 * An optimizer's state as tensors, all of it: TensorFlow.js leaves out Adam's powers of β.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

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
