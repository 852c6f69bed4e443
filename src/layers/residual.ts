/**
 * The residual connection, `y = block(x) + shortcut(x)`.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { type ResidualArgs, ResidualBase } from "./residual_base.ts";

/**
 * `y = block(x) + shortcut(x)`, the identity being the default shortcut.
 *
 * - x: [batch, …], any rank
 * - block(x), shortcut(x) and y: [batch, …], all of one shape; nothing is broadcast
 *
 * The branches' weights, regularizers, state and `trainable` flag count as the layer's own, and
 * `training` reaches dropout and batch normalization inside.
 *
 * Source: Bloem, *Residual connection*, gestalt.ink; He et al., *Deep residual learning for image
 * recognition*, 2016.
 */
export class Residual extends ResidualBase {
  /** The name under which the class is saved. */
  static readonly className: string = "Residual";

  /** The sum. */
  protected override merge(block: tf.Tensor, shortcut: tf.Tensor): tf.Tensor {
    return tf.add(block, shortcut);
  }
}

tf.serialization.registerClass(Residual);

/**
 * Makes a {@linkcode Residual} layer, `y = block(x) + shortcut(x)`.
 *
 * @throws {TypeError} If a branch is not a layer, or both are the same.
 * @throws {RangeError} If both branches have one name; when the layer is applied, if the shapes of
 * what is added differ.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { residual } from "@residual/connection";
 *
 * const block = tf.layers.dense({ units: 2, kernelInitializer: "ones" });
 * const y = residual({ block }).apply(tf.tensor2d([[1, 2]])) as tf.Tensor;
 *
 * console.log(await y.array()); // [[4, 5]]: block(x) is [[3, 3]], x is [[1, 2]]
 * ```
 */
export function residual(args: ResidualArgs): Residual {
  return new Residual(args);
}
