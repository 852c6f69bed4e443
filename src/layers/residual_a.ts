/**
 * The residual connection that starts as the identity, `y = a·block(x) + shortcut(x)`.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { check } from "../validate.ts";
import {
  describe,
  type Initializer,
  type InitializerName,
  toInitializer,
} from "./serialization.ts";
import { scaledSum } from "./scaled_sum.ts";
import { onlyShape, type ResidualArgs, ResidualBase } from "./residual_base.ts";

export type { Initializer, InitializerName };

/** What a {@linkcode ResidualA} layer is made of. */
export interface ResidualAArgs extends ResidualArgs {
  /**
   * Whether `a` is one number or has one for each channel, the last axis, as LayerScale has.
   *
   * @default "scalar"
   */
  readonly a?: "scalar" | "channel";
  /**
   * The value that `a` starts from.
   *
   * @default "zeros" for a scalar, `tf.initializers.constant({ value: 1e-5 })` for channels
   */
  readonly aInitializer?: Initializer | InitializerName;
}

/**
 * `y = a·block(x) + shortcut(x)`, with one learnable scalar `a`, 0 at the start, or with one for each
 * channel, 1e-5 at the start: `yᵢ = aᵢ·block(x)ᵢ + shortcut(x)ᵢ`.
 *
 * - x: [batch, …], any rank
 * - block(x), shortcut(x) and y: [batch, …], all of one shape; nothing is broadcast
 * - a: [], or [channels] of an output [batch, …, channels]; a weight named `a`
 *
 * While a is 0, y is shortcut(x) bit for bit, whatever the block computes, and the gradient of the
 * block's weights is 0. The gradient of a is Σ dy·block(x), so a leaves 0 with the first step, and
 * the block learns from the second on. All of this holds for each channel if each has an `a`.
 *
 * Source: Bloem, *Residual connection*, gestalt.ink, "Initializing to the identity"; Bachlechner
 * et al., *ReZero is all you need*, 2020; for channels Touvron et al., *Going deeper with image
 * transformers*, 2021, "LayerScale".
 */
export class ResidualA extends ResidualBase {
  /** The name under which the class is saved. */
  static readonly className: string = "ResidualA";

  readonly #of: "scalar" | "channel";
  readonly #initializer: Initializer;
  #a: tf.LayerVariable | undefined;

  /** Makes a layer of its branches, of what `a` is and of the value that it starts from. */
  constructor(args: ResidualAArgs) {
    const { a = "scalar" } = args;
    check(a === "scalar" || a === "channel", {
      action: "create a ResidualA",
      name: "a",
      must: 'be "scalar" or "channel"',
      got: a,
    });
    const { aInitializer = a === "scalar" ? "zeros" : smallConstant() } = args;
    super(args);
    this.#of = a;
    this.#initializer = toInitializer(aInitializer);
  }

  /**
   * The learnable scalar, or those of the channels.
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
    const shape = this.#of === "scalar" ? [] : [this.#channels(inputShape)];
    super.build(inputShape);
    this.#a = this.addWeight("a", shape, "float32", this.#initializer);
  }

  /** The size of the output's last axis. */
  #channels(inputShape: tf.Shape | tf.Shape[]): number {
    const shape = onlyShape(this.computeOutputShape(inputShape), { of: "its output" });
    const channels = shape.at(-1) ?? null;
    check(shape.length > 1 && channels !== null, {
      action: `build "${this.name}" with an a for each channel`,
      name: "the last axis of the block's output",
      must: "have a known size",
      words: JSON.stringify(shape),
      error: RangeError,
    });
    return channels;
  }

  /** The sum, `a` times the block's output and the shortcut's. */
  protected override merge(block: tf.Tensor, shortcut: tf.Tensor): tf.Tensor {
    return scaledSum(this.a.read(), { b: block, s: shortcut });
  }

  /** What `fromConfig` needs to make a layer like this one. */
  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), a: this.#of, aInitializer: describe(this.#initializer) };
  }
}

tf.serialization.registerClass(ResidualA);

/** What LayerScale starts from in deep networks. */
function smallConstant(): Initializer {
  return tf.initializers.constant({ value: 1e-5 });
}

/**
 * Makes a {@linkcode ResidualA} layer, `y = a·block(x) + shortcut(x)`.
 *
 * @throws {TypeError} If a branch is not a layer, both are the same, there is no such initializer, or
 * `a` is neither.
 * @throws {RangeError} If both branches have one name; when the layer is applied, if the shapes of
 * what is added differ, or the number of channels is not known.
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
 *
 * @example LayerScale: a number for each channel
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { residualA } from "@residual/connection";
 *
 * const block = tf.layers.dense({ units: 2 });
 * const aInitializer = tf.initializers.constant({ value: 0.1 });
 * const layer = residualA({ block, a: "channel", aInitializer });
 * layer.apply(tf.tensor2d([[1, 2]]));
 *
 * console.log(await layer.a.read().array()); // [0.1, 0.1]
 * ```
 */
export function residualA(args: ResidualAArgs): ResidualA {
  return new ResidualA(args);
}
