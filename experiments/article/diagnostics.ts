/**
 * What is measured at some of the steps: what tells vanishing gradients from noise, what the block is
 * good for, and how fast each layer learns.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import {
  type Batch,
  coherence,
  findProbes,
  instanceNorms,
  type Measures,
  norm,
  Residual,
  ResidualA,
} from "@residual/connection";
import { crossEntropy } from "./classification.ts";

/** At steps 0, 5 … 195, then at every 25th. */
export function oftenAtFirst(step: number): boolean {
  return step % (step < 200 ? 5 : 25) === 0;
}

/** At steps 0, 20, 40 … */
export function everyTwentieth(step: number): boolean {
  return step % 20 === 0;
}

/**
 * Measures of the gradients at x_in and x_res, and of the block:
 *
 * - `x_in_instance`, `x_res_instance`: the mean norm of the instance gradients there;
 * - `x_in_coherence`, `x_res_coherence`: their coherence;
 * - `block`, `x`: the norms of block(x) and of x;
 * - `loss_zeroed`: the batch's loss with 0 in place of what the block adds;
 * - `loss_shuffled`: with what it adds to the batch's next instance;
 * - `mixture_error`: {@linkcode mixtureError}.
 */
export function gradientDiagnostics(model: tf.LayersModel): Measures {
  const probes = [...findProbes(model).keys()].filter((probe) => probe !== "logits");
  const gradients = probes.flatMap((probe) => [
    [`${probe}_instance`, { probe, statistic: (g: tf.Tensor) => tf.mean(instanceNorms(g)) }],
    [`${probe}_coherence`, { probe, statistic: coherence }],
  ]);
  const parts = splitAtConnection(model);
  const computed = parts === undefined ? {} : connectionMeasures(parts);
  return scheduled({ ...Object.fromEntries(gradients), ...computed }, oftenAtFirst);
}

function connectionMeasures(parts: NetworkParts): Measures {
  const { below, block, added, above } = parts;
  return takenTogether(["block", "x", "loss_zeroed", "loss_shuffled", "mixture_error"], (batch) => {
    const x = below(batch.xs as tf.Tensor);
    const lossOf = (y: tf.Tensor) => crossEntropy(batch.ys, above(y));
    return {
      block: norm(block(x)),
      x: norm(x),
      loss_zeroed: lossOf(x),
      loss_shuffled: lossOf(tf.add(x, next(added(x)))),
      mixture_error: mixtureErrorAt(x, { ...parts, ys: batch.ys }),
    };
  });
}

/**
 * Measures that are computed together when a batch is asked for one of them, so that they share what takes
 * longest. A batch must then be asked for each of them once, as the trainer does: each number is kept until
 * it is taken.
 */
export function takenTogether<Name extends string>(
  names: readonly Name[],
  compute: (batch: Batch) => Record<Name, tf.Tensor>,
): Measures {
  let computed: { readonly batch: Batch; readonly numbers: Record<Name, tf.Tensor> } | undefined;
  const take = (name: Name, batch: Batch) => {
    if (computed?.batch !== batch) {
      const numbers = tf.tidy(() => compute(batch));
      for (const each of names) tf.keep(numbers[each]);
      computed = { batch, numbers };
    }
    const kept = computed.numbers[name];
    const number = tf.clone(kept);
    kept.dispose();
    return number;
  };
  return Object.fromEntries(
    names.map((name) => [name, { compute: (batch: Batch) => take(name, batch) }]),
  );
}

/** Each row replaced by the next, the last by the first. */
function next(rows: tf.Tensor): tf.Tensor {
  const [first, rest] = tf.split(rows, [1, rows.shape[0] - 1]);
  return tf.concat([rest, first]);
}

