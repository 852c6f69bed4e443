import {
  assertAlmostEquals,
  assertEquals,
  assertInstanceOf,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { residual } from "../../src/layers/residual.ts";
import { findProbes } from "../../src/probe/find_probes.ts";
import { type Probe, probe } from "../../src/probe/probe.ts";
import { coherence } from "../../src/probe/statistics.ts";
import type { Measures } from "../../src/train/measures.ts";
import { train } from "../../src/train/train.ts";
import { runs, written } from "../support/generated.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";
import {
  batch,
  batches,
  linear,
  meanSquaredError,
  type Numbers,
  outcome,
  residualModel,
  trained,
} from "./models.ts";

/** Fails unless the probe has no listeners: it then returns the very tensor that it is given. */
function assertUnobserved(probe: Probe): void {
  const x = tf.scalar(1);
  assertStrictEquals(probe.call(x), x);
  x.dispose();
}

/** The sentence with which training a model with these measures ends; its probes must be left alone. */
async function refusal(
  model: tf.LayersModel,
  measures?: Measures,
  batches: Numbers[] = [{ xs: [[1, 2]], ys: [[3]] }],
): Promise<[string, number]> {
  const probes = findProbes(model);
  const { error, steps } = await outcome(model, batches.map(batch), { measures });
  for (const probe of probes.values()) assertUnobserved(probe);
  if (!(error instanceof RangeError)) throw error;
  return [error.message, steps.length];
}

const dense = (units: number, inputShape?: tf.Shape) =>
  tf.layers.dense({ units, inputShape, useBias: false });

test("a measure is the statistic of its probe's gradient, under its own name", async () => {
  const layers = [dense(2, [2]), probe({ name: "output" })];
  const model = tf.sequential({ layers });
  tf.tidy(() => model.setWeights([tf.eye(2)]));
  const { record } = await trained(model, [batch({ xs: [[3, 0], [0, 4]], ys: [[0, 0], [0, 0]] })], {
    measures: {
      length: { probe: "output" },
      direction: { probe: "output", statistic: coherence },
      largest: { probe: "output", statistic: tf.max },
    },
  });
  const { length, direction, largest } = record.columns; // the gradient is output / 2
  assertEquals(length, [2.5]);
  assertAlmostEquals(direction[0]!, 5 / 7, 1e-6);
  assertEquals(largest, [2]);
});

test("a statistic that counts is recorded beside those that are not whole", async () => {
  const nonzero = (gradient: tf.Tensor) => tf.notEqual(gradient, 0).sum(); // int32
  const { record } = await trained(residualModel(), batches(2), {
    measures: { count: { probe: "x_in", statistic: nonzero }, x_in: { probe: "x_in" } },
  });
  assertEquals(record.columns.count, [6, 6]);
  assertEquals(record.columns.x_in.map(Number.isInteger), [false, false]);
});

test("any rank of one number will do for a statistic", async () => {
  const { record } = await trained(residualModel(), batches(1), {
    measures: { mean: { probe: "x_in", statistic: (g) => tf.mean(g).reshape([1, 1]) } },
  });
  assertEquals(record.columns.mean.length, 1);
});

test("without measures the columns are the norms at all probes, nested ones too", async () => {
  const { record } = await trained(residualModel(), batches(1));
  assertEquals(Object.keys(record.columns), ["step", "loss", "x_in", "x_res"]);
});

test("a model without probes has the columns step and loss", async () => {
  const { record } = await trained(linear(), batches(1));
  assertEquals(Object.keys(record.columns), ["step", "loss"]);
});

test("with no measures asked for, probes are not listened to", async () => {
  const { record } = await trained(residualModel(), batches(1), { measures: {} });
  assertEquals(Object.keys(record.columns), ["step", "loss"]);
});

test("a measure may have the name of a property of all objects", async () => {
  const names = ["__proto__", "constructor", "toString"];
  const measures = Object.fromEntries(names.map((name) => [name, { probe: "x_in" }]));
  const { record, steps } = await trained(residualModel(), batches(2), { measures });
  assertEquals(Object.keys(record.columns), ["step", "loss", ...names]);
  for (const name of names) {
    const column = Object.entries(record.columns).find(([own]) => own === name)![1];
    assertEquals(column, steps.map((step) => Object.entries(step).find(([n]) => n === name)![1]));
    assertEquals(column.every((value) => typeof value === "number"), true);
  }
});

/** The sentence with which `train` refuses measures before anything happens. */
function refusalAtOnce(model: tf.LayersModel, measures?: Measures): string {
  const optimizer = tf.train.sgd(0.1);
  const options = { optimizer, loss: meanSquaredError, measures };
  const { message } = assertThrows(() => train(model, [], options), RangeError);
  optimizer.dispose();
  model.dispose();
  return message;
}

test("a measure of an unknown probe is refused, with those that exist", () => {
  assertEquals(
    refusalAtOnce(residualModel(), { norm: { probe: "x_out" } }),
    "Cannot measure norm: the model has no probe named x_out, only x_in, x_res",
  );
  assertEquals(
    refusalAtOnce(linear(), { norm: { probe: "x_out" } }),
    "Cannot measure norm: the model has no probe named x_out, nor any other",
  );
});

for (const name of ["step", "loss"]) {
  test(`a measure named ${name} is refused, a probe of that name too`, () => {
    const sentence = `Cannot name a measure ${name}: every record has that column already`;
    assertEquals(refusalAtOnce(residualModel(), { [name]: { probe: "x_in" } }), sentence);
    const layers = [dense(1, [2]), probe({ name })];
    assertEquals(refusalAtOnce(tf.sequential({ layers })), sentence);
  });
}

test("a statistic of more than one number is refused, with its shape", async () => {
  const [sentence, steps] = await refusal(residualModel(), {
    x_in: { probe: "x_in" },
    double: { probe: "x_in", statistic: (gradient) => gradient.mul(2) },
  });
  assertEquals(sentence, "Cannot record double: a statistic must give one number, got shape [1,2]");
  assertEquals(steps, 0);
});

test("what a statistic throws is what the run throws", async () => {
  const thrown = new Error("thrown by the statistic");
  const statistic = () => {
    throw thrown;
  };
  const measures = { first: { probe: "x_in" }, second: { probe: "x_res", statistic } };
  const { error, record } = await outcome(residualModel(), batches(1), { measures });
  assertStrictEquals(error, thrown);
  assertEquals(record.results, { stopped: "thrown by the statistic" });
});

const unreached = (name: string) =>
  `Cannot measure ${name}: no gradient passes the probe ${name}; the loss must depend on it, ` +
  "and it on a trainable weight";

test("a probe before every weight is refused: no gradient reaches it", async () => {
  const layers = [probe({ name: "images", inputShape: [2] }), dense(1)];
  assertEquals((await refusal(tf.sequential({ layers })))[0], unreached("images"));
});

test("a probe that the loss does not depend on is refused", async () => {
  const x = tf.input({ shape: [2] });
  const used = residualModel();
  const h = used.layers.slice(1).reduce((x, l) => l.apply(x) as tf.SymbolicTensor, x);
  const unused = probe({ name: "unused" }).apply(dense(1).apply(x)) as tf.SymbolicTensor;
  const model = tf.model({ inputs: x, outputs: [h, unused] });
  const first = (ys: tf.Tensor, output: tf.Tensor[]) => meanSquaredError(ys, output[0]);
  const { error } = await outcome(model, batches(1), {
    loss: first as unknown as typeof meanSquaredError,
  });
  assertEquals((error as Error).message, unreached("unused"));
  used.dispose();
});

/** A chain of layers after an input of two numbers, each weight 0.5. */
function chain(layers: tf.layers.Layer[]): tf.LayersModel {
  const x = tf.input({ shape: [2] });
  const model = tf.model({
    inputs: x,
    outputs: layers.reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, x),
  });
  tf.tidy(() => model.setWeights(model.getWeights().map(({ shape }) => tf.fill(shape, 0.5))));
  return model;
}

