/**
 * What can be said of two branches before they are built.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** The two branches of a residual connection. */
interface Branches {
  readonly block: tf.layers.Layer;
  readonly shortcut?: tf.layers.Layer;
}

/**
 * Refuses branches that are no layers, or that cannot be told apart.
 *
 * @param branches What the layer was given; JavaScript callers may give anything.
 * @param className Class of the layer, for the error.
 * @throws {TypeError} If a branch is not a layer, or both are the same.
 * @throws {RangeError} If both have one name.
 */
export function checkBranches({ block, shortcut }: Branches, className: string): void {
  checkLayer(block, `Cannot create a ${className}: block`);
  if (shortcut === undefined) return;
  checkLayer(shortcut, `Cannot create a ${className}: shortcut`);
  if (block === shortcut) {
    throw new TypeError(
      `Cannot create a ${className}: block and shortcut must be two layers, ` +
        `got "${block.name}" twice`,
    );
  }
  if (block.name === shortcut.name) {
    throw new RangeError(
      `Cannot create a ${className}: block and shortcut must have different names, ` +
        `since their weights are saved under them, got "${block.name}" twice`,
    );
  }
}

function checkLayer(value: unknown, what: string): void {
  if (value instanceof tf.layers.Layer) return;
  const got = Array.isArray(value) ? "an array" : typeof value;
  throw new TypeError(`${what} must be a layer or a model, got ${got}`);
}
