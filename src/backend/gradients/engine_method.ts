/**
 * Methods in the place of those of TensorFlow.js's engine.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** On a method that this package put there; a second copy of the package knows it by that. */
const OURS = Symbol.for("@residual/connection");

/**
 * Puts another method in the place of one of the engine's, once, also where there are several copies of this
 * package.
 *
 * @param make Makes the method from the one that it replaces; both are called as the engine's.
 */
export function replaceEngineMethod<Engine, Name extends keyof Engine>(
  name: Name,
  make: (stock: Engine[Name]) => Engine[Name] & object,
): void {
  const engine = tf.engine() as unknown as Engine;
  const stock = engine[name] as Engine[Name] & { readonly [OURS]?: true };
  if (stock[OURS]) return;
  engine[name] = Object.assign(make(stock), { [OURS]: true as const });
}
