/**
 * What a layer needs to know of the layers inside it that TensorFlow.js keeps differently in a
 * layer and in a model.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

type Layer = tf.layers.Layer;

/** The regularizers of a layer's weights. A model's own list is empty: its layers have them. */
export function regularizers(layer: Layer): Layer["losses"] {
  return layer instanceof tf.LayersModel ? layer.layers.flatMap(regularizers) : layer.losses;
}

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
  // A Sequential does not know its inputs before it is built.
  if (layer instanceof tf.Sequential && !layer.built) layer.build();
  return layer.computeOutputShape(inputShape);
}
