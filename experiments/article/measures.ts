/**
 * What is measured in a run, by column.
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
  ResidualA,
} from "@residual/connection";
import { crossEntropy } from "./classification.ts";
import { type Halves, halves } from "./halves.ts";
import { mixtureError } from "./mixture_error.ts";

/** At every step: the gradient norms at the probes, and `a` where there is one. */
export function everyStep(model: tf.LayersModel): Measures {
  const norms = [...findProbes(model).keys()].map((probe) => [probe, { probe }]);
  const scaled = model.layers.find((layer) => layer instanceof ResidualA);
  const a = scaled === undefined ? {} : { a: { compute: () => (scaled as ResidualA).a.read() } };
  return { ...Object.fromEntries(norms), ...a };
}

/** At steps 0, 5 … 195, then at every 25th. */
export function oftenAtFirst(step: number): boolean {
  return step % (step < 200 ? 5 : 25) === 0;
}

/** At steps 0, 20, 40 … */
export function everyTwentieth(step: number): boolean {
  return step % 20 === 0;
}

/**
 * What tells vanishing from noise, and what the block is good for:
 *
 * - `x_in_instance`, `x_res_instance`: the mean norm of the instance gradients there;
 * - `x_in_coherence`, `x_res_coherence`: their coherence;
 * - `block`, `x`: the norms of block(x) and of x;
 * - `loss_zeroed`: the batch's loss with 0 in place of what the block adds;
 * - `loss_shuffled`: with what it adds to the batch's next instance;
 * - `mixture_error`: see {@linkcode mixtureError}.
 */
export function gradientDiagnostics(model: tf.LayersModel): Measures {
  const probes = [...findProbes(model).keys()].filter((probe) => probe !== "logits");
  const heard = probes.flatMap((probe) => [
    [`${probe}_instance`, { probe, statistic: (g: tf.Tensor) => tf.mean(instanceNorms(g)) }],
    [`${probe}_coherence`, { probe, statistic: coherence }],
  ]);
  const parts = halves(model);
  const computed = parts === undefined ? {} : ofConnection(parts);
  return scheduled({ ...Object.fromEntries(heard), ...computed }, oftenAtFirst);
}

function ofConnection(parts: Halves): Measures {
  const { below, block, added, above } = parts;
  const x = ({ xs }: Batch) => below(xs as tf.Tensor);
  const lossOf = (y: tf.Tensor, { ys }: Batch) => crossEntropy(ys, above(y));
  return {
    block: { compute: (batch) => norm(block(x(batch))) },
    x: { compute: (batch) => norm(x(batch)) },
    loss_zeroed: { compute: (batch) => lossOf(x(batch), batch) },
    loss_shuffled: {
      compute: (batch) => lossOf(tf.add(x(batch), next(added(x(batch)))), batch),
    },
    mixture_error: { compute: (batch) => mixtureError(parts, batch) },
  };
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
