/**
 * Which layers of a model are meant, and what they are called in it.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { Use } from "../model/uses.ts";
import { check, formatValue, missing } from "../validate.ts";

type Layer = tf.layers.Layer;

/** A class of layers, such as {@linkcode Residual} or the `constructor` of a layer. */
export type LayerClass = abstract new (...args: never[]) => tf.layers.Layer;

/**
 * A layer's name or several, a regular expression that matches it, a class of layers, or a function that
 * returns whether a layer is meant.
 */
export type LayerSelection =
  | string
  | readonly string[]
  | RegExp
  | LayerClass
  | ((layer: tf.layers.Layer) => boolean);

/** A name for each layer, in the order of their first uses. */
export function namesOf(uses: readonly Use[]): Map<Layer, string> {
  const around = new Map<Layer, readonly Layer[]>();
  for (const use of uses) if (!around.has(use.layer)) around.set(use.layer, use.around);
  const layers = [...around.keys()];
  const names = new Map<string, Layer>();
  for (const layer of layers) {
    const isUnique = layers.every(({ name }, i) => name !== layer.name || layers[i] === layer);
    const path = isUnique ? [layer] : [...around.get(layer)!, layer];
    names.set(unused(path.map(({ name }) => name).join("/"), names), layer);
  }
  return new Map(Array.from(names, ([name, layer]) => [layer, name]));
}

/** The name, with a number behind it if it is taken. */
export function unused(name: string, taken: ReadonlyMap<string, unknown>): string {
  let [unique, count] = [name, 1];
  while (taken.has(unique)) unique = `${name}_${count++}`;
  return unique;
}

/**
 * The layers of a model that are asked for.
 *
 * @param names The names of all of its layers.
 * @throws {RangeError} If it has no layer of a name, or none at all.
 */
export function selectLayers(
  names: ReadonlyMap<Layer, string>,
  { layers, model }: {
    readonly layers: LayerSelection | undefined;
    readonly model: tf.LayersModel;
  },
): Set<Layer> {
  const action = `attach to ${model.name}`;
  const known = [...names.values()];
  const isNamed = (layer: Layer, name: string) => layer.name === name || names.get(layer) === name;
  const all = [...names.keys()];
  if (typeof layers === "string" || Array.isArray(layers)) {
    const wanted = [layers].flat() as string[];
    const unknown = wanted.find((name) => !all.some((layer) => isNamed(layer, name)));
    if (unknown !== undefined) {
      throw missing({ action, what: `no layer named ${unknown}`, known });
    }
  }
  const matches = matcher(layers, isNamed);
  const selected = all.filter((layer) => matches(layer, names.get(layer)!));
  if (selected.length > 0) return new Set(selected);
  throw missing({ action, what: `no layer that ${describe(layers)}`, known });
}

function matcher(
  layers: LayerSelection | undefined,
  isNamed: (layer: Layer, name: string) => boolean,
): (layer: Layer, name: string) => boolean {
  if (layers === undefined) return () => true;
  if (layers instanceof RegExp) return (_, name) => name.search(layers) >= 0;
  if (isLayerClass(layers)) return (layer) => layer instanceof layers;
  if (typeof layers === "function") return (layer) => layers(layer);
  const wanted = [layers].flat() as string[];
  return (layer) => wanted.some((name) => isNamed(layer, name));
}

/** What is asked of layers, in words behind "that". */
function describe(layers: LayerSelection | undefined): string {
  if (layers === undefined) return "computes anything";
  if (layers instanceof RegExp) return `${layers} finds`;
  if (isLayerClass(layers)) return `is a ${layers.name || "member of the class"}`;
  return typeof layers === "function" ? "the function takes" : "is asked for";
}

function isLayerClass(value: unknown): value is LayerClass {
  if (typeof value !== "function") return false;
  return value === tf.layers.Layer || value.prototype instanceof tf.layers.Layer;
}

/**
 * Fails unless it says which layers are meant, or nothing.
 *
 * @throws {TypeError} If it is of another kind.
 */
export function checkLayers(
  layers: unknown,
  action: string,
): asserts layers is LayerSelection | undefined {
  const must = "be a name or names, a regular expression, a class of layers or a function";
  const isNames = [layers].flat().every((name) => typeof name === "string");
  const holds = layers === undefined || layers instanceof RegExp || typeof layers === "function" ||
    isNames;
  const words = Array.isArray(layers)
    ? `an array with ${formatValue(layers.find((name) => typeof name !== "string"))}`
    : formatValue(layers);
  check(holds, { action, name: "layers", must, words });
  const makesLayers = Object.values(tf.layers).includes(layers as never) && !isLayerClass(layers);
  check(!makesLayers, {
    action,
    name: "layers",
    must,
    words: "a function of tf.layers, which makes layers; compare their getClassName()",
  });
}
