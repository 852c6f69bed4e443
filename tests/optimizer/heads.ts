/**
 * Two heads on one input, and a loss that looks at one or both of them, so that the set of weights with
 * a gradient changes from step to step.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { train } from "../../src/train/train.ts";

/** tf.train's optimizers, with a rate of 0.1 but for Adadelta. */
export const OPTIMIZERS: Readonly<Record<string, () => tf.Optimizer>> = {
  "SGD": () => tf.train.sgd(0.1),
  "momentum": () => tf.train.momentum(0.1, 0.5),
  "Nesterov's momentum": () => tf.train.momentum(0.1, 0.5, true),
  "Adam": () => tf.train.adam(0.1, 0.9, 0.999, 1e-8),
  "Adamax": () => tf.train.adamax(0.1, 0.9, 0.999, 1e-8),
  "Adagrad": () => tf.train.adagrad(0.1, 0.1),
  "RMSProp": () => tf.train.rmsprop(0.1, 0.9, 0.5, 1e-10),
  // TensorFlow.js subtracts ε within the root, which of equal gradients then is NaN.
  "centered RMSProp": () => tf.train.rmsprop(0.1, 0.9, 0.5, -1e-3, true),
  "Adadelta": () => tf.train.adadelta(1, 0.9, 1e-6),
};

/** Disposes of an optimizer; momentum's own `dispose` leaves the learning rate, a tensor. */
export function disposeOptimizer(optimizer: tf.Optimizer): void {
  optimizer.dispose();
  if (optimizer.getClassName() === "Momentum") {
    (optimizer as unknown as { readonly c: tf.Tensor }).c.dispose();
  }
}

/** A head: its name, the kernel it starts from, and the target of its square loss. */
export interface Head {
  readonly name: string;
  readonly kernel: readonly number[];
  readonly target: number;
}

/** The heads a and b of the tests. */
export const HEADS: readonly Head[] = [
  { name: "a", kernel: [0.5, -0.25], target: 2 },
  { name: "b", kernel: [1, 0.75], target: -1 },
];

/** A model of one output for each head, y = x·w. */
export function headsModel(heads: readonly Head[]): tf.LayersModel {
  const x = tf.input({ shape: [heads[0].kernel.length] });
  const outputs = heads.map(({ name }) =>
    tf.layers.dense({ units: 1, useBias: false, name }).apply(x) as tf.SymbolicTensor
  );
  const model = tf.model({ inputs: x, outputs });
  for (const { name, kernel } of heads) {
    tf.tidy(() => model.getLayer(name).setWeights([tf.tensor2d(kernel.map((value) => [value]))]));
  }
  return model;
}

/** Trains heads for some steps, each with the heads that its text names, at other inputs. */
export async function trainHeads(
  model: tf.LayersModel,
  steps: readonly { readonly step: number; readonly heads: string }[],
  { optimizer, heads = HEADS }: {
    readonly optimizer: tf.Optimizer;
    readonly heads?: readonly Head[];
  },
): Promise<void> {
  let next = 0;
  const loss = (_: tf.Tensor, output: tf.Tensor | tf.Tensor[]): tf.Scalar => {
    const outputs = [output].flat();
    const chosen = steps[next++].heads;
    const losses = heads.flatMap(({ name, target }, i) =>
      chosen.includes(name) ? tf.square(tf.sub(outputs[i], target)).mean() : []
    );
    return losses.reduce((sum, each) => tf.add(sum, each)) as tf.Scalar;
  };
  const batches = steps.map(({ step }) => ({
    xs: tf.tensor2d([[1 + step / 4, 0.5 - step / 8]]),
    ys: tf.zeros([1, 1]),
  }));
  await train(model, batches, { optimizer, loss, capture: false }).finish();
}

/** The kernels of a model's layers, by name. */
export async function kernels(model: tf.LayersModel): Promise<Record<string, readonly number[]>> {
  const all = model.weights.map(async (weight) =>
    [weight.originalName.split("/")[0], [...await weight.read().data()]] as const
  );
  return Object.fromEntries(await Promise.all(all));
}
