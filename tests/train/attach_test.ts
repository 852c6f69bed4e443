/** `train` with the measures of an attachment, and with measures of activations. */

import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { attach } from "../../src/probe/attach.ts";
import { findProbes } from "../../src/probe/find_probes.ts";
import { probe } from "../../src/probe/probe.ts";
import type { Measures } from "../../src/train/measures.ts";
import { train } from "../../src/train/train.ts";
import { test, testOn } from "../support/on_backend.ts";
import { batches, KERNELS, meanSquaredError, numbers, outcome, residualModel } from "./models.ts";

/** The model of two layers and the share of zeros behind the first. */
function hidden(layers: tf.layers.Layer[] = []): tf.Sequential {
  const dense = (units: number, name: string, inputShape?: tf.Shape) =>
    tf.layers.dense({ units, name, inputShape, useBias: false });
  const relu = tf.layers.reLU({ name: "relu" });
  const model = tf.sequential({
    layers: [dense(2, "first", [2]), relu, ...layers, dense(1, "last")],
  });
  tf.tidy(() => model.setWeights([tf.tensor2d(KERNELS.first), tf.tensor2d(KERNELS.last)]));
  return model;
}

const zeros = (x: tf.Tensor) => x.equal(0).toFloat().mean();

testOn(
  ["cpu", "wasm"],
  "the measures of an attachment are the norms that probes record",
  async () => {
    const model = residualModel();
    const { measures } = attach(model, { layers: ["x_in", "x_res"] });
    const found = await outcome(model, batches(3), { measures });
    const expected = await outcome(residualModel(), batches(3));
    assertEquals(found.error, undefined);
    assertEquals(found.record.columns, expected.record.columns);
    assertEquals(found.weights, expected.weights);
  },
);

testOn(["cpu", "wasm"], "listening to all layers leaves loss and weights the same", async () => {
  const plain = await outcome(residualModel(), batches(5), { measures: {} });
  for (const at of ["output", "input"] as const) {
    const model = residualModel();
    const { measures, detach } = attach(model, { at });
    const { record: { columns }, weights, error } = await outcome(model, batches(5), { measures });
    assertEquals(error, undefined);
    assertEquals(Object.keys(columns), ["step", "loss", ...Object.keys(measures)]);
    assertEquals(columns.loss, plain.record.columns.loss);
    assertEquals(weights, plain.weights);
    detach();
  }
});

test("where no gradient passes an attached probe, null is recorded", async () => {
  const model = hidden();
  const { measures } = attach(model, { at: "input" });
  const { record: { columns }, steps } = await outcome(model, batches(2), { measures });
  assertEquals(columns.first, [null, null]); // the data: no weight is before it
  assertEquals(steps.map(({ first }) => first), [null, null]);
  assert(columns.last.every((norm) => norm! > 0));
});

test("below a layer that is frozen the gradient ends", async () => {
  const model = hidden();
  model.layers[0].trainable = false;
  const { measures } = attach(model);
  const { record: { columns } } = await outcome(model, batches(1), { measures });
  assertEquals([columns.first, columns.relu], [[null], [null]]);
  assert(columns.last[0]! > 0);
});

/** The values behind the ReLU of {@linkcode hidden} for the first batch. */
const relu = numbers(0).xs.flatMap((x) =>
  [0, 1].map((j) => Math.max(0, x[0] * KERNELS.first[0][j] + x[1] * KERNELS.first[1][j]))
);

testOn(["cpu", "wasm"], "a measure of an activation is a statistic of the values", async () => {
  const model = hidden([probe({ name: "p" })]);
  const { probes } = attach(model, { layers: "relu" });
  const [attached, of] = [probes.get("relu")!, "activation"] as const;
  const { record: { columns }, error } = await outcome(model, batches(1), {
    measures: {
      norm: { probe: attached, of },
      mean: { probe: attached, of, statistic: (x) => tf.mean(x) },
      zeros: { probe: attached, of, statistic: zeros },
      probe: { probe: "p", of },
      probe_zeros: { probe: "p", of, statistic: zeros },
      gradient: { probe: "p", of: "gradient" },
      by_default: { probe: "p" },
    },
  });
  assertEquals(error, undefined);
  assertAlmostEquals(columns.norm[0]!, Math.hypot(...relu), 1e-6);
  assertAlmostEquals(columns.mean[0]!, relu.reduce((a, b) => a + b) / 6, 1e-6);
  assertAlmostEquals(columns.zeros[0]!, relu.filter((value) => value === 0).length / 6, 1e-6);
  assert(columns.zeros[0]! > 0);
  assertEquals([columns.probe, columns.probe_zeros], [columns.norm, columns.zeros]);
  assertEquals(columns.gradient, columns.by_default);
});

