/**
 * Who listens at one place of a forward pass: to the values there, and to their gradient.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { check } from "../validate.ts";
import { editedBy, type PlaceName } from "./edits.ts";
import { checkListener, countTap, type GradientListener, tapAt } from "./tap.ts";

/** What is listened to: the gradient in the backward pass, or the values in the forward pass. */
export type ListenTarget = "gradient" | "activation";

/** What a listener listens to. */
export interface ListenOptions {
  /**
   * The gradient, or the values themselves, which the listener is given in the forward pass, under the same
   * rules: a tensor that it returns takes their place, and the gradient goes back through what made it.
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
  readonly #probe: { readonly name: string };
  #taps = 0;

  /** Called once by each probe. */
  constructor(probe: { readonly name: string }) {
    listenersOf.set(probe, this);
    this.#probe = probe;
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

  /** Hands the values to those who listen to them, in turn, and gives them as the last one leaves them. */
  hearActivation(x: tf.Tensor): tf.Tensor {
    this.#taps += this.#of.activation.size;
    const place = `the activation at ${this.#probe.name}`;
    return [...this.#of.activation].reduce((x, listener) => hearValue(place, x, listener), x);
  }

  /** The tensor, tapped once for every listener to its gradient: who came first hears it first. */
  tapGradient(x: tf.Tensor): tf.Tensor {
    this.#taps += this.#of.gradient.size;
    const place = `the gradient at ${this.#probe.name}`;
    return [...this.#of.gradient].reduceRight((x, listener) => tapAt(place, x, listener), x);
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
 * Hands a tensor to a listener, and gives what takes its place. What the listener computes is a part of the
 * loss where it returns it; what it does not return leads to no loss, and so changes no gradient.
 */
function hearValue(place: PlaceName, x: tf.Tensor, listener: GradientListener): tf.Tensor {
  countTap();
  return tf.tidy(() => {
    const heard = x.clone();
    const result = editedBy(listener(heard), { heard, place });
    return result === heard ? x : result.clone();
  });
}