test("a probe that is used twice sees both gradients, as one batch below the other", async () => {
  const shared = probe({ name: "shared" });
  const once = chain([dense(2), shared, dense(2), shared, dense(1)]);
  const measures = {
    rows: { probe: "shared", statistic: (gradient: tf.Tensor) => tf.scalar(gradient.shape[0]) },
    norm: { probe: "shared" },
  };
  const { record: { columns } } = await outcome(once, batches(1), { measures });
  const twice = chain([
    dense(2),
    probe({ name: "first" }),
    dense(2),
    probe({ name: "second" }),
    dense(1),
  ]);
  const { record: { columns: { first, second } } } = await outcome(twice, batches(1));
  assertEquals(columns.rows, [6]); // batches are of three
  assertAlmostEquals(columns.norm[0]!, Math.hypot(first[0]!, second[0]!), 1e-6);
});

test("gradients that a loss computes for a penalty are not measured", async () => {
  const plain = await outcome(residualModel(), batches(1));
  const model = residualModel();
  const penalized = await outcome(model, batches(1), {
    loss: (ys: tf.Tensor, y: tf.Tensor) => {
      const sum = (x: tf.Tensor) => (model.apply(x) as tf.Tensor).sum();
      const penalty = tf.grad(sum)(tf.ones([3, 2])).sum().mul(0);
      return meanSquaredError(ys, y).add(penalty) as tf.Scalar;
    },
  });
  const { x_in, x_res } = plain.record.columns;
  assertAlmostEquals(penalized.record.columns.x_in[0]!, x_in[0]!, 1e-6);
  assertAlmostEquals(penalized.record.columns.x_res[0]!, x_res[0]!, 1e-6);
});