/** `LAYER_gradient`, ‖∂L/∂W‖, and `LAYER_update`, ‖ΔW‖/‖W‖, of each trained kernel, at every 20th step. */
export function layerDiagnostics({ trainableWeights }: tf.LayersModel): Measures {
  const relative = (update: tf.Tensor, weight: tf.Tensor) => tf.div(norm(update), norm(weight));
  const kernels = trainableWeights.map(({ originalName }) => originalName)
    .filter((name) => name.endsWith("/kernel"));
  const measures: Measures = Object.fromEntries(kernels.flatMap((weight) => {
    const layer = weight.replace("/kernel", "");
    return [
      [`${layer}_gradient`, { weight }],
      [`${layer}_update`, { weight, of: "update" as const, statistic: relative }],
    ];
  }));
  return scheduled(measures, everyTwentieth);
}

function scheduled(measures: Measures, schedule: (step: number) => boolean): Measures {
  const entries = Object.entries(measures);
  return Object.fromEntries(entries.map(([name, measure]) => [name, { ...measure, schedule }]));
}

/**
 * ‖∇x − (∇x_in + ∇x_res)‖ / ‖∇x‖, where ∇x is the gradient of the loss at x, ∇x_in that through the
 * block with the copy around it held fixed, ∇x_res that around the block with the copy into it held
 * fixed: three backward passes, each of its own. 0 in exact arithmetic.
 */
export function mixtureError(parts: NetworkParts, { xs, ys }: Batch): tf.Tensor {
  return tf.tidy(() => mixtureErrorAt(parts.below(xs as tf.Tensor), { ...parts, ys }));
}

/** What the mixture's error is computed from, in addition to x. */
type AboveX = Pick<NetworkParts, "added" | "connection" | "above"> & Pick<Batch, "ys">;

function mixtureErrorAt(x: tf.Tensor, { added, connection, above, ys }: AboveX): tf.Tensor {
  return tf.tidy(() => {
    const fixed = tf.clone(x); // Of x itself, every use would count.
    const loss = (y: tf.Tensor) => crossEntropy(ys, above(y));
    const whole = tf.grad((x) => loss(connection(x)))(x);
    const through = tf.grad((xIn) => loss(tf.add(added(xIn), fixed)))(x);
    const around = tf.grad((xRes) => loss(tf.add(added(fixed), xRes)))(x);
    const difference = tf.sub(whole, tf.add(through, around));
    return tf.div(norm(difference), norm(whole));
  });
}

/** The parts of a model with one residual connection, as functions of tensors. */
export interface NetworkParts {
  /** Images to x. */
  readonly below: (images: tf.Tensor) => tf.Tensor;
  /** What the block adds to x: block(x), or a·block(x). */
  readonly added: (x: tf.Tensor) => tf.Tensor;
  /** block(x) itself. */
  readonly block: (x: tf.Tensor) => tf.Tensor;
  /** The residual connection, x to y. */
  readonly connection: (x: tf.Tensor) => tf.Tensor;
  /** y to logits. */
  readonly above: (y: tf.Tensor) => tf.Tensor;
  /** The weights of the layers below x. */
  readonly weightsBelow: tf.Variable[];
}

/** Splits a model at its residual connection; nothing if it has none. */
export function splitAtConnection({ layers }: tf.LayersModel): NetworkParts | undefined {
  const at = layers.findIndex((layer) => layer instanceof Residual || layer instanceof ResidualA);
  if (at < 0) return undefined;
  const connection = layers[at] as Residual | ResidualA;
  const block = through([connection.block]);
  const added = connection instanceof ResidualA
    ? (x: tf.Tensor) => tf.mul(connection.a.read(), block(x))
    : block;
  return {
    below: through(layers.slice(0, at).filter((layer) => layer.getClassName() !== "InputLayer")),
    added,
    block,
    connection: through([connection]),
    above: through(layers.slice(at + 1)),
    weightsBelow: layers.slice(0, at).flatMap(({ trainableWeights }) =>
      trainableWeights.map((weight) => weight.read() as tf.Variable)
    ),
  };
}

function through(layers: readonly tf.layers.Layer[]): (x: tf.Tensor) => tf.Tensor {
  return (x) => layers.reduce((x, layer) => layer.apply(x) as tf.Tensor, x);
}
