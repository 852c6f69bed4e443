/**
 * Layers of TensorFlow.js that do something else in training than Keras's, from whose documentation theirs
 * is: they are called in another way while a step is trained, and only then.
 *
 * - `batchNormalization` that is frozen normalizes by its moving averages and leaves them, and one without
 *   a scale or a center can be trained.
 * - `dropout` with a seed draws another mask at each step, and the same masks in each run.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { nestedLayers } from "../probe/nested_layers.ts";

/** A layer's `call`. */
type Call = (
  inputs: tf.Tensor | tf.Tensor[],
  kwargs: Record<string, unknown>,
) => tf.Tensor | tf.Tensor[];

/** What is known of one step. */
interface StepOfRun {
  /** Its number, counted from the start of the training. */
  readonly step: number;
}

/** Another way to call a layer, made from its own. */
type Wrap = (layer: tf.layers.Layer, call: Call, step: StepOfRun) => Call;

const WRAPS: Readonly<Record<string, Wrap>> = {
  BatchNormalization: (layer, call) => normalize(layer as unknown as Normalization, call),
  Dropout: (layer, call, step) => drop(layer as unknown as Dropping, call, step),
  SpatialDropout1D: (layer, call, step) => drop(layer as unknown as Dropping, call, step),
};

/** Runs a part of a step in which such layers of a model are called in that way. */
export type WithLayerCalls = <T>(step: number, run: () => T) => T;

/** Finds the layers that are called in another way, once for all steps of a run. */
export function findLayerCalls(model: tf.LayersModel): WithLayerCalls {
  const layers = [...nestedLayers(model)].filter((layer) => layer.getClassName() in WRAPS);
  return (step, run) => {
    const changed = layers.map((layer) => {
      const own = Object.getOwnPropertyDescriptor(layer, "call"); // such as that of a tf.fit callback
      const call = layer.call.bind(layer) as Call;
      const wrapped = WRAPS[layer.getClassName()](layer, call, { step });
      Object.defineProperty(layer, "call", { value: wrapped, configurable: true, writable: true });
      return { layer, own };
    });
    try {
      return run();
    } finally {
      for (const { layer, own } of changed) {
        delete (layer as { call?: unknown }).call;
        if (own !== undefined) Object.defineProperty(layer, "call", own);
      }
    }
  };
}

/** What is used of a `batchNormalization`. */
interface Normalization extends Pick<tf.layers.Layer, "trainable" | "trainableWeights"> {
  gamma?: tf.LayerVariable;
  beta?: tf.LayerVariable;
  readonly movingMean: tf.LayerVariable;
  readonly scale: boolean;
  readonly center: boolean;
}

function normalize(layer: Normalization, call: Call): Call {
  return (inputs, kwargs) => {
    if (isFrozen(layer)) return call(inputs, { ...kwargs, training: false });
    const { scale, center } = layer;
    if (!kwargs.training || (scale && center)) return call(inputs, kwargs);
    // Training reads both; what the layer does not have is 1 and 0.
    const { shape } = layer.movingMean;
    const { gamma, beta } = layer;
    layer.gamma ??= { read: () => tf.ones(shape as number[]) } as unknown as tf.LayerVariable;
    layer.beta ??= { read: () => tf.zeros(shape as number[]) } as unknown as tf.LayerVariable;
    try {
      return call(inputs, kwargs);
    } finally {
      [layer.gamma, layer.beta] = [gamma, beta];
    }
  };
}

/** Whether the layer, or a model around it, is frozen. */
function isFrozen(layer: Normalization): boolean {
  const parameters = [layer.gamma, layer.beta].filter((weight) => weight != null);
  return !layer.trainable ||
    (parameters.length > 0 && parameters.every((weight) => !weight.trainable));
}

/** What is used of a `dropout`. */
interface Dropping {
  readonly name: string;
  seed?: number;
}

function drop(layer: Dropping, call: Call, { step }: StepOfRun): Call {
  let calls = 0;
  return (inputs, kwargs) => {
    const { seed } = layer;
    if (typeof seed !== "number") return call(inputs, kwargs);
    layer.seed = mix(seed, step, calls++);
    try {
      return call(inputs, kwargs);
    } finally {
      layer.seed = seed;
    }
  };
}

/**
 * Another seed for each step and for each use of the layer in it, not 0, for which TensorFlow.js would take
 * a random one: the finalizer of MurmurHash3 over the numbers, one after another.
 */
function mix(...numbers: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const number of numbers) {
    hash = Math.imul(hash ^ number, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return (hash >>> 0) || 1;
}
