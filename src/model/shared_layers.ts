/**
 * Layers that are in several places of a model, such as two models inside of it, are saved and loaded as one
 * layer, as in Keras. Importing this module puts it in the place of what TensorFlow.js's models do, which is to make
 * a layer for each place.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { create, type Description, isDescription } from "./descriptions.ts";
import { restoreModel } from "./functional_model.ts";
import { nestedLayers } from "./nested_layers.ts";
import { replaceFromConfig, replaceMethod } from "./replace_method.ts";
import { isPlain } from "../validate.ts";

type Layer = tf.layers.Layer;
type ConfigDict = tf.serialization.ConfigDict;

/** A description, with the number by which Keras, too, knows those of one layer. */
interface Shareable extends Description {
  readonly name?: string;
  sharedObjectId?: number;
}

/** Under which a configuration has the layer that it was made from, until all are made. */
const LAYER = Symbol("layer");

/** A configuration that is being made. */
type MarkedConfig = ConfigDict & { [LAYER]?: Layer };

/** Whether a model is being described, with the models inside of it. */
let isDescribing = false;

for (const className of ["Model", "Sequential"]) {
  replaceMethod<() => ConfigDict, object>(
    { className, method: "getConfig" },
    {},
    (stock) =>
      function (this: tf.LayersModel) {
        if (isDescribing) return stock.call(this);
        isDescribing = true;
        const inner = [...nestedLayers(this)].filter((layer) => layer !== this);
        const restore = inner.map(markConfig);
        try {
          const config = stock.call(this);
          numberShared(config);
          return config;
        } finally {
          for (const each of restore) each();
          isDescribing = false;
        }
      },
  );
}

/**
 * Lets a layer's configurations say which layer they are of, also where they are copied.
 *
 * @returns What ends that.
 */
function markConfig(layer: Layer): () => void {
  const own = Object.getOwnPropertyDescriptor(layer, "getConfig");
  const { getConfig } = layer;
  layer.getConfig = () => ({ ...getConfig.call(layer), [LAYER]: layer });
  return () => {
    if (own === undefined) delete (layer as Partial<Layer>).getConfig;
    else Object.defineProperty(layer, "getConfig", own);
  };
}

/** Gives a number to the descriptions of each layer that has several. */
function numberShared(config: ConfigDict): void {
  const byLayer = grouped(descriptionsIn(config), ({ config }) => {
    const { [LAYER]: layer } = config as MarkedConfig;
    delete (config as MarkedConfig)[LAYER];
    return layer;
  });
  byLayer.delete(undefined);
  let count = 0;
  for (const descriptions of byLayer.values()) {
    if (descriptions.length === 1) continue;
    count++;
    for (const description of descriptions) description.sharedObjectId = count;
  }
}

/** `Map.groupBy`, which Node has from 21 on. */
function grouped<Key>(
  descriptions: Iterable<Shareable>,
  keyOf: (description: Shareable) => Key,
): Map<Key, Shareable[]> {
  const groups = new Map<Key, Shareable[]>();
  for (const description of descriptions) {
    const key = keyOf(description);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [description]);
    else group.push(description);
  }
  return groups;
}

/** All descriptions in a value, from the outside to the inside. */
function* descriptionsIn(value: unknown): Generator<Shareable> {
  if (typeof value !== "object" || value === null) return;
  if (isDescription(value)) yield value;
  for (const inner of Object.values(value)) yield* descriptionsIn(inner);
}

/** The class of what stands for a layer that several places describe, while a model is made of them. */
const SHARED = "SharedLayer";

/** The layers that were made, by their numbers. */
type MadeLayers = Map<number, tf.serialization.Serializable>;

for (const className of ["Model", "Functional", "Sequential"]) {
  replaceFromConfig(className, (stock) => {
    const make = className === "Sequential" ? stock : restoreModel;
    return (constructor, config, customObjects, fast) => {
      const { classNameMap } = tf.serialization.SerializationMap.getMap();
      if (SHARED in classNameMap) return make(constructor, config, customObjects, fast);
      const made: MadeLayers = new Map();
      const find = (_: unknown, { id, ...description }: ConfigDict) => {
        const its = made.get(id as number) ??
          create(description as unknown as Description, { fast });
        made.set(id as number, its);
        return its;
      };
      classNameMap[SHARED] = [tf.layers.Layer, find] as unknown as typeof classNameMap[string];
      try {
        return make(constructor, withShared(config), customObjects, fast);
      } finally {
        delete classNameMap[SHARED];
      }
    };
  });
}

/** A configuration in which descriptions of one layer stand for it. */
function withShared(config: ConfigDict): ConfigDict {
  const byId = grouped(descriptionsIn(config), ({ sharedObjectId }) => sharedObjectId);
  const isShared = ({ sharedObjectId: id, className }: Shareable) =>
    id !== undefined && byId.get(id)!.length > 1 && isLayerClass(className);
  const replace = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replace);
    if (!isPlain(value)) return value;
    const copy = Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, replace(inner)]),
    );
    if (!isDescription(value) || !isShared(value)) return copy;
    const { className, config, sharedObjectId: id, ...rest } = copy;
    return { ...rest, className: SHARED, config: { id, className, config } };
  };
  return replace(config) as ConfigDict;
}

/** Keras numbers initializers and regularizers, too, which may be several. */
function isLayerClass(className: string): boolean {
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  return classNameMap[className]?.[0].prototype instanceof tf.layers.Layer;
}
