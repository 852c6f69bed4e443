/**
 * All layers of a model, also those within others.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";

/**
 * A layer or a model, and every layer within it, each once: those of models and residual layers, the
 * layers of wrappers such as `timeDistributed` and `bidirectional`, the cells of recurrent layers, and
 * those that a layer of your own keeps in its properties.
 */
export function nestedLayers(layer: tf.layers.Layer): Set<tf.layers.Layer> {
  const found = new Set<tf.layers.Layer>();
  const visit = (layer: tf.layers.Layer) => {
    if (found.has(layer)) return;
    found.add(layer);
    const { layers = [] } = layer as { readonly layers?: unknown };
    for (const value of [layers, ...Object.values(layer)]) {
      for (const each of Array.isArray(value) ? value : [value]) if (isLayer(each)) visit(each);
    }
  };
  visit(layer);
  return found;
}

/** By its methods: TensorFlow.js may have been loaded twice. */
export function isLayer(value: unknown): value is tf.layers.Layer {
  const { getClassName, computeOutputShape, name } = Object(value) as Partial<tf.layers.Layer>;
  return typeof getClassName === "function" && typeof computeOutputShape === "function" &&
    typeof name === "string";
}
