/** `gradientCallback` records under `model.fit` what `train` records. */

import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { attach } from "../../src/probe/attach.ts";
import { probe } from "../../src/probe/probe.ts";
import { gradientCallback } from "../../src/train/gradient_callback.ts";
import { every } from "../../src/train/schedule.ts";
import { train } from "../../src/train/train.ts";
import { test, type TestBackend, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

const BACKENDS: readonly TestBackend[] = ["cpu", "wasm", webgpu];

/** A model with the same starting weights each time, with a probe between its layers or without. */
function modelWith({ probed = false, regularized = false } = {}): tf.Sequential {
  const kernelInitializer = (seed: number) => tf.initializers.randomNormal({ seed });
  const model = tf.sequential({
    layers: [
      tf.layers.dense({
        units: 4,
        inputShape: [3],
        name: "hidden",
        activation: "tanh",
        kernelInitializer: kernelInitializer(1),
        ...(regularized && { kernelRegularizer: tf.regularizers.l2({ l2: 0.1 }) }),
      }),
      ...(probed ? [probe({ name: "between" })] : []),
      tf.layers.dense({ units: 2, name: "output", kernelInitializer: kernelInitializer(2) }),
    ],
  });
  model.compile({ optimizer: tf.train.sgd(0.1), loss: "meanSquaredError" });
  return model;
}

const xs = () => tf.randomNormal([10, 3], 0, 1, "float32", 3);
const ys = () => tf.randomNormal([10, 2], 0, 1, "float32", 4);

/** The same batches as `fit` takes in one epoch: of four, four and two. */
function* batches() {
  for (let first = 0; first < 10; first += 4) {
    const size = Math.min(4, 10 - first);
    yield tf.tidy(() => ({
      xs: xs().slice([first, 0], [size, 3]),
      ys: ys().slice([first, 0], [size, 2]),
    }));
  }
}

async function fit(model: tf.LayersModel, options: tf.ModelFitArgs): Promise<void> {
  const [x, y] = [xs(), ys()];
  try {
    await model.fit(x, y, { batchSize: 4, shuffle: false, verbose: 0, ...options });
  } finally {
    tf.dispose([x, y]);
  }
}

function discard(model: tf.LayersModel): void {
  model.optimizer.dispose();
  model.dispose();
}

for (const probed of [true, false]) {
  const where = probed ? "a probe" : "all layers where there is no probe";
  testOn(BACKENDS, `fit gives train's record, at ${where}`, async () => {
    const model = modelWith({ probed, regularized: true });
    const gradients = gradientCallback({ configuration: { seed: 1 } });
    await fit(model, { epochs: 1, callbacks: gradients });
    const record = await gradients.record({ accuracy: 0.5 });
    assertEquals([record.configuration, record.results], [{ seed: 1 }, { accuracy: 0.5 }]);
    discard(model);

    const other = modelWith({ probed, regularized: true });
    const attachment = probed ? undefined : attach(other);
    const optimizer = tf.train.sgd(0.1);
    const expected = await train(other, batches(), {
      optimizer,
      loss: (ys, y) => tf.losses.meanSquaredError(ys, y),
      measures: attachment?.measures,
    }).finish();
    attachment?.detach();
    optimizer.dispose();
    discard(other);

    assertEquals(Object.keys(record.columns), Object.keys(expected.columns));
    assertEquals(record.environment, expected.environment);
    for (const [name, column] of Object.entries(expected.columns)) {
      assertEquals(record.columns[name].length, 3);
      column.forEach((value, i) => assertAlmostEquals(record.columns[name][i]!, value!, 1e-5));
    }
  });
}

testOn(BACKENDS, "the model learns the same with it, over epochs, with validation", async () => {
  const outcomes = [];
  for (const listens of [false, true]) {
    const model = modelWith();
    const gradients = gradientCallback({ schedule: every(2) });
    const [x, y] = [xs(), ys()];
    const callbacks = listens ? gradients : undefined;
    await fit(model, { epochs: 9, callbacks, validationData: [x, y] });
    tf.dispose([x, y]);
    const weights = await Promise.all(model.getWeights().map((weight) => weight.data()));
    outcomes.push(weights.map((values) => [...values]));
    if (listens) {
      const { columns } = await gradients.record();
      assertEquals(columns.step, Array.from({ length: 27 }, (_, i) => i));
      assertEquals(
        columns.hidden.map((norm) => norm === null),
        columns.step.map((i) => i! % 2 === 1),
      );
      assert(columns.loss.every((loss) => loss !== null));
    }
    discard(model);
  }
  assertEquals(outcomes[1], outcomes[0]);
});

test("a second training goes on, and callbacks stand beside others", async () => {
  const model = modelWith();
  const seen: number[] = [];
  const counter = new tf.CustomCallback({ onBatchEnd: (batch) => void seen.push(batch) });
  const gradients = gradientCallback({
    measures: attach(model, { layers: "output" }).measures,
  });
  for (let i = 0; i < 2; i++) await fit(model, { callbacks: [counter, gradients] });
  const { columns } = await gradients.record();
  assertEquals(columns.step, [0, 1, 2, 3, 4, 5]);
  assertEquals(Object.keys(columns), ["step", "loss", "output"]);
  assertEquals(seen, [0, 1, 2, 0, 1, 2]);
  discard(model);
});

test("values are those of training, not of validation", async () => {
  const model = modelWith({ probed: true });
  const shapes: number[][] = [];
  const gradients = gradientCallback({
    measures: {
      values: {
        probe: "between",
        of: "activation",
        statistic: (y) => {
          shapes.push(y.shape);
          return tf.mean(y);
        },
      },
    },
  });
  const [x, y] = [xs(), ys()];
  await fit(model, { callbacks: gradients, validationData: [x, y] });
  tf.dispose([x, y]);
  assertEquals(shapes, [[4, 4], [4, 4], [2, 4]]);
  discard(model);
});

test("edits are in the record", async () => {
  const model = modelWith();
  const { probes, measures, detach } = attach(model, { layers: "hidden" });
  probes.get("hidden")!.listen((g) => tf.zerosLike(g));
  const gradients = gradientCallback({ measures });
  await fit(model, { callbacks: gradients });
  const { columns, results } = await gradients.record();
  assertEquals(columns.hidden, [0, 0, 0]);
  assertEquals(results, { edited: "the gradient at hidden" });
  detach();
  discard(model);
});

test("a loss that is NaN ends the training, and what came before is recorded", async () => {
  const model = modelWith();
  const gradients = gradientCallback();
  const y = tf.fill([10, 2], NaN);
  const x = xs();
  await assertRejects(
    () => model.fit(x, y, { batchSize: 4, verbose: 0, callbacks: gradients }),
    RangeError,
    "Cannot continue training: loss is NaN at step 0, a finite number is needed",
  );
  assertEquals((await gradients.record()).columns.step, []);
  tf.dispose([x, y]);
  discard(model);
}, { leaked: 1 }); // TensorFlow.js's fit that failed keeps the loss

test("other measures than those of probes are refused", () => {
  assertThrows(
    () => gradientCallback({ measures: { w: { weight: "hidden/kernel" } } as never }),
    TypeError,
    "Cannot create a gradient callback: w must be of a probe: { probe, of, statistic }",
  );
  assertThrows(
    () => gradientCallback({ schedule: 3 as never }),
    TypeError,
    "Cannot create a gradient callback: the schedule must be a function, got 3",
  );
});
