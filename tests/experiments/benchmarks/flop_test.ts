import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { articleNetwork } from "../../../experiments/article/networks.ts";
import { stepFlop } from "../../../experiments/benchmarks/flop.ts";
import { sizedNetwork } from "../../../experiments/benchmarks/sized_network.ts";
import { VARIANTS } from "../../../experiments/article/settings.ts";

/** Forward, of one image, by hand: 2 · places · filter. */
const b1c1 = 2 * (32 * 32) * (3 * 3 * 3 * 16);
const others = [
  2 * (32 * 32) * (3 * 3 * 16 * 16), // b1c2
  2 * (32 * 32) * (16 * 64), // b1c3
  2 * (8 * 8) * (3 * 3 * 64 * 64), // b2c1
  2 * (8 * 8) * (3 * 3 * 64 * 64), // b2c2
  2 * 256 * 10, // cls
];
/** Three products of each, two of the first. */
const image = 2 * b1c1 + others.reduce((sum, flop) => sum + 3 * flop, 0);

for (const variant of VARIANTS) {
  Deno.test(`a step of 32 images on the article's ${variant} network is 1.617 GFLOP`, async () => {
    await tf.setBackend("cpu");
    const before = tf.memory().numTensors;
    const model = articleNetwork({ variant });
    assertEquals(stepFlop(model, 32), 32 * image);
    assertEquals(Math.round(32 * image / 1e6), 1617);
    model.dispose();
    assertEquals(tf.memory().numTensors, before);
  });
}

Deno.test("the network of sizes has the article's shapes at the article's sizes", async () => {
  await tf.setBackend("cpu");
  const before = tf.memory().numTensors;
  const models = [articleNetwork(), sizedNetwork({ side: 32, channels: 64 })];
  const [article, sized] = models.map((model) => model.weights.map(({ shape }) => shape));
  assertEquals(sized, article);
  models.forEach((model) => model.dispose());
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("twice the side is four times the convolutions' work and 256 to 1024 inputs of cls", async () => {
  await tf.setBackend("cpu");
  const before = tf.memory().numTensors;
  const model = sizedNetwork({ side: 64, channels: 64 });
  const cls = 3 * 2 * 256 * 10;
  assertEquals(stepFlop(model, 1), 4 * (image - cls) + 4 * cls);
  model.dispose();
  assertEquals(tf.memory().numTensors, before);
});
