/**
 * What all connections share: two branches that see the same input, whose outputs are merged, and
 * whose weights, losses and state count as the layer's own.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { penaltiesOf } from "../model/nested_layers.ts";
import { check } from "../validate.ts";
import { describe, restore } from "./serialization.ts";

/** What a residual layer is made of. */
export interface ResidualArgs {
  /**
   * A layer or model of one input and one output, whose output has its input's shape.
   *
   * Several residual layers and models may share it, and do so when they are loaded, too.
   */
  readonly block: tf.layers.Layer;
  /**
   * A layer or model of one input and one output, whose output has the block's output's shape.
   *
   * @default the identity
   */
  readonly shortcut?: tf.layers.Layer;
  /** Unique in the model. Made of the class name and a number if not given. */
  readonly name?: string;
  /**
   * Whether the weights, the branches' too, are trained. `false` freezes both branches, and batch
   * normalization in them normalizes by the statistics that it has; `true` leaves a branch frozen that
   * already is.
   *
   * @default true
   */
  readonly trainable?: boolean;
  /** Shape of one instance; needed only by the first layer of a `Sequential`. */
  readonly inputShape?: tf.Shape;
}

/** What a connection may look at beside its branches' outputs when it merges them. */
export interface MergeContext {
  /** The layer's input, [batch, …]. */
  readonly x: tf.Tensor;
  /** With which the layer was called, such as `{ training: true }`, for layers inside. */
  readonly kwargs: Record<string, unknown>;
}

/** The layer's input and its branches' outputs while it is built. */
export type SymbolicBranches = Readonly<Record<"x" | "block" | "shortcut", tf.SymbolicTensor>>;

/**
 * The base of the connections, and of those that you add: it merges `block(x)` and `shortcut(x)`,
 * two tensors of equal shape, and keeps the contract of a TensorFlow.js layer for both branches and
 * other layers inside.
 *
 * `y = merge(block(x), shortcut(x))`, the identity being the default shortcut.
 *
 * - x: [batch, …], any rank
 * - block(x), shortcut(x) and y: [batch, …], all of one shape
 *
 * A class of your own needs `className`, under which it is saved, and `merge`. Weights are added in
 * `build` by `addWeight`, behind `super.build`, and options go into `getConfig`, from which a saved
 * layer is made again once the class is registered. What merges tensors of other shapes has a
 * `mergedShape` of its own. Layers that `merge` calls are given to the constructor of the base, and
 * are called once in `buildOthers`.
 *
 * @throws {TypeError} If a branch is not a layer, or both are the same.
 * @throws {RangeError} If both branches have one name; when the layer is applied, if the shapes of
 * what is merged differ, or what `merge` gives has another shape.
 *
 * @example A connection that keeps the variance: `y = (block(x) + shortcut(x)) / √2`
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { ResidualBase } from "@residual/connection";
 *
 * class VarianceResidual extends ResidualBase {
 *   static readonly className = "VarianceResidual";
 *
 *   protected override merge(block: tf.Tensor, shortcut: tf.Tensor): tf.Tensor {
 *     return tf.mul(tf.add(block, shortcut), Math.SQRT1_2);
 *   }
 * }
 * tf.serialization.registerClass(VarianceResidual);
 *
 * const block = tf.layers.dense({ units: 2, kernelInitializer: "ones" });
 * const y = new VarianceResidual({ block }).apply(tf.tensor2d([[1, 2]])) as tf.Tensor;
 *
 * console.log(await y.array()); // [[2.83, 3.54]]: block(x) is [[3, 3]], (3 + 1) / √2 and (3 + 2) / √2
 * ```
 */
export abstract class ResidualBase extends tf.layers.Layer {
  /** The branch that computes. */
  readonly block: tf.layers.Layer;
  /** The branch around the block; `undefined` stands for the identity. */
  readonly shortcut: tf.layers.Layer | undefined;
  readonly #others: readonly tf.layers.Layer[];

  /**
   * Makes a layer of its branches; they are built with it.
   *
   * @param args The branches, and what every layer has.
   * @param others Layers that `merge` calls, by what they are called in errors.
   */
  constructor(args: ResidualArgs, others: Readonly<Record<string, tf.layers.Layer>> = {}) {
    super(args);
    const { block, shortcut } = args;
    checkLayers(
      { block, ...(shortcut === undefined ? {} : { shortcut }), ...others },
      this.getClassName(),
    );
    this.block = block;
    this.shortcut = shortcut;
    this.#others = Object.values(others);
    if (args.trainable === false) this.trainable = false;
  }

  /** Merges the branches' outputs into a tensor of their `mergedShape`. */
  protected abstract merge(
    block: tf.Tensor,
    shortcut: tf.Tensor,
    context: MergeContext,
  ): tf.Tensor;

