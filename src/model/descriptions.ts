/**
 * What TensorFlow.js writes of an object to make another like it: `{ className, config }`.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** An object of a registered class. */
export interface Description {
  readonly className: string;
  readonly config: tf.serialization.ConfigDict;
}

/** Whether it is a description. */
export function isDescription(value: unknown): value is Description {
  if (typeof value !== "object" || value === null) return false;
  const { className, config } = value as Partial<Description>;
  return typeof className === "string" && typeof config === "object" && config !== null;
}

/** Makes an object of a configuration; a model leaves out the first values of its weights if it is `fast`. */
export type FromConfig = (
  constructor: tf.serialization.SerializableConstructor<tf.serialization.Serializable>,
  config: tf.serialization.ConfigDict,
  customObjects?: tf.serialization.ConfigDict,
  fast?: boolean,
) => tf.serialization.Serializable;

/**
 * Makes what is described.
 *
 * @throws {Error} If its class is not registered with `tf.serialization.registerClass`.
 */
export function create(
  { className, config }: Description,
  { fast }: { readonly fast?: boolean } = {},
): tf.serialization.Serializable {
  const registered = tf.serialization.SerializationMap.getMap().classNameMap[className];
  if (registered === undefined) {
    throw new Error(
      `Cannot restore a ${className}: its class must be registered with ` +
        `tf.serialization.registerClass, got an unknown name`,
    );
  }
  const [constructor, fromConfig] = registered;
  return (fromConfig as FromConfig)(constructor, structuredClone(config), {}, fast); // which writes into it
}
