/**
 * What is measured in a run, by column.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import { type DataSet, findProbes, type Measures, ResidualA } from "@residual/connection";
import { gradientDiagnostics, layerDiagnostics } from "./diagnostics.ts";
import { flowDiagnostics } from "./gradient_flow.ts";
import { noiseDiagnostics } from "./noise.ts";
import type { Settings } from "./settings.ts";

/**
 * What is measured at every step, and the diagnostics.
 *
 * @param data The set whose training images the noise is measured on.
 */
export function measuresOf(
  model: tf.LayersModel,
  { diagnostics }: Pick<Settings, "diagnostics">,
  { train }: Pick<DataSet, "train">,
): [everyStep: Measures, diagnostics: Measures] {
  switch (diagnostics) {
    case "none":
      return [everyStep(model), {}];
    case "gradients":
      return [everyStep(model), gradientDiagnostics(model)];
    case "layers": // About weights alone: below frozen layers no gradient would reach the probes.
      return [{}, layerDiagnostics(model)];
    case "noise":
      return [everyStep(model), noiseDiagnostics(model, train)];
    case "flow":
      return [everyStep(model), flowDiagnostics(model)];
  }
}

/** At every step: the gradient norms at the probes, and `a` where there is one. */
export function everyStep(model: tf.LayersModel): Measures {
  const norms = [...findProbes(model).keys()].map((probe) => [probe, { probe }]);
  const scaled = model.layers.find((layer) => layer instanceof ResidualA);
  const a = scaled === undefined ? {} : { a: { compute: () => (scaled as ResidualA).a.read() } };
  return { ...Object.fromEntries(norms), ...a };
}
