/**
 * Dropout with a seed: a sequence of masks, another one in each training step.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import { type Call, replaceMethod } from "./replace_method.ts";

/** TensorFlow.js's layer, with fields that are private in TypeScript only. */
interface Dropout extends tf.layers.Layer {
  seed?: number | string;
}

/** The training step that is running. */
interface StepContext {
  step?: number;
  /** How many masks were drawn in it, by seed. */
  readonly drawn: Map<unknown, number>;
}

/**
 * In a training step the seed is that of the mask's place in the sequence. TensorFlow.js draws the
 * first mask again each time. The numbers come from the host, the same ones on every backend.
 */
const context = replaceMethod<Call, StepContext>(
  { className: "Dropout", method: "call" },
  { drawn: new Map() },
  (stock) =>
    function (this: Dropout, inputs, kwargs) {
      const { seed } = this;
      this.seed = seedOfNextMask(seed);
      try {
        return stock.call(this, inputs, kwargs);
      } finally {
        this.seed = seed;
      }
    },
);

/**
 * The seed of the next mask that a layer draws: in a training step that of the mask's place in the
 * sequence, else the layer's own. Without a seed there is none.
 */
export function seedOfNextMask(seed: number | string | undefined): number | string | undefined {
  const { step, drawn } = context;
  if (seed === undefined || seed === null || step === undefined) return seed;
  const nth = drawn.get(seed) ?? 0;
  drawn.set(seed, nth + 1);
  return `${seed}, step ${step}, mask ${nth}`;
}

/** Runs a function in which dropout layers with a seed draw the masks of a training step. */
export function withMasksOf<T>(step: number, run: () => T): T {
  const before = context.step;
  context.step = step;
  context.drawn.clear();
  try {
    return run();
  } finally {
    context.step = before;
  }
}
