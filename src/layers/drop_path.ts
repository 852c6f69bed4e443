/**
 * Stochastic depth: a layer that drops a block's output for some instances in training.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { seedOfNextMask } from "../model/dropout.ts";
import { check } from "../validate.ts";

/** What a {@linkcode DropPath} layer is made of. */
export interface DropPathArgs {
  /** The probability that an instance is dropped, from 0 to less than 1. */
  readonly rate: number;
  /**
   * Begins a sequence of draws: in `train`, another one in each step, the same ones in every run. A
   * training that is resumed continues it. Elsewhere, as in `fit`, a seed gives its first draw again at
   * each call, as in `tf.layers.dropout`: give none there.
   *
   * @default none: other draws in every run
   */
  readonly seed?: number;
  /** Unique in the model. Made of the class name and a number if not given. */
  readonly name?: string;
  /** Shape of one instance; needed only by the first layer of a `Sequential`. */
  readonly inputShape?: tf.Shape;
}

/**
 * `y = mₙ / (1 − rate) · x` in training, where mₙ is 0 with probability `rate`, else 1, drawn for each
 * instance n; `y = x` in inference, which is what training gives on average.
 *
 * - x and y: [batch, …], any rank
 *
 * As the last layer of a block it makes a residual connection one of stochastic depth: an instance
 * whose output is dropped passes by the shortcut alone, and trains the shortcut's side alone.
 *
 * On WebGPU a training step with draws is not replayed, since they are made on the host, as those of
 * dropout are.
 *
 * Source: Huang et al., *Deep networks with stochastic depth*, 2016; by instance and with the scale in
 * training, as in timm's `DropPath`.
 */
export class DropPath extends tf.layers.Layer {
  /** The name under which the class is saved. */
  static readonly className: string = "DropPath";

  /** The probability that an instance is dropped. */
  readonly rate: number;
  readonly #seed: number | undefined;

  /** Makes a layer of the probability, and of a seed. */
  constructor(args: DropPathArgs) {
    const { rate, seed } = args;
    check(typeof rate === "number" && rate >= 0 && rate < 1, {
      action: CREATE,
      name: "rate",
      must: "be a number from 0 to less than 1",
      got: rate,
      error: RangeError,
    });
    check(seed === undefined || Number.isSafeInteger(seed), {
      action: CREATE,
      name: "seed",
      must: "be an integer",
      got: seed,
    });
    super(args);
    this.rate = rate;
    this.#seed = seed;
    this.supportsMasking = true;
  }

  /** Drops instances in training, and scales the others; gives its input else. */
  override call(inputs: tf.Tensor | tf.Tensor[], kwargs?: Record<string, unknown>): tf.Tensor {
    const [x] = [inputs].flat();
    if (!kwargs?.training || this.rate === 0) return x;
    const perInstance = x.shape.map((size, axis) => axis === 0 ? size : 1); // [batch, 1, …]
    return tf.dropout(x, this.rate, perInstance, seedOfNextMask(this.#seed));
  }

  /** What `fromConfig` needs to make a layer like this one. */
  override getConfig(): tf.serialization.ConfigDict {
    const config = { ...super.getConfig(), rate: this.rate };
    return this.#seed === undefined ? config : { ...config, seed: this.#seed };
  }
}

const CREATE = "create a DropPath";

tf.serialization.registerClass(DropPath);

/**
 * Makes a {@linkcode DropPath} layer, `y = mₙ / (1 − rate) · x` in training.
 *
 * @throws {RangeError} If the rate is not from 0 to less than 1.
 * @throws {TypeError} If the seed is no integer.
 *
 * @example Stochastic depth whose rate grows with the depth, from 0 to 0.2
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { dropPath, residual } from "@residual/connection";
 *
 * const depth = 5;
 * const block = (i: number) =>
 *   tf.sequential({
 *     layers: [
 *       tf.layers.dense({ units: 8, activation: "relu", inputShape: [8] }),
 *       dropPath({ rate: 0.2 * i / (depth - 1), seed: 1 }),
 *     ],
 *   });
 * const connections = Array.from({ length: depth }, (_, i) =>
 *   residual({ block: block(i), inputShape: [8] })
 * );
 * const model = tf.sequential({ layers: connections });
 *
 * console.log(model.outputShape); // [null, 8]
 * ```
 */
export function dropPath(args: DropPathArgs): DropPath {
  return new DropPath(args);
}