  /**
   * The shape of what `merge` gives, by default that of both outputs, which must be equal. Sizes that
   * are not known before a tensor arrives are `null`.
   *
   * @throws {RangeError} If outputs of these shapes cannot be merged.
   */
  protected mergedShape(block: tf.Shape, shortcut: tf.Shape): tf.Shape {
    return equalShape(block, shortcut, {
      action: `add the block's output to ${shortcutInWords(this)}`,
    });
  }

  /** Calls the layers that `merge` calls, if there are any, so that they are built. */
  protected buildOthers(_branches: SymbolicBranches): void {}

  /**
   * The layers inside this one, as in a `LayersModel`: the block, the shortcut if given, and those
   * that `merge` calls.
   */
  get layers(): tf.layers.Layer[] {
    const { block, shortcut } = this;
    return [...(shortcut === undefined ? [block] : [block, shortcut]), ...this.#others];
  }

  /** Builds the layers inside for inputs of this shape. */
  override build(inputShape: tf.Shape | tf.Shape[]): void {
    this.computeOutputShape(inputShape); // refuses before there are weights to dispose of
    const shape = onlyShape(inputShape, { of: "its input" });
    // A symbolic call, not build(): it puts the branch's name into the names of its weights, and
    // counts as a use of the branch when it comes to disposing of it.
    const x = tf.input({ batchShape: shape, name: `${this.name}_input` });
    const block = this.block.apply(x) as tf.SymbolicTensor;
    const shortcut = (this.shortcut?.apply(x) ?? x) as tf.SymbolicTensor;
    this.buildOthers({ x, block, shortcut });
    this.inputSpec = [{ ndim: shape.length }];
    super.build(inputShape);
  }

  /** Computes the layer's output from one tensor. */
  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Record<string, unknown>): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      const block = this.block.apply(x, kwargs) as tf.Tensor;
      const shortcut = (this.shortcut?.apply(x, kwargs) ?? x) as tf.Tensor;
      const shape = this.mergedShape(block.shape, shortcut.shape);
      const y: unknown = this.merge(block, shortcut, { x, kwargs });
      const action = `call "${this.name}"`;
      check(y instanceof tf.Tensor, { action, name: "merge", must: "give a tensor", got: y });
      check(agree(y.shape, shape), {
        action,
        name: "merge",
        must: `give the shape ${JSON.stringify(shape)}`,
        words: JSON.stringify(y.shape),
        error: RangeError,
      });
      return y;
    });
  }

  /** The shape of the layer's output. */
  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const x = onlyShape(inputShape, { of: "its input" });
    const block = onlyShape(outputShape(this.block, x), { of: "the block's output" });
    if (this.shortcut === undefined) return this.mergedShape(block, x);
    const shortcut = outputShape(this.shortcut, x);
    return this.mergedShape(block, onlyShape(shortcut, { of: "the shortcut's output" }));
  }

  /** Whether the weights, the branches' too, are trained. Setting it sets it in both branches. */
  override get trainable(): boolean {
    return super.trainable;
  }
  override set trainable(trainable: boolean) {
    super.trainable = trainable;
    for (const layer of this.layers) layer.trainable = trainable;
  }

  /** The layer's own trained weights, then the branches'. */
  override get trainableWeights(): tf.LayerVariable[] {
    const nested = this.trainable ? this.layers.flatMap((layer) => layer.trainableWeights) : [];
    return [...super.trainableWeights, ...nested];
  }

  /** The layer's own weights that are not trained, then the branches'. */
  override get nonTrainableWeights(): tf.LayerVariable[] {
    const nested = this.layers.flatMap((layer) =>
      this.trainable ? layer.nonTrainableWeights : layer.weights
    );
    return [...super.nonTrainableWeights, ...nested];
  }

  /** The regularizers of the layer's own weights, then of the branches', each once. */
  override get losses(): tf.layers.Layer["losses"] {
    return [...new Set([...super.losses, ...this.layers.flatMap(penaltiesOf)])];
  }

  /** Adds a regularizer to the layer's own. */
  override addLoss(losses: Parameters<tf.layers.Layer["addLoss"]>[0]): void {
    super.losses.push(...[losses].flat());
  }

  /** Whether a branch keeps a state between batches, as a stateful RNN does. */
  override get stateful(): boolean {
    return this.layers.some((layer) => layer.stateful);
  }

  /** Resets the branches' states. */
  override resetStates(): void {
    for (const layer of this.layers) if (layer.stateful) layer.resetStates();
  }

  /** What {@linkcode ResidualBase.fromConfig} needs to make a layer like this one. */
  override getConfig(): tf.serialization.ConfigDict {
    const config = { ...super.getConfig(), block: describe(this.block) };
    return this.shortcut === undefined ? config : { ...config, shortcut: describe(this.shortcut) };
  }

  /** Makes a layer of a configuration, branches included, with fresh weights. */
  static override fromConfig<T extends tf.serialization.Serializable>(
    cls: tf.serialization.SerializableConstructor<T>,
    config: tf.serialization.ConfigDict,
  ): T {
    return new cls(restore(config));
  }

  /** Disposes of the layer's own weights and of the branches' if nothing else uses them. */
  protected override disposeWeights(): number {
    const own = [...super.trainableWeights, ...super.nonTrainableWeights];
    for (const weight of own) weight.dispose();
    return this.layers.reduce((count, layer) => count + release(layer), own.length);
  }
}

