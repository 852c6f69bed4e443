/**
 * Initializers, given as objects or by name as in `tf.layers`.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

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
