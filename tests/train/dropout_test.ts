/** Dropout with a seed draws a sequence of masks, the same one in every run and on every backend. */

import { assert, assertEquals, assertNotEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { residual } from "../../src/layers/residual.ts";
import type { RunRecord } from "../../src/record/record.ts";
import type { Measures } from "../../src/train/measures.ts";
import { train } from "../../src/train/train.ts";
import { runs, written } from "../support/generated.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

const SIZE = 64;

/** A model whose outputs are a number that is trained, and what dropout makes of the input. */
function model(
  { seed = 7, rate = 0.5, size = SIZE, layers = 1 }: {
    readonly seed?: number;
    readonly rate?: number;
    readonly size?: number;
    readonly layers?: number;
  } = {},
): tf.LayersModel {
  const x = tf.input({ shape: [size] });
  const number = tf.layers.dense({ units: 1 }).apply(x) as tf.SymbolicTensor;
  const dropped = Array.from(
    { length: layers },
    () => tf.layers.dropout({ rate, seed }).apply(x) as tf.SymbolicTensor,
  );
  return tf.model({ inputs: x, outputs: [number, ...dropped] });
}

/** The outputs of dropout in some steps from ones, and the record. */
async function masks(
  model: tf.LayersModel,
  { steps, size = SIZE, optimizer: given, ...options }: {
    readonly steps: number;
    readonly size?: number;
    readonly optimizer?: tf.Optimizer;
    readonly resumeFrom?: RunRecord;
  },
): Promise<{ readonly masks: number[][]; readonly record: RunRecord }> {
  const kept: tf.Tensor[] = [];
  const loss = (_: tf.Tensor, [number, ...dropped]: tf.Tensor[]) => {
    kept.push(...dropped.map((each) => tf.keep(each.clone())));
    return number.mean() as tf.Scalar;
  };
  function* batches() {
    for (let step = 0; step < steps; step++) yield { xs: tf.ones([1, size]), ys: tf.zeros([1]) };
  }
  const optimizer = given ?? tf.train.sgd(0.1);
  const record = await train(model, batches(), { optimizer, loss, ...options }).finish();
  const values = await Promise.all(kept.map((mask) => mask.data()));
  tf.dispose(kept);
  if (given === undefined) optimizer.dispose();
  return { masks: values.map((mask) => [...mask]), record };
}

/** The first five masks, of the first backend that drew them. */
let sequence: number[][] | undefined;

testOn(
  ["cpu", "wasm", webgpu],
  "a seed gives another mask in each step, the same ones in each run",
  async () => {
    const found = [];
    for (let run = 0; run < 2; run++) {
      const one = model();
      found.push((await masks(one, { steps: 5 })).masks);
      one.dispose();
    }
    assertEquals(found[1], found[0]);
    assertEquals(new Set(found[0].map(String)).size, 5);
    sequence ??= found[0];
    assertEquals(found[0], sequence); // to the bit, on every backend
  },
);

test("the sequence continues where a training is resumed", async () => {
  const whole = model();
  const expected = (await masks(whole, { steps: 5 })).masks;
  const part = model();
  const first = await masks(part, { steps: 3 });
  const second = await masks(part, { steps: 2, resumeFrom: first.record });
  assertEquals([...first.masks, ...second.masks], expected);
  for (const one of [whole, part]) one.dispose();
});

test("the sequence continues where a training goes on with its optimizer", async () => {
  const whole = model();
  const expected = (await masks(whole, { steps: 5 })).masks;
  const part = model();
  const optimizer = tf.train.sgd(0.1);
  const first = await masks(part, { steps: 3, optimizer });
  const second = await masks(part, { steps: 2, optimizer });
  assertEquals([...first.masks, ...second.masks], expected);
  for (const one of [whole, part, optimizer]) one.dispose();
});

test("layers of one seed, and a layer that is used twice, draw masks of their own", async () => {
  const several = model({ layers: 2 });
  const found = (await masks(several, { steps: 2 })).masks;
  assertEquals(new Set(found.map(String)).size, 4);
  several.dispose();

  const x = tf.input({ shape: [SIZE] });
  const layer = tf.layers.dropout({ rate: 0.5, seed: 1 });
  const once = layer.apply(x) as tf.SymbolicTensor;
  const number = tf.layers.dense({ units: 1 }).apply(x) as tf.SymbolicTensor;
  const outputs = [number, once, layer.apply(once) as tf.SymbolicTensor];
  const twice = tf.model({ inputs: x, outputs });
  const [first, both] = (await masks(twice, { steps: 1 })).masks;
  assert(both.some((value, i) => value === 0 && first[i] !== 0));
  tf.dispose([...new Set(twice.weights.map((weight) => weight.read()))]);
});

test("inside of a residual block, and with spatialDropout1d, the masks are a sequence too", async () => {
  const x = tf.input({ shape: [SIZE] });
  const number = tf.layers.dense({ units: 1 }).apply(x) as tf.SymbolicTensor;
  const block = tf.sequential({
    layers: [tf.layers.dropout({ rate: 0.5, seed: 1, inputShape: [SIZE] })],
  });
  const around = residual({ block }).apply(x) as tf.SymbolicTensor;
  const rows = tf.layers.reshape({ targetShape: [1, SIZE] }).apply(x) as tf.SymbolicTensor;
  const spatial = tf.layers.spatialDropout1d({ rate: 0.5, seed: 1 }).apply(
    rows,
  ) as tf.SymbolicTensor;
  const both = tf.model({ inputs: x, outputs: [number, around, spatial] });
  const found = (await masks(both, { steps: 2 })).masks;
  assertEquals(new Set(found.map(String)).size, 4);
  both.dispose();
});

test("measuring what the model computes does not change the masks", async () => {
  const measured = async (measure: boolean) => {
    const one = model();
    const kept: number[][] = [];
    const loss = (_: tf.Tensor, [number, dropped]: tf.Tensor[]) => {
      kept.push([...dropped.dataSync()]);
      return number.mean() as tf.Scalar;
    };
    const compute = () =>
      tf.sum((one.apply(tf.ones([1, SIZE]), { training: true }) as tf.Tensor[])[1]);
    const optimizer = tf.train.sgd(0.1);
    const batches = [0, 1].map(() => ({ xs: tf.ones([1, SIZE]), ys: tf.zeros([1]) }));
    const measures: Measures = measure ? { sum: { compute } } : {};
    await train(one, batches, { optimizer, loss, measures }).finish();
    one.dispose();
    optimizer.dispose();
    return kept;
  };
  assertEquals(await measured(true), await measured(false));
});

test("outside of training a seed has TensorFlow.js's mask, as before", () => {
  tf.tidy(() => {
    const layer = tf.layers.dropout({ rate: 0.5, seed: 3 });
    const [first, second] = [0, 1].map(() =>
      (layer.apply(tf.ones([1, SIZE]), { training: true }) as tf.Tensor).dataSync()
    );
    assertEquals(first, tf.dropout(tf.ones([1, SIZE]), 0.5, undefined, 3).dataSync());
    assertEquals(second, first);
    assertEquals(layer.getConfig().seed, 3);
  });
});

testOn(webgpu, "a step with a seeded dropout is not replayed, and the run says why", async () => {
  const one = model({ size: 1 });
  const optimizer = tf.train.sgd(0.1);
  const loss = (_: tf.Tensor, [number]: tf.Tensor[]) => number.mean() as tf.Scalar;
  const batches = Array.from({ length: 8 }, () => ({ xs: tf.ones([1, 1]), ys: tf.zeros([1]) }));
  const run = train(one, batches, { optimizer, loss });
  await run.finish();
  assertEquals(run.capture, {
    replayed: 0,
    eager: 8,
    reasons: ["it makes other numbers on the host in each step, as dropout does"],
  });
  one.dispose();
  optimizer.dispose();
});

/** Layers that TensorFlow.js gives no seed. */
const NOISE: Readonly<Record<string, () => tf.layers.Layer>> = {
  "dropout without a seed": () => tf.layers.dropout({ rate: 0.5 }),
  "spatialDropout1d without a seed": () => tf.layers.spatialDropout1d({ rate: 0.5 }),
  "gaussianNoise": () => tf.layers.gaussianNoise({ stddev: 1 }),
  "gaussianDropout": () => tf.layers.gaussianDropout({ rate: 0.5 }),
  "alphaDropout": () => tf.layers.alphaDropout({ rate: 0.5 }),
};

for (const [name, make] of Object.entries(NOISE)) {
  testOn(["cpu", "wasm", webgpu], `${name} draws other numbers in each step and run`, async () => {
    const found: (number | null)[] = [];
    for (let run = 0; run < 2; run++) {
      const noise = make();
      const x = tf.input({ shape: [1, SIZE] });
      const kernelInitializer = tf.initializers.randomNormal({ seed: 1 });
      const layers = [noise, tf.layers.flatten(), tf.layers.dense({ units: 1, kernelInitializer })];
      const outputs = layers.reduce((y, layer) => layer.apply(y) as tf.SymbolicTensor, x);
      const noisy = tf.model({ inputs: x, outputs });
      const optimizer = tf.train.sgd(0);
      const loss = (_: tf.Tensor, y: tf.Tensor) => y.mean() as tf.Scalar;
      const batches = Array.from({ length: 6 }, () => ({
        xs: tf.ones([1, 1, SIZE]),
        ys: tf.zeros([1]),
      }));
      const { columns } = await train(noisy, batches, { optimizer, loss }).finish();
      found.push(...columns.loss);
      noisy.dispose();
      optimizer.dispose();
    }
    assertEquals(new Set(found).size, 12);
  });
}

const RUNS = runs({ sample: 10, full: 1000 });

testOn(
  ["cpu", "wasm", webgpu],
  `${written(RUNS)} seeds and rates give masks that differ, come again, and keep their share`,
  async () => {
    const cases = fc.record({
      seed: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      rate: fc.constantFrom(0.1, 0.25, 0.5, 0.75, 0.9),
    });
    const size = 400;
    await fc.assert(
      fc.asyncProperty(cases, async ({ seed, rate }) => {
        const found = [];
        for (let run = 0; run < 2; run++) {
          const one = model({ seed, rate, size });
          found.push((await masks(one, { steps: 3, size })).masks);
          one.dispose();
        }
        assertEquals(found[1], found[0]);
        assertEquals(new Set(found[0].map(String)).size, 3);
        const drawn = found[0].flat();
        const share = drawn.filter((value) => value !== 0).length / drawn.length;
        // Six standard deviations of a binomial share.
        const deviation = Math.sqrt(rate * (1 - rate) / drawn.length);
        assert(Math.abs(share - (1 - rate)) < 6 * deviation, `${share} for rate ${rate}`);
        for (const value of drawn) {
          assert(value === 0 || Math.abs(value * (1 - rate) - 1) < 1e-6);
        }
        assertNotEquals(found[0][0], found[0][1]);
      }),
      { numRuns: RUNS },
    );
  },
);