/**
 * Refuses what is no layer, and layers that cannot be told apart.
 *
 * @param layers The layers inside, by what they are called; JavaScript callers may give anything.
 * @param className Class of the layer around them, for the error.
 * @throws {TypeError} If one is not a layer, or two are the same.
 * @throws {RangeError} If two have one name.
 */
export function checkLayers(
  layers: Readonly<Record<string, tf.layers.Layer>>,
  className: string,
): void {
  const action = `Cannot create a ${className}:`;
  const entries = Object.entries(layers);
  for (const [i, [what, layer]] of entries.entries()) {
    checkLayer(layer, `${action} ${what}`);
    for (const [other, before] of entries.slice(0, i)) {
      if (layer === before) {
        throw new TypeError(
          `${action} ${other} and ${what} must be two layers, got "${layer.name}" twice`,
        );
      }
      if (layer.name === before.name) {
        throw new RangeError(
          `${action} ${other} and ${what} must have different names, ` +
            `since their weights are saved under them, got "${layer.name}" twice`,
        );
      }
    }
  }
}

function checkLayer(value: unknown, what: string): void {
  if (value instanceof tf.layers.Layer) return;
  const got = Array.isArray(value) ? "an array" : typeof value;
  throw new TypeError(`${what} must be a layer or a model, got ${got}`);
}

/**
 * The shape of two tensors that must have one; neither side is broadcast. A dimension that is `null`,
 * not known before a tensor arrives, agrees with every other: the check is made again on the tensor.
 *
 * @param block Shape of the block's output, batch first.
 * @param other Shape of what it is merged with.
 * @param options.action What is done with them, in words, for the error.
 * @returns The common shape; a dimension known on one side only is known in it.
 * @throws {RangeError} If the ranks or two known dimensions differ.
 */
export function equalShape(
  block: tf.Shape,
  other: tf.Shape,
  options: { readonly action: string },
): tf.Shape {
  if (!agree(block, other)) {
    throw new RangeError(
      `Cannot ${options.action}: shapes must be equal, ` +
        `got ${JSON.stringify(block)} and ${JSON.stringify(other)}`,
    );
  }
  return block.map((size, axis) => size ?? other[axis]);
}

/** What is merged with the block's output, for errors. */
export function shortcutInWords({ shortcut }: Pick<ResidualBase, "shortcut">): string {
  return shortcut === undefined ? "its input" : "the shortcut's output";
}

/** Whether two shapes are equal as far as both are known. */
export function agree(one: tf.Shape, other: tf.Shape): boolean {
  return one.length === other.length &&
    one.every((size, axis) => size === null || other[axis] === null || size === other[axis]);
}

/**
 * The only shape among the inputs or outputs of a layer.
 *
 * @param shapes One shape, or a list of them as TensorFlow.js gives it to and takes from layers.
 * @param options.of What has that shape, in words, for the error.
 * @throws {RangeError} If there are several shapes, or none.
 */
export function onlyShape(
  shapes: tf.Shape | tf.Shape[],
  options: { readonly of: string },
): tf.Shape {
  if (!isList(shapes)) return shapes;
  if (shapes.length === 1) return shapes[0];
  throw new RangeError(
    `Cannot build a residual connection: ${options.of} must be one tensor, got ${shapes.length}`,
  );
}

function isList(shapes: tf.Shape | tf.Shape[]): shapes is tf.Shape[] {
  return Array.isArray(shapes[0]);
}

type Layer = tf.layers.Layer;

/**
 * Gives up one use of a layer inside another, and disposes of its weights if that was the last.
 * A model counts one use more, by the variable that it was made in, which ends with its last
 * use as a layer, as it does in a model of TensorFlow.js.
 *
 * @returns How many weights were disposed of.
 */
export function release(layer: Layer): number {
  const { refCountAfterDispose, numDisposedVariables } = layer.dispose();
  const last = layer instanceof tf.LayersModel && refCountAfterDispose === 1;
  return numDisposedVariables + (last ? layer.dispose().numDisposedVariables : 0);
}

/** The shape of a layer's output, or of each of its outputs, for one input. */
export function outputShape(layer: Layer, inputShape: tf.Shape): tf.Shape | tf.Shape[] {
  buildSequential(layer);
  return layer.computeOutputShape(inputShape);
}

/** A Sequential does not know its inputs before it is built, also within `timeDistributed`. */
function buildSequential(layer: Layer): void {
  if (layer instanceof tf.Sequential && !layer.built) layer.build();
  const { layer: wrapped } = layer as { readonly layer?: unknown };
  if (wrapped instanceof tf.layers.Layer) buildSequential(wrapped);
}
