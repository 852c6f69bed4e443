/**
 * Batch and layer normalization by Keras's rules, in place of TensorFlow.js's where that breaks or is
 * wrong.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { nestedLayers } from "./nested_layers.ts";
import { type Call, replaceMethod } from "./replace_method.ts";

type Layer = tf.layers.Layer;

/** TensorFlow.js's layer, with fields that are private in TypeScript only. */
interface BatchNormalization extends Layer {
  readonly axis: number;
  readonly momentum: number;
  readonly epsilon: number;
  readonly gamma?: tf.LayerVariable;
  readonly beta?: tf.LayerVariable;
  readonly movingMean: tf.LayerVariable;
  readonly movingVariance: tf.LayerVariable;
}

/** What is frozen in the call of a model that is running. */
interface FrozenContext {
  /** The layers that are frozen, or are inside of one that is. */
  frozen: ReadonlySet<Layer>;
}

/** The layers that are frozen, or are inside of one that is. */
function frozenLayers(layer: Layer): Layer[] {
  const all = [...nestedLayers(layer)].filter(({ trainable }) => trainable === false);
  return all.flatMap((layer) => [...nestedLayers(layer)]);
}

/** Whether a layer was frozen, by itself or with a model around it, which freezes its weights. */
function isFrozen(layer: BatchNormalization): boolean {
  const { trainable, gamma, beta } = layer;
  const weights = [gamma, beta].filter((weight) => weight !== undefined);
  const all = weights.length > 0 && weights.every((weight) => !weight.trainable);
  return !trainable || all || context.frozen.has(layer);
}

/** TensorFlow.js's layer, with fields that are private in TypeScript only. */
interface LayerNormalization extends Layer {
  /** All of them, counted from the first. */
  readonly axis: readonly number[];
  readonly epsilon: number;
  readonly gamma: tf.LayerVariable | null;
  readonly beta: tf.LayerVariable | null;
}

/**
 * TensorFlow.js reads gamma and beta also where a layer has none (its issue 2868), has no gradient for
 * an axis that is not the last, takes two to four axes only, and moves the statistics of a frozen layer.
 */
const context = replaceMethod<Call, FrozenContext>(
  { className: "BatchNormalization", method: "call" },
  { frozen: new Set() },
  (stock) =>
    function (this: BatchNormalization, inputs, kwargs) {
      const training = (kwargs?.training ?? false) && !isFrozen(this);
      const [x] = [inputs].flat();
      const { axis, gamma, beta } = this;
      const last = axis === -1 || axis === x.rank - 1;
      if (gamma !== undefined && beta !== undefined && last && x.rank <= 4) {
        return stock.call(this, inputs, { ...kwargs, training });
      }
      return tf.tidy(() => normalize(this, x, training));
    },
);

/** Runs a training step of a model, in which the layers inside of a frozen one are frozen, too. */
export function withFrozen<T>(layer: Layer, run: () => T): T {
  const frozen = frozenLayers(layer);
  if (frozen.length === 0) return run();
  const before = context.frozen;
  context.frozen = new Set([...before, ...frozen]);
  try {
    return run();
  } finally {
    context.frozen = before;
  }
}

/** Trains a model on a batch. */
type TrainFunction = (data: tf.Tensor[]) => tf.Scalar[];

/** A frozen model freezes all inside of it; TensorFlow.js tells only the weights of its own layers. */
replaceMethod<() => TrainFunction, object>(
  { className: "Model", method: "makeTrainFunction" },
  {},
  (stock) =>
    function (this: tf.LayersModel) {
      const trainOn = stock.call(this);
      return (data) => withFrozen(this, () => trainOn(data));
    },
);

/** TensorFlow.js has no gradient where there is no gamma or no beta. */
replaceMethod<Call, object>(
  { className: "LayerNormalization", method: "call" },
  {},
  (stock) =>
    function (this: LayerNormalization, inputs, kwargs) {
      const { axis, epsilon, gamma, beta } = this;
      if (gamma !== null && beta !== null) return stock.call(this, inputs, kwargs);
      return tf.tidy(() => {
        const [x] = [inputs].flat();
        const { mean, variance } = tf.moments(x, [...axis], true);
        const normalized = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, epsilon)));
        const shape = x.shape.map((size, i) => axis.includes(i) ? size : 1);
        const scaled = gamma === null
          ? normalized
          : tf.mul(normalized, tf.reshape(gamma.read(), shape));
        return beta === null ? scaled : tf.add(scaled, tf.reshape(beta.read(), shape));
      });
    },
);

/** γ · (x − mean) / √(variance + ε) + β, by the batch's statistics in training, else by those kept. */
function normalize(layer: BatchNormalization, x: tf.Tensor, training: boolean): tf.Tensor {
  const { epsilon, gamma, beta, movingMean, movingVariance } = layer;
  const axis = (layer.axis + x.rank) % x.rank;
  const size = x.shape[axis];
  const others = x.shape.map((_, i) => i).filter((i) => i !== axis);
  const order = [...others, axis];
  const isLast = axis === x.rank - 1;
  const moved = isLast ? x : tf.transpose(x, order);
  const rows = tf.reshape(moved, [-1, size]) as tf.Tensor2D;
  const batch = training ? tf.moments(rows, [0]) : undefined;
  if (batch !== undefined) {
    moveTowards(movingMean, batch.mean, layer.momentum);
    moveTowards(movingVariance, batch.variance, layer.momentum);
  }
  const normalized = tf.batchNorm2d(
    rows,
    (batch?.mean ?? movingMean.read()) as tf.Tensor1D,
    (batch?.variance ?? movingVariance.read()) as tf.Tensor1D,
    (beta?.read() ?? tf.zeros([size])) as tf.Tensor1D,
    (gamma?.read() ?? tf.ones([size])) as tf.Tensor1D,
    epsilon,
  );
  const y = tf.reshape(normalized, moved.shape);
  return isLast ? y : tf.transpose(y, order.map((_, i) => order.indexOf(i)));
}

/** A moving average: `average ← average − (average − value) · (1 − momentum)`. */
function moveTowards(average: tf.LayerVariable, value: tf.Tensor, momentum: number): void {
  const now = average.read();
  average.write(tf.sub(now, tf.mul(tf.sub(now, value), 1 - momentum)));
}
