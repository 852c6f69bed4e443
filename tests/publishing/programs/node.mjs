// The trainer in a Node program, on data of the user's own: y = w·x + b + x, where x is 1 and w is 1
// at the start. The loss is y², so its gradient at y and at x_res is 2y, and w times that at x_in.

import process from "node:process";
import * as tf from "@tensorflow/tfjs";
import { fileSystem, loadMnist, probe, residual, startBackend, train } from "@residual/connection";

const { name } = await startBackend(process.argv[2]);
const below = tf.layers.dense({ units: 1, kernelInitializer: "ones", inputShape: [1] });
const block = tf.sequential({
  layers: [
    probe({ name: "x_in", inputShape: [1] }),
    tf.layers.dense({ units: 1, kernelInitializer: "ones" }),
  ],
});
const model = tf.sequential({
  layers: [below, residual({ block, shortcut: probe({ name: "x_res" }) })],
});

const batch = () => ({ xs: tf.ones([1, 1]), ys: tf.zeros([1, 1]) });
const run = train(model, [batch(), batch()], {
  optimizer: tf.train.sgd(1 / 32),
  loss: (ys, y) => tf.losses.meanSquaredError(ys, y),
});
for await (const { step, loss, x_in, x_res } of run) console.log(name, step, loss, x_in, x_res);
console.log((await run.record()).columns.x_in.length);

await model.save(fileSystem("model"));
const copy = await tf.loadLayersModel(fileSystem("model"));
console.log(copy.weights.map((weight) => weight.read().dataSync()[0]).join(" "));
console.log((await loadMnist()).train.count);
