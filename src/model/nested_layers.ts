/**
 * The layers inside of a model, and the penalties of their regularizers.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import { isPlain } from "../validate.ts";

type Layer = tf.layers.Layer;

/**
 * A layer or a model, and every layer within it, each once however often it is used: those of models and
 * residual layers, the layers of wrappers such as `timeDistributed` and `bidirectional`, the cells of
 * recurrent layers, and those that a layer of your own keeps in its properties, also in lists, maps and plain
 * objects, as Keras finds them.
 */
export function nestedLayers(layer: Layer): Set<Layer> {
  const found = new Set<Layer>();
  const visit = (layer: Layer) => {
    if (found.has(layer)) return;
    found.add(layer);
    for (const inner of innerLayers(layer)) visit(inner);
  };
  visit(layer);
  return found;
}

/** The layers right inside of a layer. */
export function innerLayers(layer: Layer): Layer[] {
  const { layers } = layer as { readonly layers?: unknown }; // an accessor in models
  const inner = Array.isArray(layers) ? layers.filter(isLayer) : [];
  for (const [name, value] of Object.entries(layer)) {
    if (name === "layer" && isBidirectional(layer)) continue;
    if (name === "userDefinedMetadata") continue; // of a model: numbers, such as a run's record
    if (typeof value === "object" && value !== null) addLayers(value, { to: inner, around: [] });
  }
  return inner;
}

/** Adds an object that is a layer, or those within a list, a map or a plain object. */
function addLayers(
  value: object,
  { to, around }: { readonly to: Layer[]; readonly around: readonly object[] },
): void {
  if (isLayer(value)) {
    to.push(value);
  } else if (!around.includes(value)) {
    for (const part of partsOf(value)) {
      if (typeof part !== "object" || part === null) continue;
      addLayers(part, { to, around: [...around, value] });
    }
  }
}

function partsOf(value: object): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value instanceof Map || value instanceof Set) return [...value.values()];
  return isPlain(value) ? Object.values(value) : [];
}

/** Its `layer` is only the pattern from which it made the two that it uses. */
function isBidirectional(layer: Layer): boolean {
  return "forwardLayer" in layer;
}

/** By its methods: TensorFlow.js may have been loaded twice. */
export function isLayer(value: unknown): value is Layer {
  if (typeof value !== "object" || value === null) return false;
  const { getClassName, computeOutputShape, name } = value as Partial<Layer>;
  return typeof getClassName === "function" && typeof computeOutputShape === "function" &&
    typeof name === "string";
}

/** A regularizer's penalty on one weight. */
export type Penalty = Layer["losses"][number];

/**
 * The penalties of a layer's weights and of those inside of it, each once, as Keras counts them.
 * TensorFlow.js's `calculateLosses` counts a layer as often as it is used, and none inside of a model
 * or a recurrent layer.
 */
export function penaltiesOf(layer: Layer): Penalty[] {
  const penalties = new Set<Penalty>();
  for (const each of nestedLayers(layer)) {
    if (isBidirectional(each)) continue; // it gives those of its pattern
    for (const penalty of each.losses ?? []) penalties.add(penalty);
  }
  return [...penalties];
}
