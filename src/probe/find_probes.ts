/**
 * Finding the probes of a model.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import { formatValue } from "../validate.ts";
import { Probe } from "./probe.ts";

/**
 * All probes of a model by name, in the order of its layers. The search goes into every layer that
 * has `layers` of its own: models, `Sequential`s, residual layers.
 *
 * @param model A model, or a single layer.
 * @throws {TypeError} If it is neither.
 * @throws {RangeError} If two probes have one name.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { findProbes, probe, residual } from "@residual/connection";
 *
 * const block = tf.layers.dense({ units: 8 });
 * const layer = residual({ block, shortcut: probe({ name: "x_res" }), inputShape: [8] });
 * const probes = findProbes(tf.sequential({ layers: [layer] }));
 *
 * const stop = probes.get("x_res")!.listen((gradient) => console.log(gradient.shape));
 * stop();
 * ```
 */
export function findProbes(model: tf.layers.Layer): Map<string, Probe> {
  checkLayer(model);
  const probes = new Map<string, Probe>();
  for (const layer of new Set(nested(model))) {
    if (!isProbe(layer)) continue;
    if (probes.has(layer.name)) {
      throw new RangeError(
        `Cannot tell the probes of "${model.name}" apart: names must be unique, ` +
          `got "${layer.name}" twice`,
      );
    }
    probes.set(layer.name, layer);
  }
  return probes;
}

// By its methods: TensorFlow.js may have been loaded twice.
function checkLayer(model: unknown): void {
  const { getClassName, name } = Object(model) as Partial<tf.layers.Layer>;
  if (typeof getClassName !== "function" || typeof name !== "string") {
    throw new TypeError(
      `Cannot find probes: this takes a model or a layer, got ${formatValue(model)}`,
    );
  }
}

function* nested(layer: tf.layers.Layer): Generator<tf.layers.Layer> {
  yield layer;
  if (!hasLayers(layer)) return;
  for (const inner of layer.layers) yield* nested(inner);
}

function hasLayers(
  layer: tf.layers.Layer,
): layer is tf.layers.Layer & { readonly layers: readonly tf.layers.Layer[] } {
  return "layers" in layer && Array.isArray(layer.layers);
}

// By name: a model that was loaded has the class that was registered last, which is another one
// if this module was loaded twice.
function isProbe(layer: tf.layers.Layer): layer is Probe {
  return layer.getClassName() === Probe.className;
}