test("a probe within timeDistributed sees the gradient of each step of the sequence", async () => {
  const layer = tf.sequential({
    layers: [dense(2, [2]), probe({ name: "p" }), tf.layers.dense({ units: 1 })],
  });
  const model = tf.sequential({
    layers: [tf.layers.timeDistributed({ layer, inputShape: [4, 2] }), tf.layers.flatten()],
  });
  const batch = { xs: tf.ones([3, 4, 2]), ys: tf.ones([3, 4]) };
  const measures = {
    rows: { probe: "p", statistic: (gradient: tf.Tensor) => tf.scalar(gradient.shape[0]) },
  };
  const { record } = await outcome(model, [batch], { measures });
  assertEquals(record.columns.rows, [12]);
});

test("a measure that fails in a later step keeps the steps before", async () => {
  let calls = 0;
  const statistic = (gradient: tf.Tensor) => ++calls < 3 ? tf.sum(gradient) : gradient;
  const measures = { sum: { probe: "x_res", statistic } };
  const { error, record } = await outcome(residualModel(), batches(5), { measures });
  assertEquals(
    (error as Error).message,
    "Cannot record sum: a statistic must give one number, got shape [3,2]",
  );
  assertEquals(record.columns.step, [0, 1]);
});

test("the probes are left without listeners after a run, also one that is left early", async () => {
  const model = residualModel();
  const probes = [...findProbes(model).values()];
  const optimizer = tf.train.sgd(0.1);
  for await (const _ of train(model, batches(9), { optimizer, loss: meanSquaredError })) break;
  probes.forEach(assertUnobserved);
  await train(model, batches(2), { optimizer, loss: meanSquaredError }).finish();
  probes.forEach(assertUnobserved);
  optimizer.dispose();
  model.dispose();
});

test("two runs of one model do not hear each other", async () => {
  const model = residualModel();
  const optimizer = tf.train.sgd(0);
  const options = { optimizer, loss: meanSquaredError };
  const runs = [train(model, batches(3), options), train(model, batches(3), options)];
  const [first, second] = await Promise.all(runs.map((run) => run.finish()));
  assertEquals(second, first);
  optimizer.dispose();
  model.dispose();
});

test("a model without a trainable weight is refused", async () => {
  const model = residualModel();
  model.trainable = false;
  const [sentence] = await refusal(model, {});
  assertEquals(sentence, `Cannot train ${model.name}: a trainable weight is needed, got none of 3`);
});

test("a loss that is not one number is refused, with its shape", async () => {
  const loss = (ys: tf.Tensor, output: tf.Tensor) => tf.sub<tf.Scalar>(ys, output);
  const { error } = await outcome(residualModel(), batches(1), { loss });
  assertInstanceOf(error, RangeError);
  assertEquals(error.message, "Cannot minimize the loss: it must be a scalar, got shape [3,1]");
});

test("an optimizer that throws leaves nothing behind", async () => {
  const thrown = new Error("thrown by the optimizer");
  const optimizer = Object.assign(tf.train.sgd(0.1), {
    applyGradients: () => {
      throw thrown;
    },
  });
  const { error } = await outcome(residualModel(), batches(1), { optimizer });
  assertStrictEquals(error, thrown);
});

test("a batch that the model or the loss cannot take leaves nothing behind", async () => {
  for (const ys of [[[1]], [[1, 2], [3, 4], [5, 6]]]) {
    const { error } = await outcome(residualModel(), [
      batch({ xs: [[1, 2], [3, 4]], ys }),
    ]);
    assertEquals(error instanceof Error, true);
  }
  const { error } = await outcome(residualModel(), [batch({ xs: [[1, 2, 3]], ys: [[1]] })]);
  assertEquals(error instanceof Error, true);
});

test("a probe in the shortcut and in the block share one backward pass", async () => {
  const calls: string[] = [];
  const counted = (name: string) => (gradient: tf.Tensor) => {
    calls.push(name);
    return tf.sum(gradient);
  };
  await trained(residualModel(), batches(2), {
    measures: {
      a: { probe: "x_in", statistic: counted("x_in") },
      b: { probe: "x_res", statistic: counted("x_res") },
    },
  });
  assertEquals(calls.sort(), ["x_in", "x_in", "x_res", "x_res"]);
});

test("a probe inside a residual block inside another one is measured", async () => {
  const inner = residual({ block: dense(2), shortcut: probe({ name: "inner" }), inputShape: [2] });
  const block = tf.sequential({ layers: [inner] });
  const layers = [dense(2, [2]), residual({ block }), dense(1)];
  const { record } = await trained(tf.sequential({ layers }), batches(2));
  assertEquals(Object.keys(record.columns), ["step", "loss", "inner"]);
});

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
