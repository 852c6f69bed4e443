/**
 * The gradient tap as a layer.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { formatValue } from "../validate.ts";
import { Listeners, type ListenOptions } from "./listeners.ts";
import type { GradientListener } from "./tap.ts";

/** What a {@linkcode Probe} is made of. */
export interface ProbeArgs {
  /** What the probe is found by; unique in the model, nested layers included. */
  readonly name: string;
  /** Shape of one instance; needed only by the first layer of a `Sequential`. */
  readonly inputShape?: tf.Shape;
}

/**
 * The identity, `y = x`, which hands the gradient dL/dx to its listeners in the backward pass.
 *
 * - x and y: [batch, …], any shape
 *
 * Put at the entrance of a block it listens to the gradient through the block, as the shortcut of a
 * residual connection the gradient around it. Without listeners it costs nothing. Listeners belong
 * to this instance: they are not saved with the model.
 */
export class Probe extends tf.layers.Layer {
  /** The name under which the class is saved. */
  static readonly className: string = "Probe";

  readonly #listeners = new Listeners(this);

  /** Makes a probe without listeners. */
  constructor(args: ProbeArgs) {
    checkArgs(args);
    super(args);
    this.supportsMasking = true; // the identity passes a mask on too
  }

  /**
   * Hands every gradient to a listener, or the values themselves, from the next forward pass on. A tensor
   * that it returns takes their place. Who listens first hears first, and the next hears what is left.
   *
   * @returns A function that ends this, from the next forward pass on.
   * @throws {TypeError} If the listener is no function, or `of` is neither.
   */
  listen(listener: GradientListener, options?: ListenOptions): () => void {
    return this.#listeners.add(listener, options);
  }

  /** How many listeners it has now; a running `train` adds its own only within each step. */
  get listenerCount(): number {
    return this.#listeners.count;
  }

  /** Returns its input, tapped once for every listener to its gradient. */
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    return tf.tidy(() => this.#listeners.tapGradient(this.#listeners.hearActivation(x)));
  }
}

tf.serialization.registerClass(Probe);

function checkArgs(args: unknown): void {
  if (typeof args !== "object" || args === null) {
    throw new TypeError(`Cannot create a Probe: it needs { name }, got ${formatValue(args)}`);
  }
  const { name } = args as Partial<ProbeArgs>;
  if (typeof name !== "string" || name === "") {
    throw new TypeError(
      `Cannot create a Probe: it needs a name to be found by, got ${formatValue(name)}`,
    );
  }
}

/**
 * Makes a {@linkcode Probe}, an identity layer that listens to the gradient.
 *
 * @throws {TypeError} If there is no name.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { probe, residual } from "@residual/connection";
 *
 * const block = tf.sequential({
 *   layers: [probe({ name: "x_in", inputShape: [8] }), tf.layers.dense({ units: 8 })],
 * });
 * const layer = residual({ block, shortcut: probe({ name: "x_res" }) });
 * ```
 */
export function probe(args: ProbeArgs): Probe {
  return new Probe(args);
}
