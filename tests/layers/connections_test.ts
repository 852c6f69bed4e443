/** All connections: against PyTorch, against finite differences where probes listen, and replayed. */

import { assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { attach } from "../../src/probe/attach.ts";
import { train } from "../../src/train/train.ts";
import { compareLayer, CONNECTION_CASES, describeCase } from "../backend/layer_cases.ts";
import { distance, finiteDifferences } from "../support/layers.ts";
import { testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";
import {
  connectionBatch,
  connectionModel,
  CONNECTIONS,
  plainLoss,
  PROBED,
  weightedSum,
} from "./connections.ts";

for (const c of CONNECTION_CASES) {
  testOn(
    ["cpu", "wasm", webgpu],
    `PyTorch gives what ${describeCase(c)} does`,
    () => compareLayer(c),
  );
}

async function weightsOf(model: tf.LayersModel): Promise<number[]> {
  const each = await Promise.all(model.weights.map((weight) => weight.read().data()));
  return each.flatMap((values) => [...values]);
}

for (const [name, connection] of Object.entries(CONNECTIONS)) {
  testOn(
    ["cpu", "wasm", webgpu],
    `${name} trains with the gradients of finite differences, at its probes too`,
    async () => {
      const model = connectionModel(connection);
      const weights = await weightsOf(model);
      const { measures, detach } = attach(model, { layers: model.layers.at(-1)!.name });
      const optimizer = tf.train.sgd(1);
      const { columns } = await train(model, [connectionBatch(model)], {
        optimizer,
        loss: weightedSum,
        measures: { ...measures, x_in: { probe: "x_in" }, x_res: { probe: "x_res" } },
      }).finish();
      assertAlmostEquals(columns.loss[0]!, plainLoss(connection, weights), 1e-5);
      const after = await weightsOf(model);
      const gradient = after.map((value, i) => weights[i] - value); // the learning rate is 1
      const h = 1e-4;
      const expected = finiteDifferences((w) => plainLoss(connection, w), weights, { h });
      assertLess(distance(gradient, expected), 1e-5);
      const still = Array(PROBED).fill(0);
      const [atIn, atRes] = (["xIn", "xRes"] as const).map((which) =>
        finiteDifferences((moved) => plainLoss(connection, weights, { [which]: moved }), still, {
          h,
        })
      );
      assertAlmostEquals(columns.x_in![0]!, Math.hypot(...atIn), 1e-5);
      assertAlmostEquals(columns.x_res![0]!, Math.hypot(...atRes), 1e-5);
      const { xs, ys } = connectionBatch(model);
      assertAlmostEquals(
        columns[model.layers.at(-1)!.name]![0]!,
        Math.hypot(...await ys.data()),
        1e-5,
      );
      detach();
      tf.dispose([xs, ys]);
      optimizer.dispose();
      model.dispose();
    },
  );

  testOn(webgpu, `${name} is replayed with the bits of the eager step`, async () => {
    const found = [];
    for (const capture of [true, false]) {
      const model = connectionModel(connection);
      const optimizer = tf.train.adam(0.01);
      const batches = Array.from({ length: 6 }, (_, step) => connectionBatch(model, step));
      const run = train(model, batches, { optimizer, loss: weightedSum, capture });
      const { columns } = await run.finish();
      if (capture) assertGreater(run.capture.replayed, 0, run.capture.reasons.join());
      found.push({ columns, weights: await weightsOf(model) });
      optimizer.dispose();
      model.dispose();
    }
    assertEquals(found[0], found[1]);
  });
}
