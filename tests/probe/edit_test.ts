/** Listeners that return a tensor: it takes the place of the gradient, or of the values. */

import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { attach } from "../../src/probe/attach.ts";
import { type Probe, probe } from "../../src/probe/probe.ts";
import { tap } from "../../src/probe/tap.ts";
import { train } from "../../src/train/train.ts";
import { test, type TestBackend, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

const BACKENDS: readonly TestBackend[] = ["cpu", "wasm", webgpu];

const X = [[1, -2, 0.5], [0.25, 3, -1]];

/** Disposes of what TensorFlow.js keeps where a backward pass fails. */
function disposeOfTape(): void {
  for (const { saved } of tf.engine().state.activeTape ?? []) tf.dispose(saved);
}

/** d/dx of Σ 3·x², through what is put between x² and the rest. */
async function gradientThrough(between: (y: tf.Tensor) => tf.Tensor): Promise<number[][]> {
  const x = tf.tensor2d(X);
  try {
    const gradient = tf.tidy(() => tf.grad((x) => between(x.square()).mul(3).sum())(x));
    const values = await gradient.array() as number[][];
    gradient.dispose();
    return values;
  } finally {
    disposeOfTape();
    x.dispose();
  }
}

const scaled = (factor: number) => X.map((row) => row.map((x) => 6 * x * factor + 0)); // no -0

testOn(BACKENDS, "what a tap's listener returns is passed on in the gradient's place", async () => {
  const through = async (edit: (g: tf.Tensor) => unknown) =>
    (await gradientThrough((y) => tap(y, edit))).map((row) => row.map((value) => value + 0));
  assertEquals(await through((g) => g.mul(0.5)), scaled(0.5));
  assertEquals(await through((g) => tf.zerosLike(g)), scaled(0));
  assertEquals(await through((g) => tf.clipByValue(g, -1, 1)), scaled(1 / 3));
  assertEquals(await through((g) => g), scaled(1));
  assertEquals(await through((g) => g.size), scaled(1));
  assertEquals(await through(() => {}), scaled(1));
});

test("a kept tensor that a listener returns stays the listener's", async () => {
  let kept: tf.Tensor | undefined;
  const half = (g: tf.Tensor) => kept = tf.keep(g.mul(0.5));
  assertEquals(await gradientThrough((y) => tap(y, half)), scaled(0.5));
  assertEquals(await kept!.array(), X.map((row) => row.map(() => 1.5)));
  kept!.dispose();
});

test("a tensor of another shape or type is refused, with the way out", async () => {
  const refused = (edit: (g: tf.Tensor) => unknown) =>
    assertRejects(() => gradientThrough((y) => tap(y, edit)), RangeError);
  assertEquals(
    (await refused((g) => g.sum())).message,
    "Cannot edit a tapped gradient: the listener must return nothing, or a tensor of float32 of the " +
      "shape [2,3], got one of float32 of []; to return nothing write (x) => { … }",
  );
  assert((await refused((g) => g.toInt())).message.includes("got one of int32 of [2,3]"));
});

/** A layer, a probe at its output, and a layer. */
function probedModel(): { model: tf.Sequential; layer: Probe } {
  const layer = probe({ name: "between" });
  const first = tf.layers.dense({ units: 3, inputShape: [3], name: "first", activation: "tanh" });
  const model = tf.sequential({
    layers: [first, layer, tf.layers.dense({ units: 2, name: "last" })],
  });
  return { model, layer };
}

interface Outcome {
  readonly y: number[][];
  /** By the weights' names, those of kernels alone. */
  readonly first: number[][];
  readonly last: number[][];
}

/** A model's output for X, and the gradients of the sum of its squares at two kernels. */
async function outcomeOf(model: tf.LayersModel): Promise<Outcome> {
  const [first, last] = [model.getLayer("first"), model.getLayer("last")].map((layer) =>
    layer.trainableWeights[0].read() as tf.Variable
  );
  try {
    const tensors = tf.tidy(() => {
      const x = tf.tensor2d(X);
      const sum = () => (model.apply(x) as tf.Tensor).square().sum() as tf.Scalar;
      const { grads } = tf.variableGrads(sum, [first, last]);
      return [model.predict(x) as tf.Tensor, grads[first.name], grads[last.name]];
    });
    const [y, ofFirst, ofLast] = await Promise.all(
      tensors.map((tensor) => tensor.array() as Promise<number[][]>),
    );
    tf.dispose(tensors);
    return { y, first: ofFirst, last: ofLast };
  } finally {
    disposeOfTape();
  }
}

const times = (matrix: number[][], factor: number) =>
  matrix.map((row) => row.map((value) => Math.fround(value * factor)));

testOn(BACKENDS, "an edited gradient changes what lies before it, and nothing else", async () => {
  const { model, layer } = probedModel();
  const plain = await outcomeOf(model);
  const stop = layer.listen((g) => g.mul(0.5));
  const { y, first, last } = await outcomeOf(model);
  assertEquals({ y, first, last }, { ...plain, first: times(plain.first, 0.5) });
  stop();
  assertEquals(await outcomeOf(model), plain);

  const { probes, detach } = attach(model, { layers: "first" });
  probes.get("first")!.listen((g) => g.mul(0.5));
  assertEquals(await outcomeOf(model), { ...plain, first: times(plain.first, 0.5) });
  detach();
  assertEquals(await outcomeOf(model), plain);
  model.dispose();
});

testOn(BACKENDS, "edited values go forward, and the gradient back through the edit", async () => {
  const { model, layer } = probedModel();
  const [first] = model.getLayer("first").getWeights(),
    [, bias] = model.getLayer("last").getWeights();
  const stopZero = layer.listen((y) => tf.zerosLike(y), { of: "activation" });
  const zero = await outcomeOf(model);
  const biases = await bias.array() as number[];
  assertEquals(zero.y, X.map(() => biases));
  assertEquals(zero.first.flat().map((value) => value + 0), Array(first.size).fill(0));
  stopZero();

  // Three times the values is three times the next kernel, and then a third of its gradient.
  layer.listen((y) => y.mul(4), { of: "activation" });
  const edited = await outcomeOf(model);
  const last = model.getLayer("last");
  const [kernel] = last.getWeights();
  const larger = kernel.mul(4);
  last.setWeights([larger, bias]);
  layer.listen((y) => y.mul(0.25), { of: "activation" }); // undoes the first
  const same = await outcomeOf(model);
  assertEquals(edited, { ...same, last: times(same.last, 4) });
  larger.dispose();
  model.dispose();
});

testOn(BACKENDS, "an attachment edits values at inputs and outputs alike", async () => {
  const { model } = probedModel();
  for (const [name, at] of [["first", "output"], ["last", "input"]] as const) {
    const { probes, detach } = attach(model, { layers: name, at });
    probes.get(name)!.listen((y) => tf.zerosLike(y), { of: "activation" });
    const { y, first, last } = await outcomeOf(model);
    assertEquals([...first, ...last].flat().map((value) => value + 0), Array(15).fill(0));
    assertEquals(y, [[0, 0], [0, 0]]);
    detach();
  }
  model.dispose();
});

test("a gradient at an input cannot be edited", async () => {
  const { model } = probedModel();
  const { probes, detach } = attach(model, { layers: "last", at: "input" });
  probes.get("last")!.listen((g) => g.mul(2));
  const error = await assertRejects(() => outcomeOf(model), Error);
  assertEquals(
    error.message,
    "Cannot edit the gradient at the input last: a listener at an input must return no tensor; edit at " +
      "the output of the layer before, or return nothing: (x) => { … }",
  );
  detach();
  model.dispose();
});

test("listeners hear in the order in which they came, each what the one before left", async () => {
  const { model, layer } = probedModel();
  const heard: number[] = [];
  const largest = (x: tf.Tensor) => heard.push(x.abs().max().dataSync()[0]);
  for (const  of of["gradient", "activation"] as const) {
    heard.length = 0;
    const stops = [
      layer.listen((x) => void largest(x), { of }),
      layer.listen((x) => x.mul(2), { of }),
      layer.listen((x) => void largest(x), { of }),
    ];
    await outcomeOf(model);
    assertEquals(heard[1], 2 * heard[0]);
    for (const stop of stops) stop();
  }
  model.dispose();
});

const batches = function* (count: number) {
  for (let i = 0; i < count; i++) yield { xs: tf.tensor2d(X), ys: tf.ones([2, 2]) };
};

testOn(BACKENDS, "a record says what was edited, and measures hear what is passed on", async () => {
  const { model, layer } = probedModel();
  const options = {
    optimizer: tf.train.sgd(0),
    loss: (ys: tf.Tensor, y: tf.Tensor) => tf.losses.meanSquaredError(ys, y) as tf.Scalar,
  };
  const plain = await train(model, batches(2), options).finish();
  assertEquals(plain.results, {});
  const stop = layer.listen((g) => g.mul(0.5));
  const edited = await train(model, batches(2), options).finish();
  stop();
  assertEquals(edited.results, { edited: "the gradient at between" });
  const half = plain.columns.between.map((norm) => Math.fround(norm! / 2));
  assertEquals(edited.columns.between.map((norm) => Math.fround(norm!)), half);

  const resumed = await train(model, batches(1), { ...options, resumeFrom: edited }).finish();
  assertEquals(resumed.results, { edited: "the gradient at between" });
  options.optimizer.dispose();
  model.dispose();
});
