import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertThrows,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { DropPath, dropPath, type DropPathArgs } from "../../src/layers/drop_path.ts";
import { residual } from "../../src/layers/residual.ts";
import { attach } from "../../src/probe/attach.ts";
import type { RunRecord } from "../../src/record/record.ts";
import { train } from "../../src/train/train.ts";
import { apply, distance, finiteDifferences, stack, times, values } from "../support/layers.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";
import {
  connectionBatch,
  connectionModel,
  plainLoss,
  PROBED,
  stochasticDepth,
  weightedSum,
} from "./connections.ts";

const training = { training: true };

test("dropPath drops whole instances and scales the others, in training alone", () => {
  const layer = dropPath({ rate: 0.75, seed: 1 });
  const ones = () => tf.ones([200, 2, 3]);
  const y = values(apply(layer, ones(), training));
  const instances = Array.from({ length: 200 }, (_, n) => y.slice(6 * n, 6 * n + 6));
  for (const instance of instances) assertEquals(new Set(instance).size, 1);
  assertEquals(new Set(y), new Set([0, 4]));
  for (const kwargs of [{}, { training: false }]) {
    assertEquals(new Set(values(apply(layer, ones(), kwargs))), new Set([1]));
  }
});

testOn(
  ["cpu", "wasm", webgpu],
  "dropPath keeps the expectation, and the share of its rate",
  async () => {
    for (const rate of [0.1, 0.5, 0.9]) {
      const count = 20_000;
      const y = apply(dropPath({ rate, seed: 3 }), tf.ones([count, 1]), training);
      const drawn = [...await y.data()];
      y.dispose();
      const kept = drawn.filter((value) => value !== 0);
      // Six standard deviations of a binomial share.
      const allowed = 6 * Math.sqrt(rate * (1 - rate) / count);
      assertAlmostEquals(kept.length / count, 1 - rate, allowed);
      for (const value of kept) assertAlmostEquals(value * (1 - rate), 1, 1e-6);
      const mean = drawn.reduce((sum, value) => sum + value, 0) / count;
      assertAlmostEquals(mean, 1, allowed / (1 - rate) + 1e-6);
    }
  },
);

test("dropPath of rate 0 is the identity in training", () => {
  assertEquals(values(apply(dropPath({ rate: 0 }), tf.tensor2d([[1, -2]]), training)), [1, -2]);
});

testOn(
  ["cpu", "wasm", webgpu],
  "stochastic depth trains with the gradients of finite differences, at its probes too",
  async () => {
    const model = connectionModel(stochasticDepth([]));
    const each = await Promise.all(model.weights.map((weight) => weight.read().data()));
    const weights = each.flatMap((numbers) => [...numbers]);
    const heard: Record<"input" | "output", tf.Tensor | undefined> = {
      input: undefined,
      output: undefined,
    };
    const attachments = (["input", "output"] as const).map((at) => {
      const attachment = attach(model, { layers: "drop", at });
      attachment.probes.get("drop")!.listen((x) => {
        heard[at] = tf.keep(x.clone());
      }, { of: "activation" });
      return attachment;
    });
    const optimizer = tf.train.sgd(1);
    const { columns } = await train(model, [connectionBatch(model)], {
      optimizer,
      loss: weightedSum,
      measures: { x_in: { probe: "x_in" }, x_res: { probe: "x_res" } },
    }).finish();
    const [before, dropped] = await Promise.all([heard.input!.data(), heard.output!.data()]);
    const factors = [0, 2, 4].map((i) => Math.round(1e5 * dropped[i] / before[i]) / 1e5);
    assertEquals(new Set(factors), new Set([0, 2])); // the seed drops some of three, and not all
    const connection = stochasticDepth(factors);
    assertAlmostEquals(columns.loss[0]!, plainLoss(connection, weights), 1e-5);
    const after = await Promise.all(model.weights.map((weight) => weight.read().data()));
    const gradient = after.flatMap((numbers) => [...numbers]).map((value, i) => weights[i] - value);
    const h = 1e-4;
    const expected = finiteDifferences((w) => plainLoss(connection, w), weights, { h });
    assertLess(distance(gradient, expected), 1e-5);
    const still = Array(PROBED).fill(0);
    for (const [column, which] of [["x_in", "xIn"], ["x_res", "xRes"]] as const) {
      const moving = (moved: number[]) => plainLoss(connection, weights, { [which]: moved });
      const norm = Math.hypot(...finiteDifferences(moving, still, { h }));
      assertAlmostEquals(columns[column]![0]!, norm, 1e-5);
    }
    for (const { detach } of attachments) detach();
    tf.dispose(heard);
    optimizer.dispose();
    model.dispose();
  },
);

