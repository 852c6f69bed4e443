/**
 * Probes that see several gradients in a step, and losses with gradients of their own. The oracle has no
 * probe: it adds a tensor of zeros at each place of the probe, and differentiates by that.
 */

import { assertAlmostEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { probe } from "../../src/probe/probe.ts";
import { train } from "../../src/train/train.ts";
import { runs, written } from "../support/generated.ts";
import { testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

const ACTIVATIONS = { linear: (x: tf.Tensor) => x, tanh: tf.tanh, sigmoid: tf.sigmoid };

/** What a model and its loss are. */
interface Case {
  readonly kind: "used again" | "timeDistributed" | "triplet" | "penalty";
  readonly batch: number;
  readonly width: number;
  readonly steps: number;
  readonly activation: keyof typeof ACTIVATIONS;
  readonly seed: number;
}

const cases: fc.Arbitrary<Case> = fc.record({
  kind: fc.constantFrom("used again", "timeDistributed", "triplet", "penalty"),
  batch: fc.integer({ min: 1, max: 4 }),
  width: fc.integer({ min: 1, max: 3 }),
  steps: fc.integer({ min: 1, max: 4 }),
  activation: fc.constantFrom("linear", "tanh", "sigmoid"),
  seed: fc.integer({ min: 1, max: 1000 }), // TensorFlow.js takes 0 for none
});

/** Three dense layers with the probe behind the first, and `steps − 1` times behind the second. */
function kernelsOf({ width, seed }: Case): tf.Tensor2D[] {
  const shapes: [number, number][] = [[2, width], [width, width], [width, 1]];
  return shapes.map((shape, i) => tf.randomNormal<tf.Rank.R2>(shape, 0, 1, "float32", seed + i));
}

/** How often the probe is used in one call of the model. */
const usesOf = ({ kind, steps }: Case) => kind === "used again" ? steps : 1;

function modelOf(given: Case): tf.LayersModel {
  const { kind, width, activation, steps } = given;
  const dense = (units: number, name: string, activation?: Case["activation"]) =>
    tf.layers.dense({ units, name, activation, useBias: false });
  const [shared, second] = [probe({ name: "p" }), dense(width, "second", activation)];
  const x = tf.input({ shape: [2] });
  let y = shared.apply(dense(width, "first", activation).apply(x)) as tf.SymbolicTensor;
  for (let use = 1; use < usesOf(given); use++) {
    y = shared.apply(second.apply(y)) as tf.SymbolicTensor;
  }
  if (usesOf(given) === 1) y = second.apply(y) as tf.SymbolicTensor;
  const outputs = dense(1, "last").apply(y) as tf.SymbolicTensor;
  const inner = tf.model({ inputs: x, outputs });
  const kernels = kernelsOf(given);
  inner.layers.filter(({ weights }) => weights.length > 0)
    .forEach((layer) =>
      layer.setWeights([kernels[["first", "second", "last"].indexOf(layer.name)]])
    );
  tf.dispose(kernels);
  if (kind !== "timeDistributed") return inner;
  const sequence = tf.input({ shape: [steps, 2] });
  const each = tf.layers.timeDistributed({ layer: inner }).apply(sequence) as tf.SymbolicTensor;
  return tf.model({ inputs: sequence, outputs: each });
}

/** The same computation, with something added at each place of the probe. */
function plain(
  given: Case,
  x: tf.Tensor,
  { kernels, added }: { readonly kernels: readonly tf.Tensor[]; readonly added: tf.Tensor[] },
): tf.Tensor {
  const act = ACTIVATIONS[given.activation];
  const [first, second, last] = kernels;
  let y = act(tf.matMul(x, first)).add(added[0]);
  for (let use = 1; use < usesOf(given); use++) y = act(tf.matMul(y, second)).add(added[use]);
  if (usesOf(given) === 1) y = act(tf.matMul(y, second));
  return tf.matMul(y, last);
}

type Model = (x: tf.Tensor, call: number) => tf.Tensor;

/** The loss of a model that is called once, once for each step, or three times. */
function lossOf({ kind, batch, steps, seed }: Case, model: Model): tf.Scalar {
  const x = (i: number) => tf.randomNormal([batch, 2], 0, 1, "float32", seed + 10 + i);
  const square = (y: tf.Tensor) => y.square().mean();
  if (kind === "timeDistributed") {
    const outputs = Array.from({ length: steps }, (_, i) => model(x(i), i));
    return square(tf.concat(outputs)) as tf.Scalar;
  }
  const y = model(x(0), 0);
  if (kind === "triplet") {
    const [near, far] = [model(x(1), 1), model(x(2), 2)];
    return tf.relu(square(tf.sub(y, near)).sub(square(tf.sub(y, far))).add(9)).asScalar();
  }
  if (kind === "used again") return square(y) as tf.Scalar;
  const gradient = tf.grad((x: tf.Tensor) => model(x, 1).sum())(x(3));
  return square(y).add(gradient.square().sum().mul(0.5)).asScalar();
}

async function measured(given: Case): Promise<number> {
  const { kind, batch, steps, seed } = given;
  const model = modelOf(given);
  const optimizer = tf.train.sgd(0.1);
  const x = (i: number) => tf.randomNormal([batch, 2], 0, 1, "float32", seed + 10 + i);
  const xs = kind === "timeDistributed"
    ? tf.tidy(() => tf.stack(Array.from({ length: steps }, (_, i) => x(i)), 1))
    : x(0);
  const loss = (_: tf.Tensor, y: tf.Tensor) =>
    kind === "timeDistributed" ? y.square().mean() as tf.Scalar : lossOf(
      given,
      (x, call) => call === 0 ? y : model.apply(x, { training: true }) as tf.Tensor,
    );
  const { columns } = await train(model, [{ xs, ys: tf.zeros([1]) }], { optimizer, loss }).finish();
  // Also of the layer that is used several times, which the model's own method leaves.
  tf.dispose([...new Set(model.weights.map((weight) => weight.read()))]);
  optimizer.dispose();
  return columns.p[0]!;
}

/** The norm of all gradients at the places of the probe. */
async function expected(given: Case): Promise<number> {
  const { kind, batch, width, steps } = given;
  const calls = { "used again": 1, timeDistributed: steps, triplet: 3, penalty: 2 }[kind];
  const uses = usesOf(given);
  const norm = tf.tidy(() => {
    const kernels = kernelsOf(given);
    const zeros = Array.from({ length: calls * uses }, () => tf.zeros([batch, width]));
    const loss = (...added: tf.Tensor[]) => {
      const of = (call: number) => added.slice(call * uses, (call + 1) * uses);
      const model: Model = (x, call) => plain(given, x, { kernels, added: of(call) });
      // Where the loss does not depend on a place, the gradient there is 0.
      return tf.addN([lossOf(given, model), ...added.map((each) => each.sum().mul(0))]);
    };
    return tf.norm(tf.concat(tf.grads(loss)(zeros)));
  });
  const [value] = await norm.data();
  norm.dispose();
  return value;
}

const RUNS = runs({ sample: 8, full: 1000 });

testOn(
  ["cpu", "wasm", webgpu],
  `in ${written(RUNS)} models and losses a probe sees what is computed without one`,
  async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (given) => {
        const [found, wanted] = [await measured(given), await expected(given)];
        assertAlmostEquals(found, wanted, 1e-5 * Math.max(1, wanted));
      }),
      { numRuns: RUNS },
    );
  },
);
