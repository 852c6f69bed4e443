/**
 * The connection with a gate, `y = T(x)·block(x) + (1 − T(x))·shortcut(x)`.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { check } from "../validate.ts";
import {
  equalShape,
  type MergeContext,
  onlyShape,
  outputShape,
  type ResidualArgs,
  ResidualBase,
  type SymbolicBranches,
} from "./residual_base.ts";
import { describe } from "./serialization.ts";

/** What a {@linkcode Highway} layer is made of. */
export interface HighwayArgs extends ResidualArgs {
  /**
   * The transform gate T, a layer or a model whose output has the block's output's shape, with numbers
   * from 0 to 1, such as a convolution with a sigmoid.
   *
   * @default `σ(x·W + b)` over the channels, the last axis
   */
  readonly gate?: tf.layers.Layer;
  /**
   * What the biases b of the default gate start from. Below 0, the input is carried on at first.
   *
   * @default {-1}
   */
  readonly transformBias?: number;
}

/**
 * `y = T(x)·block(x) + (1 − T(x))·shortcut(x)`, number by number, the identity being the default
 * shortcut: a gate that is learned says how much of the block's output is let through, and how much of
 * the input is carried on.
 *
 * - x: [batch, …], any rank
 * - block(x), shortcut(x), T(x) and y: [batch, …], all of one shape; nothing is broadcast
 * - of the default gate, `T(x) = σ(x·W + b)`: W, [channels, channels], and b, [channels], for an x of
 *   [batch, …, channels]; weights named `gate/kernel`, which starts from Glorot's uniform distribution,
 *   and `gate/bias`, −1 at the start
 *
 * Source: Srivastava et al., *Highway networks*, 2015.
 */
export class Highway extends ResidualBase {
  /** The name under which the class is saved. */
  static readonly className: string = "Highway";

  /** The transform gate. */
  readonly gate: tf.layers.Layer;

  /** Makes a layer of its branches and of its gate, or of what the biases of a gate start from. */
  constructor(args: HighwayArgs) {
    const { gate, transformBias } = args;
    check(gate === undefined || transformBias === undefined, {
      action: CREATE,
      name: "transformBias",
      must: "not be given beside a gate, which has biases of its own",
      got: transformBias,
    });
    const own = gate === undefined
      ? new TransformGate({ name: "gate", bias: transformBias ?? -1 })
      : gate;
    super(args, { gate: own });
    this.gate = own;
  }

  /** The gated sum. */
  protected override merge(
    block: tf.Tensor,
    shortcut: tf.Tensor,
    { x, kwargs }: MergeContext,
  ): tf.Tensor {
    const t = this.gate.apply(x, kwargs) as tf.Tensor;
    equalShape(block.shape, t.shape, GATING);
    return tf.add(tf.mul(t, block), tf.mul(tf.sub(1, t), shortcut));
  }

  /** The shape of both outputs and of the gate's. */
  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const shape = super.computeOutputShape(inputShape);
    const x = onlyShape(inputShape, { of: "its input" });
    const gate = onlyShape(outputShape(this.gate, x), { of: "the gate's output" });
    return equalShape(shape, gate, GATING);
  }

  /** Builds the gate. */
  protected override buildOthers({ x }: SymbolicBranches): void {
    this.gate.apply(x);
  }

  /** What `fromConfig` needs to make a layer like this one. */
  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), gate: describe(this.gate) };
  }
}

const CREATE = "create a Highway";
const GATING = { action: "multiply the block's output by the gate's" };

/** The default gate, `σ(x·W + b)` over the last axis: a dense layer with as many units as x has channels. */
class TransformGate extends tf.layers.Layer {
  static readonly className: string = "TransformGate";

  readonly #bias: number;
  #kernel!: tf.LayerVariable;
  #biases!: tf.LayerVariable;

  constructor(args: { readonly bias: number; readonly name?: string }) {
    const { bias } = args;
    check(Number.isFinite(bias), {
      action: CREATE,
      name: "transformBias",
      must: "be a number",
      got: bias,
    });
    super(args);
    this.#bias = bias;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const shape = onlyShape(inputShape, { of: "its input" });
    check(shape.length > 1 && typeof shape.at(-1) === "number", {
      action: "build the gate of a Highway",
      name: "the last axis of its input",
      must: "have a known size",
      words: JSON.stringify(shape),
      error: RangeError,
    });
    return shape;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const channels = this.computeOutputShape(inputShape).at(-1)!;
    const { glorotUniform, constant } = tf.initializers;
    this.#kernel = this.addWeight("kernel", [channels, channels], "float32", glorotUniform({}));
    const start = constant({ value: this.#bias });
    this.#biases = this.addWeight("bias", [channels], "float32", start);
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [x] = [inputs].flat();
      const rows = tf.reshape(x, [-1, x.shape.at(-1)!]) as tf.Tensor2D; // [all but channels, channels]
      const product = tf.matMul(rows, this.#kernel.read() as tf.Tensor2D);
      return tf.reshape(tf.sigmoid(tf.add(product, this.#biases.read())), x.shape);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), bias: this.#bias };
  }
}

tf.serialization.registerClass(Highway);
tf.serialization.registerClass(TransformGate);

/**
 * Makes a {@linkcode Highway} layer, `y = T(x)·block(x) + (1 − T(x))·shortcut(x)`.
 *
 * @throws {TypeError} If a branch or the gate is not a layer, two are the same, or the bias is no number
 * or is given beside a gate.
 * @throws {RangeError} If two layers have one name; when the layer is applied, if the shapes of the
 * branches' outputs and the gate's differ, or the number of channels is not known.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { highway } from "@residual/connection";
 *
 * const block = tf.layers.dense({ units: 2, kernelInitializer: "zeros" });
 * const layer = highway({ block, transformBias: -2, name: "highway" });
 * const y = layer.apply(tf.tensor2d([[0, 0]])) as tf.Tensor;
 *
 * console.log(await y.array()); // [[0, 0]]
 * console.log(layer.weights.map((weight) => weight.originalName).slice(2)); // the gate's:
 * // ["highway/gate/kernel", "highway/gate/bias"]
 * ```
 */
export function highway(args: HighwayArgs): Highway {
  return new Highway(args);
}
