/**
 * A model's weights as they are saved: the names that loading finds them by, and their bits. Importing this
 * module puts it in the place of what TensorFlow.js's models do, for every way to save and load.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { innerLayers, nestedLayers } from "./nested_layers.ts";
import { replaceMethod } from "./replace_method.ts";
import "./sequential.ts";
import "./shared_layers.ts";

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
  /** The layers that are in several places of the model. */
  readonly shared: ReadonlySet<Layer>;
  /** Whether it is one of these, or inside of one. */
  readonly isShared: boolean;
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
function placed(layer: Layer, { place, scope, shared, isShared }: Place): Placed[] {
  isShared ||= shared.has(layer);
  const inside = { place: [...place, layer.name], shared, isShared };
  if (layer instanceof tf.LayersModel) {
    return layer.layers.flatMap((inner) => placed(inner, { ...inside, scope: "" }));
  }
  const inner = partsOf(layer, shared).flatMap((part) =>
    placed(part, { ...inside, scope: `${scope}${layer.name}/` })
  );
  const others = new Set(inner.map(({ weight }) => weight));
  const own = layer.weights.filter((weight) => !others.has(weight)).map((weight) => {
    return { weight, name: nameOf(weight, { layer, scope, isShared }), place };
  });
  return [...own, ...inner];
}

/** The layers inside of one that is no model whose weights are named for themselves. */
function partsOf(layer: Layer, shared: ReadonlySet<Layer>): readonly Layer[] {
  if (isResidual(layer)) return layer.layers;
  return innerLayers(layer).filter((inner) =>
    [...nestedLayers(inner)].some((each) => shared.has(each))
  );
}

/**
 * The name that a weight has in a model that was loaded. Before, it has the name of the place where its layer
 * was built, which for a layer in several places may be any of them.
 */
function nameOf(
  { originalName }: tf.LayerVariable,
  { layer, scope, isShared }: {
    readonly layer: Layer;
    readonly scope: string;
    readonly isShared: boolean;
  },
): string {
  const start = `/${originalName}`.indexOf(`/${layer.name}/`);
  if (start >= 0 && !isShared) return scope + originalName.slice(start);
  const isAroundModel = [...nestedLayers(layer)].some((each) => each instanceof tf.LayersModel);
  if (isAroundModel && !isShared) return originalName; // a wrapper's: from a layer of the model
  return `${scope}${layer.name}/${originalName.slice(originalName.lastIndexOf("/") + 1)}`;
}

/** The layers that are right inside of several others. */
function sharedLayers(model: tf.LayersModel): Set<Layer> {
  const [shared, seen] = [new Set<Layer>(), new Set<Layer>()];
  const visit = (layer: Layer) => {
    const inner = layer instanceof tf.LayersModel ? layer.layers : innerLayers(layer);
    for (const each of new Set(inner)) {
      if (seen.has(each)) {
        shared.add(each);
        continue;
      }
      seen.add(each);
      visit(each);
    }
  };
  visit(model);
  return shared;
}

/**
 * A model's weights, each once, by the names under which they are saved, which are those that TensorFlow.js
 * gives them when it loads the model. Of several weights of one name, all but the first have the names of
 * the layers around them in front.
 */
export function weightsByName(model: tf.LayersModel): Map<string, tf.LayerVariable> {
  const found = new Map<string, tf.LayerVariable>();
  const seen = new Set<tf.LayerVariable>();
  const outside = { place: [], scope: "", shared: sharedLayers(model), isShared: false };
  for (const layer of model.layers) {
    for (const { weight, name, place } of placed(layer, outside)) {
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
      const names = new Map(Array.from(weightsByName(this), ([name, weight]) => [weight, name]));
      const weights = new Set(trainableOnly ? this.trainableWeights : this.weights);
      return Array.from(weights, (weight) => ({ name: names.get(weight)!, tensor: weight.read() }));
    },
);

type LoadWeights = (weights: tf.NamedTensorMap, strict?: boolean) => void;

replaceMethod<LoadWeights, object>(
  { className: "Model", method: "loadWeights" },
  {},
  (stock) =>
    function (this: tf.LayersModel, weights, strict = true) {
      const own = weightsByName(this);
      withoutConstraints(own.values(), () => {
        if (isFoundByTensorFlow(this, { own, weights })) return stock.call(this, weights, strict);
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

/** Whether TensorFlow.js, which knows weights by the names of their variables, finds each of them, once. */
function isFoundByTensorFlow(
  { layers }: tf.LayersModel,
  { own, weights }: {
    readonly own: ReadonlyMap<string, tf.LayerVariable>;
    readonly weights: tf.NamedTensorMap;
  },
): boolean {
  const all = layers.flatMap((layer) => layer.weights);
  const names = new Set(all.map(({ originalName }) => originalName));
  return names.size === all.length &&
    ([...own].every(([name, { originalName }]) => name === originalName) ||
      Object.keys(weights).every((name) => names.has(name)));
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
