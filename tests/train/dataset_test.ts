import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertRejects } from "@std/assert";
import { type Batches, type RunRecord, train } from "@residual/connection";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";
import { linear, meanSquaredError } from "./models.ts";

/** Seven instances of two numbers and one. */
const XS = Array.from({ length: 7 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);
const YS = XS.map(([a, b]) => [a - b]);

/** The instances in batches of two, the last of one. */
const dataset = () => tf.data.zip({ xs: tf.data.array(XS), ys: tf.data.array(YS) }).batch(2);

/** An element of it. */
type Named = Readonly<Record<"xs" | "ys", tf.Tensor>>;

function* arrays() {
  for (let i = 0; i < XS.length; i += 2) {
    yield { xs: tf.tensor2d(XS.slice(i, i + 2)), ys: tf.tensor2d(YS.slice(i, i + 2)) };
  }
}

type Source = Batches;

/** A training on these batches: its columns, and the weights that it leaves. */
async function trained(
  batches: Source,
  { model = linear(), resumeFrom }: { model?: tf.Sequential; resumeFrom?: RunRecord } = {},
): Promise<{ record: RunRecord; weights: number[] }> {
  const optimizer = tf.train.sgd(0.1);
  try {
    const record = await train(model, batches, { optimizer, loss: meanSquaredError, resumeFrom })
      .finish();
    return { record, weights: [...await model.weights[0].read().data()] };
  } finally {
    model.dispose();
    optimizer.dispose();
  }
}

testOn(
  ["cpu", "wasm", webgpu],
  "a tf.data.Dataset of { xs, ys }, or of [xs, ys], trains as the same batches from a generator",
  async () => {
    const expected = await trained(arrays());
    const pairs = dataset().map((element) => {
      const { xs, ys } = element as Named;
      return [xs, ys];
    });
    assertEquals(expected.record.columns.step, [0, 1, 2, 3]);
    assertEquals(await trained(dataset()), expected);
    assertEquals(await trained(pairs), expected);
    assertEquals(await trained(dataset().prefetch(2)), expected);
  },
);

test("a dataset of tensors that somebody else holds trains, and leaves them theirs", async () => {
  const held = [...arrays()];
  const { record } = await trained(tf.data.array(held));
  assertEquals(record.columns.step, [0, 1, 2, 3]);
  assertEquals(held.map(({ xs }) => xs.isDisposed), [false, false, false, false]);
  tf.dispose(held);
});

test("a dataset trains once over, and again in another run", async () => {
  const data = dataset();
  assertEquals(await trained(data), await trained(data));
});

test("several inputs and outputs come as arrays of tensors", async () => {
  const inputs = [tf.input({ shape: [2] }), tf.input({ shape: [2] })];
  const sum = tf.layers.add().apply(inputs) as tf.SymbolicTensor;
  const model = tf.model({
    inputs,
    outputs: tf.layers.dense({ units: 1 }).apply(sum) as tf.SymbolicTensor,
  });
  const data = dataset().map((element) => {
    const { xs, ys } = element as Named;
    return { xs: [xs, xs.clone()], ys };
  });
  const optimizer = tf.train.sgd(0.1);
  const run = train(model, data, { optimizer, loss: meanSquaredError });
  assertEquals((await run.finish()).columns.step, [0, 1, 2, 3]);
  model.dispose();
  optimizer.dispose();
});

test("a run on a dataset resumes with dataset.skip, with the same bits", async () => {
  const whole = await trained(dataset());
  const model = linear();
  const optimizer = tf.train.sgd(0.1);
  const options = { optimizer, loss: meanSquaredError };
  const resumeFrom = await train(model, dataset().take(2), options).finish();
  optimizer.dispose();
  assertEquals(await trained(dataset().skip(2), { model, resumeFrom }), whole);
});

test("a run on a dataset that is left early holds no tensor", async () => {
  const model = linear();
  const optimizer = tf.train.sgd(0.1);
  const run = train(model, dataset().repeat(), { optimizer, loss: meanSquaredError, readEvery: 1 });
  for await (const { step } of run) if (step === 5) break;
  model.dispose();
  optimizer.dispose();
});

const others: readonly [what: string, source: () => unknown, got: string][] = [
  ["tensors alone", () => tf.data.array(XS).batch(2), "a tensor"],
  [
    "objects of other names",
    () => tf.data.zip({ x: tf.data.array(XS), y: tf.data.array(YS) }).batch(2),
    "{ x: a tensor, y: a tensor }",
  ],
  [
    "triples",
    () => tf.data.array(XS).batch(2).map((xs) => [xs, tf.clone(xs as tf.Tensor), tf.tensor1d([1])]),
    "[a tensor, a tensor, a tensor]",
  ],
  ["numbers", () => tf.data.array([1, 2]), "1"],
  [
    "arrays, not yet batched",
    () => tf.data.zip({ xs: tf.data.array(XS), ys: tf.data.array(YS) }),
    "{ xs: an array, ys: an array }",
  ],
  [
    "inputs by name",
    () => tf.data.zip({ xs: { a: tf.data.array(XS) }, ys: tf.data.array(YS) }).batch(2),
    "{ xs: an object, ys: a tensor }",
  ],
];
for (const [what, source, got] of others) {
  test(`a dataset of ${what} is refused, and holds no tensor afterward`, async () => {
    await assertRejects(
      () => trained(source() as Source),
      TypeError,
      "Cannot take step 0: an element of the dataset must be { xs, ys } or [xs, ys], of tensors, " +
        `got ${got}; dataset.batch(32) makes tensors, dataset.map another form`,
    );
  });
}

test("an element of another form ends the run, which keeps the steps before", async () => {
  const elements = [{ xs: tf.tensor2d(XS), ys: tf.tensor2d(YS) }, { xs: tf.tensor2d(XS) }];
  const model = linear();
  const optimizer = tf.train.sgd(0.1);
  const run = train(model, tf.data.array(elements) as Source, {
    optimizer,
    loss: meanSquaredError,
  });
  await assertRejects(() => run.finish(), TypeError, "Cannot take step 1: ");
  assertEquals((await run.record()).columns.step, [0]);
  tf.dispose(elements);
  model.dispose();
  optimizer.dispose();
});

test("what has an iterator() that gives none is refused", async () => {
  const source = { iterator: () => Promise.resolve(undefined) };
  await assertRejects(
    () => trained(source as unknown as Source),
    TypeError,
    "Cannot train: the dataset's iterator() must give an iterator, got undefined",
  );
});
