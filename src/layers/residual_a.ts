/**
 * The residual connection that starts as the identity, `y = a·block(x) + shortcut(x)`.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import {
  describe,
  type Initializer,
  type InitializerName,
  toInitializer,
} from "./serialization.ts";
import { scaledSum } from "./scaled_sum.ts";
import { type ResidualArgs, ResidualBase } from "./residual_base.ts";

export type { Initializer, InitializerName };

/** What a {@linkcode ResidualA} layer is made of. */
export interface ResidualAArgs extends ResidualArgs {
  /**
   * The value that `a` starts from.
   *
   * @default "zeros"
   */
  readonly aInitializer?: Initializer | InitializerName;
}

/**
 * `y = a·block(x) + shortcut(x)`, with one learnable scalar `a`, 0 at the start.
 *
 * - x: [batch, …], any rank
 * - block(x), shortcut(x) and y: [batch, …], all of one shape; nothing is broadcast
 * - a: [], a weight named `a`
 *
 * While a is 0, y is shortcut(x) bit for bit, whatever the block computes, and the gradient of the
 * block's weights is 0. The gradient of a is Σ dy·block(x), so a leaves 0 with the first step, and
 * the block learns from the second on.
 *
 * Source: Bloem, *Residual connection*, gestalt.ink, "Initializing to the identity"; Bachlechner
 * et al., *ReZero is all you need*, 2020.
 */
export class ResidualA extends ResidualBase {
  /** The name under which the class is saved. */
  static readonly className: string = "ResidualA";

  readonly #initializer: Initializer;
  #a: tf.LayerVariable | undefined;

  /** Makes a layer of its branches and of the value that `a` starts from. */
  constructor(args: ResidualAArgs) {
    const { aInitializer = "zeros" } = args;
    super(args);
    this.#initializer = toInitializer(aInitializer);
  }

  /**
   * The learnable scalar.
   *
   * @throws {Error} If the layer has not been applied yet.
   */
  get a(): tf.LayerVariable {
    if (this.#a === undefined) {
      throw new Error(`Cannot give a of "${this.name}": the layer must be applied first`);
    }
    return this.#a;
  }

  /** Builds both branches for inputs of this shape, and `a`. */
  override build(inputShape: tf.Shape | tf.Shape[]): void {
    super.build(inputShape);
    this.#a = this.addWeight("a", [], "float32", this.#initializer);
  }

  /** The sum, `a` times the block's output and the shortcut's. */
  protected override merge(block: tf.Tensor, shortcut: tf.Tensor): tf.Tensor {
    return scaledSum(this.a.read(), { b: block, s: shortcut });
  }

  /** What `fromConfig` needs to make a layer like this one. */
  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), aInitializer: describe(this.#initializer) };
  }
}

tf.serialization.registerClass(ResidualA);

/**
 * Makes a {@linkcode ResidualA} layer, `y = a·block(x) + shortcut(x)`.
 *
 * @throws {TypeError} If a branch is not a layer, both are the same, or there is no such
 * initializer.
 * @throws {RangeError} If both branches have one name; when the layer is applied, if the shapes of
 * what is added differ.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { residualA } from "@residual/connection";
 *
 * const layer = residualA({ block: tf.layers.dense({ units: 2 }) });
 * const y = layer.apply(tf.tensor2d([[1, 2]])) as tf.Tensor;
 *
 * console.log(await y.array()); // [[1, 2]]: a is 0
 * ```
 */
export function residualA(args: ResidualAArgs): ResidualA {
  return new ResidualA(args);
}
