/**
 * Who listens at one place of a forward pass: to the values there, and to their gradient.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { check } from "../validate.ts";
import { checkListener, countTap, type GradientListener, tap } from "./tap.ts";

/** What is listened to: the gradient in the backward pass, or the values in the forward pass. */
export type ListenTarget = "gradient" | "activation";

/** What a listener listens to. */
export interface ListenOptions {
  /**
   * The gradient, or the values themselves, which the listener is given in the forward pass, under the same
   * rules.
   *
   * @default "gradient"
   */
  readonly of?: ListenTarget;
}

/** The listeners at each probe. */
const listenersOf = new WeakMap<object, Listeners>();

/** How many tensors a probe listened to so far, one for each listener at each use. */
export function tapsOf(probe: object): number {
  return listenersOf.get(probe)?.taps ?? 0;
}

/** The listeners at one place. */
export class Listeners {
  readonly #of = {
    gradient: new Set<GradientListener>(),
    activation: new Set<GradientListener>(),
  };
  #taps = 0;

  /** Called once by each probe. */
  constructor(probe: object) {
    listenersOf.set(probe, this);
  }

  /**
   * Adds a listener.
   *
   * @returns What takes it away.
   * @throws {TypeError} If the listener is no function, or is to hear what nobody hears.
   */
  add(listener: GradientListener, { of = "gradient" }: ListenOptions = {}): () => void {
    const action = of === "activation" ? "listen to an activation" : "listen to a gradient";
    checkListener(listener, action);
    checkListenTarget(of, action);
    const own: GradientListener = (heard) => listener(heard); // one entry for each call
    this.#of[of].add(own);
    return () => {
      this.#of[of].delete(own);
    };
  }

  /** Those of the gradient. */
  get ofGradient(): Iterable<GradientListener> {
    return this.#of.gradient;
  }

  /** How many there are. */
  get count(): number {
    return this.#of.gradient.size + this.#of.activation.size;
  }

  /** How many tensors they listened to so far, one for each listener at each use. */
  get taps(): number {
    return this.#taps;
  }

  /** Hands the values to those who listen to them. */
  hearActivation(x: tf.Tensor): void {
    for (const listener of this.#of.activation) {
      this.#taps++;
      hearValue(x, listener);
    }
  }

  /** The tensor, tapped once for every listener to its gradient. */
  tapGradient(x: tf.Tensor): tf.Tensor {
    this.#taps += this.#of.gradient.size;
    return [...this.#of.gradient].reduce(tap, x);
  }

  /** Counts taps that were made for the listeners elsewhere. */
  countTaps(count: number): void {
    this.#taps += count;
  }
}

/**
 * Fails unless it is something to listen to.
 *
 * @throws {TypeError} If it is not.
 */
export function checkListenTarget(of: unknown, action: string): asserts of is ListenTarget {
  const known = of === "gradient" || of === "activation";
  check(known, { action, name: "of", must: 'be "gradient" or "activation"', got: of });
}

/**
 * Hands a tensor to a listener. What that computes is not part of the loss: within a custom gradient nothing
 * is written on the tape.
 */
function hearValue(x: tf.Tensor, listener: GradientListener): void {
  countTap();
  tf.tidy(() => {
    tf.customGrad((x) => {
      const value = x as tf.Tensor;
      tf.tidy(() => {
        listener(value.clone());
      });
      return { value: value.clone(), gradFunc: (dy: tf.Tensor) => dy.clone() };
    })(x);
  });
}
