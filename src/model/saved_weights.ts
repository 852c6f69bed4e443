/**
 * A model's weights as they are saved: the names that loading finds them by, and their bits. Importing this
 * module puts it in the place of what TensorFlow.js's models do, for every way to save and load.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { replaceMethod } from "./replace_method.ts";

type Layer = tf.layers.Layer;

/** A weight, and where it is in a model. */
interface Placed {
  readonly weight: tf.LayerVariable;
  /** The name that it has in a model that was loaded. */
  readonly name: string;
  /** The names of the layers around it. */
  readonly place: readonly string[];
}

/** Where a layer is in a model. */
interface Place {
  /** The names of the layers around it. */
  readonly place: readonly string[];
  /** What the names of its weights begin with: the residual layers that it is a branch of. */
  readonly scope: string;
}

/** A layer that builds the layers inside of it, which gives their weights its name. */
interface Residual extends Layer {
  readonly block: Layer;
  readonly layers: readonly Layer[];
}

function isResidual(layer: Layer): layer is Residual {
  return "block" in layer && Array.isArray((layer as Partial<Residual>).layers);
}

/** The weights of a layer, those of a model's layers in their order. */
function placed(layer: Layer, { place, scope }: Place): Placed[] {
  const inside = [...place, layer.name];
  if (layer instanceof tf.LayersModel) {
    return layer.layers.flatMap((inner) => placed(inner, { place: inside, scope: "" }));
  }
  const inner = isResidual(layer)
    ? layer.layers.flatMap((branch) =>
      placed(branch, { place: inside, scope: `${scope}${layer.name}/` })
    )
    : [];
  const others = new Set(inner.map(({ weight }) => weight));
  const own = layer.weights.filter((weight) => !others.has(weight)).map((weight) => {
    // A layer that was built elsewhere has the name of that place.
    const start = `/${weight.originalName}`.indexOf(`/${layer.name}/`);
    const name = start < 0 ? weight.originalName : scope + weight.originalName.slice(start);
    return { weight, name, place };
  });
  return [...own, ...inner];
}

/**
 * A model's weights, each once, by the names under which they are saved, which are those that TensorFlow.js
 * gives them when it loads the model. Of several weights of one name, all but the first have the names of
 * the layers around them in front.
 */
export function weightsByName(model: tf.LayersModel): Map<string, tf.LayerVariable> {
  const found = new Map<string, tf.LayerVariable>();
  const seen = new Set<tf.LayerVariable>();
  for (const layer of model.layers) {
    for (const { weight, name, place } of placed(layer, { place: [], scope: "" })) {
      if (seen.has(weight)) continue;
      seen.add(weight);
      found.set(found.has(name) ? unused([...place, name].join("/"), found) : name, weight);
    }
  }
  return found;
}

function unused(name: string, found: ReadonlyMap<string, unknown>): string {
  let [unique, count] = [name, 1];
  while (found.has(unique)) unique = `${name}_${count++}`;
  return unique;
}

/** What `getNamedWeights` of a model gives. */
type NamedTensors = { readonly name: string; readonly tensor: tf.Tensor }[];

replaceMethod<(config?: tf.io.SaveConfig) => NamedTensors, object>(
  { className: "Model", method: "getNamedWeights" },
  {},
  () =>
    function (this: tf.LayersModel, { trainableOnly = false } = {}) {
      checkPlaces(this);
      const names = new Map(Array.from(weightsByName(this), ([name, weight]) => [weight, name]));
      const weights = new Set(trainableOnly ? this.trainableWeights : this.weights);
      return Array.from(weights, (weight) => ({ name: names.get(weight)!, tensor: weight.read() }));
    },
);

/**
 * Loading makes a layer for each place in which it is described, so that one that is in several would be
 * several from then on; residual layers say of a branch which of them share it.
 *
 * @throws {TypeError} If a layer is in several places otherwise.
 */
function checkPlaces(model: tf.LayersModel): void {
  const parents = new Map<Layer, Layer>();
  const visit = (parent: Layer) => {
    const inner = parent instanceof tf.LayersModel || isResidual(parent) ? parent.layers : [];
    for (const layer of inner) {
      const other = parents.get(layer);
      if (other === parent || layer.weights.length === 0) continue;
      if (other !== undefined) {
        if (isResidual(other) && isResidual(parent)) continue;
        throw new TypeError(
          `Cannot save the model: the layer "${layer.name}" must be in one place, or be a branch of ` +
            `residual layers, got it in "${other.name}" and "${parent.name}", and loading would make ` +
            "two of it; use one model for both places",
        );
      }
      parents.set(layer, parent);
      visit(layer);
    }
  };
  visit(model);
}

type LoadWeights = (weights: tf.NamedTensorMap, strict?: boolean) => void;

replaceMethod<LoadWeights, object>(
  { className: "Model", method: "loadWeights" },
  {},
  (stock) =>
    function (this: tf.LayersModel, weights, strict = true) {
      const own = weightsByName(this);
      withoutConstraints(own.values(), () => {
        if (isFoundByTensorFlow(this, own)) return stock.call(this, weights, strict);
        const missing = [...own.keys()].filter((name) => weights[name] === undefined);
        const others = Object.keys(weights).filter((name) => !own.has(name));
        if (strict && missing.length + others.length > 0) {
          throw new RangeError(
            `Cannot load the weights: they must be those of the model's layers, got ` +
              (missing.length > 0 ? `none named ${missing[0]}` : `one named ${others[0]}`),
          );
        }
        for (const [name, weight] of own) {
          if (weights[name] !== undefined) weight.write(weights[name]);
        }
      });
    },
);

/** Whether each layer's weights have their names, and none is there twice, which TensorFlow.js refuses. */
function isFoundByTensorFlow(
  { layers }: tf.LayersModel,
  own: ReadonlyMap<string, tf.LayerVariable>,
): boolean {
  const weights = layers.flatMap((layer) => layer.weights);
  return weights.length === own.size &&
    [...own].every(([name, { originalName }]) => name === originalName);
}

/**
 * Writes weights as they are. TensorFlow.js applies constraints to what it loads, which changes bits:
 * `maxNorm` divides by the norm and a small number.
 */
function withoutConstraints(weights: Iterable<tf.LayerVariable>, write: () => void): void {
  const all = [...weights] as unknown as { constraint: unknown }[]; // private in TypeScript only
  const constraints = all.map(({ constraint }) => constraint);
  for (const weight of all) weight.constraint = null;
  try {
    write();
  } finally {
    all.forEach((weight, i) => weight.constraint = constraints[i]);
  }
}