test("activations before every weight are measured", async () => {
  const model = hidden();
  const first = attach(model, { at: "input" }).probes.get("first")!;
  const measures: Measures = { data: { probe: first, of: "activation" } };
  const { record: { columns } } = await outcome(model, batches(1), { measures });
  assertAlmostEquals(columns.data[0]!, Math.hypot(...numbers(0).xs.flat()), 1e-6);
});

test("values of a layer that is used several times count as one batch", async () => {
  const shared = probe({ name: "shared" });
  const dense = (units: number) => tf.layers.dense({ units, inputShape: [2] });
  const model = tf.sequential({ layers: [dense(2), shared, tf.layers.reLU(), shared, dense(1)] });
  const rows = (x: tf.Tensor) => tf.scalar(x.shape[0]);
  const { record: { columns } } = await outcome(model, batches(1), {
    measures: { rows: { probe: "shared", of: "activation", statistic: rows } },
  });
  assertEquals(columns.rows, [6]);
});

test("values that a loss computes for gradients of its own are not measured", async () => {
  const model = hidden();
  const { probes } = attach(model, { layers: "relu" });
  const rows = (x: tf.Tensor) => tf.scalar(x.shape[0]);
  const { record: { columns }, error } = await outcome(model, batches(1), {
    measures: { rows: { probe: probes.get("relu")!, of: "activation", statistic: rows } },
    loss: (ys, y) => {
      const sum = (x: tf.Tensor) => (model.apply(x) as tf.Tensor).sum();
      return meanSquaredError(ys, y).add(tf.grad(sum)(tf.ones([5, 2])).sum()) as tf.Scalar;
    },
  });
  assertEquals(error, undefined);
  assertEquals(columns.rows, [3]);
});

/** What `train` throws at once. */
function refused(model: tf.LayersModel, measures: Measures, errorClass: ErrorConstructor): string {
  const optimizer = tf.train.sgd(0.1);
  const { message } = assertThrows(
    () => train(model, [], { optimizer, loss: meanSquaredError, measures }),
    errorClass,
  );
  optimizer.dispose();
  return message;
}

const DETACHED =
  "its probe must be attached, got one that was detached; attach again, and detach " +
  "after the run";

test("a probe that was detached cannot be measured", () => {
  const model = hidden();
  const { measures, detach } = attach(model, { layers: "last" });
  detach();
  assertEquals(refused(model, measures, Error), `Cannot measure last: ${DETACHED}`);
  model.dispose();
});

test("a probe that is detached during a run ends it", async () => {
  const model = hidden();
  const { measures, detach } = attach(model, { layers: "last" });
  const source = function* () {
    yield* batches(2);
    detach();
    yield* batches(1);
  };
  const { error, record } = await outcome(model, source(), { measures });
  assertEquals((error as Error).message, `Cannot measure last: ${DETACHED}`);
  assertEquals(record.columns.step, [0, 1]);
});

test("what is no probe cannot be measured, nor anything else at one", () => {
  const model = hidden([probe({ name: "p" })]);
  assertEquals(
    refused(model, { x: { probe: 3 as never } }, TypeError),
    "Cannot measure x: probe must be a name or one that attach gave, got 3",
  );
  assertEquals(
    refused(model, { x: { probe: "p", of: "update" as never } }, TypeError),
    'Cannot measure x: of must be "gradient" or "activation", got "update"',
  );
  model.dispose();
});

/** A layer that does not call the probe that it has. */
class Idle extends tf.layers.Layer {
  static readonly className = "Idle";
  readonly inner = probe({ name: "idle" });
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return [inputs].flat()[0].clone();
  }
}

test("a probe that no values pass is refused", async () => {
  const model = hidden([new Idle({})]);
  assertEquals([...findProbes(model).keys()], ["idle"]);
  const measures: Measures = { x: { probe: "idle", of: "activation" } };
  const { error } = await outcome(model, batches(1), { measures });
  assertEquals(
    (error as Error).message,
    "Cannot measure x: no values pass the probe idle; the model must call it in each step",
  );
});

test("after a run the attached probes are without listeners", async () => {
  const model = hidden();
  const { measures, probes } = attach(model);
  await outcome(model, batches(2), { measures });
  assertEquals(Array.from(probes.values(), ({ listenerCount }) => listenerCount), [0, 0, 0]);
});
