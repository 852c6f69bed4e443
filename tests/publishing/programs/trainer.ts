/** The trainer on data of the user's own: y = 2x, learned by one weight. */

import * as tf from "@tensorflow/tfjs";
import { type Batch, type RunRecord, startBackend, train } from "@residual/connection";

const { name } = await startBackend(Deno.args[0] === "wasm" ? "wasm" : "cpu");
const layer = tf.layers.dense({ units: 1, useBias: false, name: "slope", inputShape: [1] });
const model = tf.sequential({ layers: [layer] });

function* lines(): Generator<Batch> {
  for (let i = 0; i < 20; i++) yield { xs: tf.ones([4, 1]), ys: tf.fill([4, 1], 2) };
}

const run = train(model, lines(), {
  optimizer: tf.train.sgd(0.25), // which halves the distance to 2 at each step
  loss: (ys, y) => tf.losses.meanSquaredError(ys, y),
  measures: { gradient: { weight: "slope/kernel" } },
});
for await (const _ of run);
const record: RunRecord = await run.record();
const [slope] = await layer.getWeights()[0].data();
console.log(name, record.columns.gradient.length, slope.toFixed(3));
