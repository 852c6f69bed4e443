/**
 * The article's network taken apart at x: what is below the residual connection, and what is above.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { Residual, ResidualA } from "@residual/connection";

/** A model with one residual connection, as functions of tensors. */
export interface Halves {
  /** Images to x. */
  readonly below: (images: tf.Tensor) => tf.Tensor;
  /** What the block adds to x: block(x), or a·block(x). */
  readonly added: (x: tf.Tensor) => tf.Tensor;
  /** block(x) itself. */
  readonly block: (x: tf.Tensor) => tf.Tensor;
  /** The residual connection, x to y. */
  readonly connection: (x: tf.Tensor) => tf.Tensor;
  /** y to logits. */
  readonly above: (y: tf.Tensor) => tf.Tensor;
}

/** Takes a model apart at its residual connection; nothing if it has none. */
export function halves({ layers }: tf.LayersModel): Halves | undefined {
  const at = layers.findIndex((layer) => layer instanceof Residual || layer instanceof ResidualA);
  if (at < 0) return undefined;
  const connection = layers[at] as Residual | ResidualA;
  const block = through([connection.block]);
  const added = connection instanceof ResidualA
    ? (x: tf.Tensor) => tf.mul(connection.a.read(), block(x))
    : block;
  return {
    below: through(layers.slice(0, at).filter((layer) => layer.getClassName() !== "InputLayer")),
    added,
    block,
    connection: through([connection]),
    above: through(layers.slice(at + 1)),
  };
}

function through(layers: readonly tf.layers.Layer[]): (x: tf.Tensor) => tf.Tensor {
  return (x) => layers.reduce((x, layer) => layer.apply(x) as tf.Tensor, x);
}
