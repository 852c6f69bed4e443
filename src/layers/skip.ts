/**
 * The connection that merges in any way, `y = merge(shortcut(x), block(x))`.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { check, formatValue } from "../validate.ts";
import {
  agree,
  equalShape,
  type MergeContext,
  onlyShape,
  type ResidualArgs,
  ResidualBase,
  shortcutInWords,
  type SymbolicBranches,
} from "./residual_base.ts";
import { describe } from "./serialization.ts";

/** What is done with the two tensors: their sum, their channels side by side, their product. */
export type MergeName = "add" | "concat" | "multiply";

/** Merges shortcut(x) and block(x), two tensors of equal shape, into one of that shape. */
export type MergeFunction = (shortcut: tf.Tensor, block: tf.Tensor) => tf.Tensor;

/** What a {@linkcode Skip} layer is made of. */
export interface SkipArgs extends ResidualArgs {
  /**
   * How shortcut(x) and block(x) are merged:
   *
   * - `"add"`, `shortcut(x) + block(x)`, as {@linkcode Residual} does
   * - `"multiply"`, `shortcut(x) · block(x)`, number by number
   * - `"concat"`, the channels of shortcut(x), then those of block(x)
   * - a layer or a model that is given the two, such as `tf.layers.maximum()` or
   *   `tf.layers.concatenate({ axis: 1 })`; its weights count as this layer's own
   * - a function of the two; it is not saved with the model
   */
  readonly merge: MergeName | MergeFunction | tf.layers.Layer;
}

/** The merges that have a name. */
const MERGES: Readonly<Record<MergeName, MergeFunction>> = {
  add: tf.add,
  concat: (shortcut, block) => tf.concat([shortcut, block], -1),
  multiply: tf.mul,
};

const NAMES = Object.keys(MERGES).map(formatValue).join(", ");

/**
 * `y = merge(shortcut(x), block(x))`, the identity being the default shortcut.
 *
 * - x: [batch, …], any rank
 * - block(x), shortcut(x) and y: [batch, …], all of one shape; nothing is broadcast
 * - for `"concat"`: [batch, …, n], [batch, …, m] and [batch, …, m + n], the last axis the channels
 * - for a layer: the shapes that it takes and gives
 *
 * Source: Huang et al., *Densely connected convolutional networks*, 2017, for the concatenation, whose
 * order of channels this is: those of x first.
 */
export class Skip extends ResidualBase {
  /** The name under which the class is saved. */
  static readonly className: string = "Skip";

  readonly #merge: SkipArgs["merge"];

  /** Makes a layer of its branches and of how they are merged. */
  constructor(args: SkipArgs) {
    const { merge } = args;
    const isLayer = merge instanceof tf.layers.Layer;
    check(isLayer || typeof merge === "function" || Object.hasOwn(MERGES, merge), {
      action: "create a Skip",
      name: "merge",
      must: `be ${NAMES}, a layer or a function`,
      got: merge,
    });
    super(args, isLayer ? { merge } : {});
    this.#merge = merge;
  }

  /** The layer that merges, if a layer does. */
  get #layer(): tf.layers.Layer | undefined {
    return this.#merge instanceof tf.layers.Layer ? this.#merge : undefined;
  }

  /** Merges the two. */
  protected override merge(
    block: tf.Tensor,
    shortcut: tf.Tensor,
    { kwargs }: MergeContext,
  ): tf.Tensor {
    const merge = this.#merge;
    if (typeof merge === "string") return MERGES[merge](shortcut, block);
    if (typeof merge === "function") return merge(shortcut, block);
    return merge.apply([shortcut, block], kwargs) as tf.Tensor;
  }

  /** The shape of both outputs, of their concatenation, or of what the layer gives for them. */
  protected override mergedShape(block: tf.Shape, shortcut: tf.Shape): tf.Shape {
    if (this.#layer !== undefined) {
      return onlyShape(this.#layer.computeOutputShape([shortcut, block]), { of: "merge's output" });
    }
    if (this.#merge === "add") return super.mergedShape(block, shortcut);
    const action = `merge the block's output with ${shortcutInWords(this)}`;
    if (this.#merge !== "concat") return equalShape(block, shortcut, { action });
    return concatShape(shortcut, block, { action });
  }

  /** Builds the layer that merges, if a layer does. */
  protected override buildOthers({ block, shortcut }: SymbolicBranches): void {
    this.#layer?.apply([shortcut, block]);
  }

  /**
   * What `fromConfig` needs to make a layer like this one.
   *
   * @throws {TypeError} If a function merges, which cannot be written down.
   */
  override getConfig(): tf.serialization.ConfigDict {
    const merge = this.#merge;
    check(typeof merge !== "function", {
      action: `save "${this.name}"`,
      name: "merge",
      must: `be ${NAMES} or a layer`,
      got: merge,
    });
    return { ...super.getConfig(), merge: typeof merge === "string" ? merge : describe(merge) };
  }
}

tf.serialization.registerClass(Skip);

/** The shape of two tensors whose channels, the last axis, are put side by side. */
function concatShape(
  one: tf.Shape,
  other: tf.Shape,
  { action }: { readonly action: string },
): tf.Shape {
  const [m, n] = [one, other].map((shape) => shape.at(-1) ?? null);
  const [before, after] = [one, other].map((shape) => shape.slice(0, -1));
  check(one.length > 1 && agree(before, after), {
    action,
    name: "shapes",
    must: "be equal but for the last axis",
    words: [other, one].map((shape) => JSON.stringify(shape)).join(" and "),
    error: RangeError,
  });
  const common = before.map((size, axis) => size ?? after[axis]);
  return [...common, m === null || n === null ? null : m + n];
}

/**
 * Makes a {@linkcode Skip} layer, `y = merge(shortcut(x), block(x))`.
 *
 * @throws {TypeError} If a branch is not a layer, two are the same, or merge is none of what it can be;
 * when it is saved, if merge is a function.
 * @throws {RangeError} If two layers have one name; when the layer is applied, if the shapes of what is
 * merged do not fit.
 *
 * @example A dense block, whose layers each see the outputs of all before
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { skip } from "@residual/connection";
 *
 * const growth = () => tf.layers.dense({ units: 2, activation: "relu" });
 * const model = tf.sequential({
 *   layers: [
 *     skip({ block: growth(), merge: "concat", inputShape: [4] }), // [batch, 6]
 *     skip({ block: growth(), merge: "concat" }), // [batch, 8]
 *   ],
 * });
 *
 * console.log(model.outputShape); // [null, 8]
 * ```
 */
export function skip(args: SkipArgs): Skip {
  return new Skip(args);
}
