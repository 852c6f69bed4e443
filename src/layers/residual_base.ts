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

/**
 * The base of the connections, and of those that you add: it merges `block(x)` and `shortcut(x)`,
 * two tensors of equal shape, and keeps the contract of a TensorFlow.js layer for both branches.
 *
 * `y = merge(block(x), shortcut(x))`, the identity being the default shortcut.
 *
 * - x: [batch, …], any rank
 * - block(x), shortcut(x) and y: [batch, …], all of one shape
 *
 * A class of your own needs `className`, under which it is saved, and `merge`. Weights are added in
 * `build` by `addWeight`, behind `super.build`, and options go into `getConfig`, from which a saved
 * layer is made again once the class is registered.
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

  /** Makes a layer of its branches; they are built with it. */
  constructor(args: ResidualArgs) {
    super(args);
    checkBranches(args, this.getClassName());
    this.block = args.block;
    this.shortcut = args.shortcut;
    if (args.trainable === false) this.trainable = false;
  }

  /** Merges the branches' outputs, of equal shape, into a tensor of that shape. */
  protected abstract merge(block: tf.Tensor, shortcut: tf.Tensor): tf.Tensor;

  /** The layers inside this one, as in a `LayersModel`: the block, and the shortcut if given. */
  get layers(): tf.layers.Layer[] {
    return this.shortcut === undefined ? [this.block] : [this.block, this.shortcut];
  }

  /** Builds both branches for inputs of this shape. */
  override build(inputShape: tf.Shape | tf.Shape[]): void {
    this.computeOutputShape(inputShape); // refuses before there are weights to dispose of
    const shape = onlyShape(inputShape, { of: "its input" });
    // A symbolic call, not build(): it puts the branch's name into the names of its weights, and
    // counts as a use of the branch when it comes to disposing of it.
    const x = tf.input({ batchShape: shape, name: `${this.name}_input` });
    for (const layer of this.layers) layer.apply(x);
    this.inputSpec = [{ ndim: shape.length }];
    super.build(inputShape);
  }

  /** Computes the layer's output from one tensor. */
  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Record<string, unknown>): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      const block = this.block.apply(x, kwargs) as tf.Tensor;
      const shortcut = (this.shortcut?.apply(x, kwargs) ?? x) as tf.Tensor;
      const shape = this.#sumShape(block.shape, shortcut.shape);
      const y: unknown = this.merge(block, shortcut);
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

  /** The shape of the branches' outputs. */
  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const x = onlyShape(inputShape, { of: "its input" });
    const block = onlyShape(outputShape(this.block, x), { of: "the block's output" });
    if (this.shortcut === undefined) return this.#sumShape(block, x);
    const shortcut = outputShape(this.shortcut, x);
    return this.#sumShape(block, onlyShape(shortcut, { of: "the shortcut's output" }));
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

  #sumShape(block: tf.Shape, shortcut: tf.Shape): tf.Shape {
    const to = this.shortcut === undefined ? "its input" : "the shortcut's output";
    return sumShape(block, shortcut, { to });
  }
}

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

/**
 * The shape of `block(x) + other`, where neither side is broadcast. A dimension that is `null`, not
 * known before a tensor arrives, agrees with every other: the check is made again on the tensor.
 *
 * @param block Shape of the block's output, batch first.
 * @param other tf.Shape of what it is added to.
 * @param options.to What it is added to, in words, for the error.
 * @returns The common shape; a dimension known on one side only is known in it.
 * @throws {RangeError} If the ranks or two known dimensions differ.
 */
export function sumShape(
  block: tf.Shape,
  other: tf.Shape,
  options: { readonly to: string },
): tf.Shape {
  if (!agree(block, other)) {
    throw new RangeError(
      `Cannot add the block's output to ${options.to}: shapes must be equal, ` +
        `got ${JSON.stringify(block)} and ${JSON.stringify(other)}`,
    );
  }
  return block.map((size, axis) => size ?? other[axis]);
}

/** Whether two shapes are equal as far as both are known. */
function agree(one: tf.Shape, other: tf.Shape): boolean {
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
