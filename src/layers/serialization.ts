/**
 * Layers and initializers inside a layer's configuration, as TensorFlow.js writes them:
 * `{ className, config }`.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

type ConfigDict = tf.serialization.ConfigDict;

/** Describes an object so that {@linkcode restore} can make another like it. */
export function describe(object: tf.serialization.Serializable): ConfigDict {
  return { className: object.getClassName(), config: object.getConfig() };
}

/**
 * Describes a layer that several others share, so that the others' copies share one, too.
 *
 * @param sharedBy The names of the layers that share it, as they are before {@linkcode restore}.
 */
export function describeShared(layer: tf.layers.Layer, sharedBy: readonly string[]): ConfigDict {
  // TensorFlow.js changes the spelling of all texts but those under `name`.
  return { ...describe(layer), sharedBy: sharedBy.map((name) => ({ name })) };
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
      isDescription(value) ? createOrShare(value, String(config.name)) : value,
    ]),
  );
}

interface Description {
  readonly className: string;
  readonly config: ConfigDict;
  readonly sharedBy?: readonly { readonly name: string }[];
}

function isDescription(value: unknown): value is Description {
  return typeof value === "object" && value !== null && "className" in value && "config" in value;
}

/** A layer that was made for several, and those of them that have it. */
interface Shared {
  readonly layer: tf.serialization.Serializable;
  readonly by: Set<string>;
}

/** What was made of descriptions until the next microtask: TensorFlow.js makes a model without a pause. */
const shared = new Map<string, Shared>();

/** A layer of its own for the second copy of the layer that it is for, else the one that was made. */
function createOrShare(description: Description, name: string): tf.serialization.Serializable {
  const { sharedBy, className, config } = description;
  if (sharedBy === undefined) return create(description);
  if (shared.size === 0) queueMicrotask(() => shared.clear());
  const key = JSON.stringify([sharedBy, className, config.name]);
  const known = shared.get(key);
  const { layer, by } = known !== undefined && !known.by.has(name)
    ? known
    : { layer: create(description), by: new Set<string>() };
  by.add(name);
  shared.set(key, { layer, by });
  return layer;
}

function create({ className, config }: Description): tf.serialization.Serializable {
  const registered = tf.serialization.SerializationMap.getMap().classNameMap[className];
  if (registered === undefined) {
    throw new Error(
      `Cannot restore a ${className}: its class must be registered with ` +
        `tf.serialization.registerClass, got an unknown name`,
    );
  }
  const [constructor, fromConfig] = registered;
  return fromConfig(constructor, structuredClone(config)); // TensorFlow.js writes into it
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
