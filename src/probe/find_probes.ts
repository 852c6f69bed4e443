/**
 * Finding the probes of a model.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import { isLayer, nestedLayers } from "../model/nested_layers.ts";
import { formatValue } from "../validate.ts";
import { Probe } from "./probe.ts";

/**
 * All probes of a model by name, in the order of its layers. The search goes into models, `Sequential`s,
 * residual layers, wrappers such as `timeDistributed`, and layers of your own that keep others in their
 * properties, also in lists, maps and plain objects.
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
  for (const layer of nestedLayers(model)) {
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

function checkLayer(model: unknown): void {
  if (isLayer(model)) return;
  throw new TypeError(
    `Cannot find probes: this takes a model or a layer, got ${formatValue(model)}`,
  );
}

// By name: a model that was loaded has the class that was registered last, which is another one
// if this module was loaded twice.
function isProbe(layer: tf.layers.Layer): layer is Probe {
  return layer.getClassName() === Probe.className;
}
