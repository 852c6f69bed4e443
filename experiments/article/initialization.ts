/**
 * PyTorch's default initialisation from our own seed: weights and biases uniform in ±1/√fan_in.
 *
 * Each weight draws from a generator of its own, seeded by the run's seed and the weight's place in
 * {@linkcode LAYERS}, so that the variants of one seed start from identical numbers, on every backend.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** The layers with weights, in the notebook's order. */
export const LAYERS = ["b1c1", "b1c2", "b1c3", "b2c1", "b2c2", "cls"] as const;

/** One of {@linkcode LAYERS}. */
export type LayerName = (typeof LAYERS)[number];

type Initializer = ReturnType<typeof tf.initializers.randomUniform>;

/** The initialisers of a layer whose every output sums over `fanIn` inputs. */
export function pytorchDefault(
  layer: LayerName,
  { fanIn, seed }: { readonly fanIn: number; readonly seed: number },
): { readonly kernelInitializer: Initializer; readonly biasInitializer: Initializer } {
  const bound = 1 / Math.sqrt(fanIn);
  const uniform = (weight: string) =>
    tf.initializers.randomUniform({
      minval: -bound,
      maxval: bound,
      seed: fnv1a(`${weight}/${seed}`),
    });
  return {
    kernelInitializer: uniform(`${layer}/kernel`),
    biasInitializer: uniform(`${layer}/bias`),
  };
}

/** 32 bits that differ for different texts (Fowler, Noll and Vo's hash, version 1a). */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