/** The record of some steps of y = dropPath(x·w), from ones: each set of instances has its own loss. */
async function losses(
  { steps, seed = 7, rate = 0.5, resumeFrom, model = dropping(seed, rate) }: {
    readonly steps: number;
    readonly seed?: number;
    readonly rate?: number;
    readonly resumeFrom?: RunRecord;
    readonly model?: tf.LayersModel;
  },
): Promise<RunRecord> {
  const optimizer = tf.train.sgd(0);
  const batches = Array.from({ length: steps }, () => ({ xs: tf.ones([64, 2]), ys: tf.ones([1]) }));
  const loss = (_: tf.Tensor, y: tf.Tensor) =>
    y.mul(tf.range(0, 64).cos().reshape([64, 1])).sum() as tf.Scalar;
  const record = await train(model, batches, { optimizer, loss, resumeFrom }).finish();
  optimizer.dispose();
  model.dispose();
  return record;
}

const dropping = (seed: number, rate: number) => stack([times(1), dropPath({ rate, seed })]);

/** The losses of the first backend. */
let sequence: readonly (number | null)[] | undefined;

testOn(
  ["cpu", "wasm", webgpu],
  "in train a seed gives other draws in each step, the same in each run",
  async () => {
    const [first, again, other] = [
      await losses({ steps: 5 }),
      await losses({ steps: 5 }),
      await losses({ steps: 5, seed: 8 }),
    ];
    assertEquals(again.columns.loss, first.columns.loss);
    assertEquals(new Set([...first.columns.loss, ...other.columns.loss]).size, 10);
    sequence ??= first.columns.loss;
    first.columns.loss.forEach((loss, i) => assertAlmostEquals(loss!, sequence![i]!, 1e-4));
  },
);

test("the draws continue where a training is resumed", async () => {
  const whole = await losses({ steps: 5 });
  const first = await losses({ steps: 3 });
  const second = await losses({ steps: 2, resumeFrom: first });
  assertEquals(second.columns.loss, whole.columns.loss);
});

test("dropPaths of one seed draw each for itself", async () => {
  const drop = () => dropPath({ rate: 0.5, seed: 7 });
  const once = await losses({ steps: 1, model: stack([times(1), drop()]) });
  const twice = await losses({ steps: 1, model: stack([times(1), drop(), drop()]) });
  // Instances that both keep are doubled twice: were they the same, the loss would be doubled.
  assertGreater(Math.abs(twice.columns.loss[0]! - 2 * once.columns.loss[0]!), 0.1);
});

testOn(webgpu, "a step with a dropPath is not replayed, and the run says why", async () => {
  const model = dropping(1, 0.5);
  const optimizer = tf.train.sgd(0.1);
  const loss = (_: tf.Tensor, y: tf.Tensor) => y.mean() as tf.Scalar;
  const batches = Array.from({ length: 8 }, () => ({ xs: tf.ones([4, 2]), ys: tf.ones([1]) }));
  const run = train(model, batches, { optimizer, loss });
  await run.finish();
  assertEquals(run.capture, {
    replayed: 0,
    eager: 8,
    reasons: ["it makes other numbers on the host in each step, as dropout does"],
  });
  model.dispose();
  optimizer.dispose();
});

test("dropPath in a block drops it in fit and not in predict", async () => {
  const block = tf.sequential({ layers: [times(10), dropPath({ rate: 0.5 })] });
  const model = stack([times(1), residual({ block })]);
  const x = tf.ones([1, 2]);
  const y = model.predict(x) as tf.Tensor;
  assertEquals(values(y), [11, 11]);
  model.compile({ optimizer: tf.train.sgd(0), loss: "meanAbsoluteError" });
  const [xs, ys] = [tf.ones([64, 2]), tf.zeros([64, 2])];
  const { history } = await model.fit(xs, ys, { batchSize: 1, verbose: 0, shuffle: false });
  const loss = history.loss[0] as number; // of an instance 1 or 21
  assert(loss > 1 && loss < 21);
  assertAlmostEquals((loss - 1) * 64 % 20, 0, 1e-3);
  tf.dispose([x, xs, ys]);
  model.optimizer.dispose();
  model.dispose();
});

test("fromConfig makes a dropPath with its rate and seed", () => {
  for (const args of [{ rate: 0.25, seed: 3 }, { rate: 0 }] as const) {
    const layer = dropPath({ ...args, name: "drop" });
    const config = JSON.parse(JSON.stringify(layer.getConfig()));
    const copy = DropPath.fromConfig(DropPath, config) as DropPath;
    assertEquals(copy.getConfig(), layer.getConfig());
    assertEquals(copy.rate, args.rate);
  }
});

test("dropPath refuses a rate and a seed that are none", () => {
  for (const [rate, got] of [[1, "1"], [-0.1, "-0.1"], [NaN, "NaN"], ["half", '"half"']]) {
    assertThrows(
      () => dropPath({ rate } as DropPathArgs),
      RangeError,
      `Cannot create a DropPath: rate must be a number from 0 to less than 1, got ${got}`,
    );
  }
  assertThrows(
    () => dropPath({ rate: 0.5, seed: "one" } as unknown as DropPathArgs),
    TypeError,
    'Cannot create a DropPath: seed must be an integer, got "one"',
  );
});
