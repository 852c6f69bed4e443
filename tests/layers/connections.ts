/** The connections, each with what it computes in plain numbers. */

import * as tf from "@tensorflow/tfjs";
import { dropPath } from "../../src/layers/drop_path.ts";
import { highway } from "../../src/layers/highway.ts";
import { residual } from "../../src/layers/residual.ts";
import { residualA } from "../../src/layers/residual_a.ts";
import { skip } from "../../src/layers/skip.ts";
import { probe } from "../../src/probe/probe.ts";
import { stack } from "../support/layers.ts";

const [BATCH, SIZE] = [3, 2];

/** One instance at a connection. */
interface Instance {
  /** What the layer is given. */
  readonly x: readonly number[];
  readonly block: readonly number[];
  readonly shortcut: readonly number[];
}

/** A connection. */
export interface Connection {
  readonly make: (branches: {
    readonly block: tf.layers.Layer;
    readonly shortcut: tf.layers.Layer;
  }) => tf.layers.Layer;
  /** How many numbers its weights have, beside those of the block. @default 0 */
  readonly own?: number;
  /** Whether these come behind the block's among its weights. @default false */
  readonly ownLast?: boolean;
  /** What it gives for the n-th instance. */
  readonly plain: (instance: Instance, own: readonly number[], n: number) => number[];
}

const byNumber =
  (merge: (block: number, shortcut: number) => number): Connection["plain"] =>
  ({ block, shortcut }) => block.map((value, i) => merge(value, shortcut[i]));

/** All of them, by name. */
export const CONNECTIONS: Readonly<Record<string, Connection>> = {
  "residual": { make: residual, plain: byNumber((b, s) => b + s) },
  "residualA": {
    make: residualA,
    own: 1,
    plain: ({ block, shortcut }, [a]) => block.map((value, i) => a * value + shortcut[i]),
  },
  "residualA of channels": {
    make: (branches) => residualA({ ...branches, a: "channel" }),
    own: 2,
    plain: ({ block, shortcut }, a) => block.map((value, i) => a[i] * value + shortcut[i]),
  },
  "highway": {
    make: highway,
    own: SIZE * SIZE + SIZE,
    ownLast: true,
    plain: ({ x, block, shortcut }, own) => {
      const gate = product(x, own).map((value, i) =>
        1 / (1 + Math.exp(-value - own[SIZE * SIZE + i]))
      );
      return block.map((value, i) => gate[i] * value + (1 - gate[i]) * shortcut[i]);
    },
  },
  "skip that adds": {
    make: (branches) => skip({ ...branches, merge: "add" }),
    plain: byNumber((b, s) => b + s),
  },
  "skip that multiplies": {
    make: (branches) => skip({ ...branches, merge: "multiply" }),
    plain: byNumber((b, s) => b * s),
  },
  "skip that concatenates": {
    make: (branches) => skip({ ...branches, merge: "concat" }),
    plain: ({ block, shortcut }) => [...shortcut, ...block],
  },
  "skip with a layer": {
    make: (branches) => skip({ ...branches, merge: tf.layers.average() }),
    plain: byNumber((b, s) => (b + s) / 2),
  },
};

/** Stochastic depth, where the block's output is multiplied by these factors, an instance each. */
export const stochasticDepth = (factors: readonly number[]): Connection => ({
  make: ({ block, shortcut }) => {
    const drop = dropPath({ rate: 0.5, seed: 1, name: "drop" });
    return residual({ block: tf.sequential({ layers: [block, drop] }), shortcut });
  },
  plain: ({ block, shortcut }, _, n) => block.map((value, i) => factors[n] * value + shortcut[i]),
});

/** tanh(h·block), with a probe at its entrance, and a probe as the shortcut; h = x·below comes in. */
export function connectionModel({ make }: Connection): tf.LayersModel {
  const kernel = (activation?: "tanh") =>
    tf.layers.dense({ units: SIZE, useBias: false, activation, inputShape: [SIZE] });
  const block = tf.sequential({
    layers: [probe({ name: "x_in", inputShape: [SIZE] }), kernel("tanh")],
  });
  const model = stack([kernel(), make({ block, shortcut: probe({ name: "x_res" }) })], [SIZE]);
  const values = model.weights.map(({ shape }, which) => {
    const size = tf.util.sizeFromShape(shape as number[]);
    const numbers = Array.from({ length: size }, (_, i) => 0.7 * Math.sin(1.7 * i + which + 0.3));
    return tf.tensor(numbers, shape as number[]);
  });
  model.setWeights(values);
  tf.dispose(values);
  return model;
}

/** Three instances and the gradients at the connection's output, another set in each step. */
export function connectionBatch(model: tf.LayersModel, step = 0): { xs: tf.Tensor; ys: tf.Tensor } {
  const numbers = (size: number, from: number) =>
    tf.tensor2d(series(BATCH * size, from + 7 * step), [BATCH, size]);
  return { xs: numbers(SIZE, 1), ys: numbers(model.outputShape.at(-1) as number, 2) };
}

function series(count: number, from: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.sin(from + 2 * i));
}

/** Σ y · ys, the loss with the gradients ys at y. */
export const weightedSum = (ys: tf.Tensor, y: tf.Tensor): tf.Scalar => tf.sum(tf.mul(y, ys));

/**
 * The loss of the first batch in plain numbers.
 *
 * @param weights All of the model's.
 * @param moved What is added to the numbers that pass each probe, instance after instance.
 */
export function plainLoss(
  { plain, own = 0, ownLast = false }: Connection,
  weights: readonly number[],
  moved: { readonly xIn?: readonly number[]; readonly xRes?: readonly number[] } = {},
): number {
  const left = weights.slice(SIZE * SIZE);
  const ownWeights = ownLast ? left.slice(SIZE * SIZE) : left.slice(0, own);
  const kernel = ownLast ? left : left.slice(own);
  const xs = series(BATCH * SIZE, 1);
  const outputs = Array.from({ length: BATCH }, (_, n) => {
    const add = (values: number[], more: readonly number[] = []) =>
      values.map((value, i) => value + (more[n * SIZE + i] ?? 0));
    const x = product(xs.slice(n * SIZE, (n + 1) * SIZE), weights);
    const block = product(add(x, moved.xIn), kernel).map(Math.tanh);
    return plain({ x, block, shortcut: add(x, moved.xRes) }, ownWeights, n);
  }).flat();
  const ys = series(outputs.length, 2);
  return outputs.reduce((sum, y, i) => sum + y * ys[i], 0);
}

/** x·w for a matrix of SIZE columns. */
export function product(x: readonly number[], w: readonly number[]): number[] {
  return Array.from(
    { length: SIZE },
    (_, j) => x.reduce((sum, value, i) => sum + value * w[SIZE * i + j], 0),
  );
}

/** How many numbers pass each probe. */
export const PROBED: number = BATCH * SIZE;
