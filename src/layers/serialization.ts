/**
 * Layers and initializers inside a layer's configuration, as TensorFlow.js writes them:
 * `{ className, config }`.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { create, isDescription } from "../model/descriptions.ts";

type ConfigDict = tf.serialization.ConfigDict;

/** Describes an object so that {@linkcode restore} can make another like it. */
export function describe(object: tf.serialization.Serializable): ConfigDict {
  return { className: object.getClassName(), config: object.getConfig() };
}

/**
 * Makes the objects that a configuration describes; every other value stays as it is.
 *
 * @throws {Error} If a class is not registered with `tf.serialization.registerClass`.
 */
export function restore(config: ConfigDict): Record<string, unknown> {
  const entries = Object.entries(config);
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      isDescription(value) ? create(value) : value,
    ]),
  );
}

/** What `tf.initializers` makes: the value that a weight starts from. */
export type Initializer = ReturnType<typeof tf.initializers.ones>;

/** The name of a function of `tf.initializers` that needs no argument, such as `"zeros"`. */
export type InitializerName = Exclude<keyof typeof tf.initializers, "constant">;

/**
 * Makes the initializer of that name, with its defaults; an initializer is returned as it is.
 *
 * @throws {TypeError} If there is no such initializer.
 */
export function toInitializer(value: Initializer | InitializerName): Initializer {
  if (value instanceof tf.serialization.Serializable) return value;
  if (value in tf.initializers) return tf.initializers[value]({});
  throw new TypeError(
    `Cannot create an initializer: it must be one of tf.initializers or its name, ` +
      `got ${JSON.stringify(value)}`,
  );
}
