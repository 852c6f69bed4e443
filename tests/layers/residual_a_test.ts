import { assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { residualA } from "../../src/layers/residual_a.ts";
import { scaledSum } from "../../src/layers/scaled_sum.ts";
import { apply, distance, finiteDifferences, stack, times, values } from "../support/layers.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

const x = () => tf.tensor2d([[1, -2], [3, 4]]);

testOn(["cpu", "wasm"], "ResidualA returns x itself while a is 0, −0 included", () => {
  const layer = residualA({ block: times(10) });
  const model = stack([layer]);
  const input = [-0, 0, 1 / 3, -1e-30];
  const output = values(apply(model, tf.tensor2d(input, [2, 2])));
  assertEquals(output.map((value) => Object.is(value, -0)), [true, false, false, false]);
  assertEquals(output, Array.from(new Float32Array(input)));
  model.dispose();
});

testOn(
  ["cpu", "wasm"],
  "ResidualA returns x itself while a is 0 and the block's output is infinite",
  () => {
    const block = times(Infinity, { units: 1 });
    const layer = residualA({ block });
    assertEquals(values(apply(layer, tf.tensor2d([[2]]))), [2]);
    assertEquals(values(apply(block, tf.tensor2d([[2]]))), [Infinity]);
    layer.dispose();
  },
);

testOn(["cpu", "wasm"], "ResidualA is a·block(x) + shortcut(x)", () => {
  const aInitializer = tf.initializers.constant({ value: 0.5 });
  const layer = residualA({ block: times(10), shortcut: times(3), aInitializer });
  assertEquals(values(apply(layer, x())), [8, -16, 24, 32]);
  layer.dispose();
});

test("a is one trainable scalar named after the layer, 0 at the start", () => {
  const layer = residualA({ block: times(1), name: "around" });
  const model = stack([layer]);
  assertEquals(layer.a.originalName, "around/a");
  assertEquals(layer.a.shape, []);
  assertEquals(Array.from(layer.a.read().dataSync()), [0]);
  assertEquals(layer.trainableWeights[0], layer.a);
  model.dispose();
});

test("aInitializer takes the name of an initializer", () => {
  const layer = residualA({ block: times(10), aInitializer: "ones" });
  assertEquals(values(apply(layer, x())), [11, -22, 33, 44]);
  layer.dispose();
});

test("aInitializer refuses a name that is none", () => {
  assertThrows(
    // deno-lint-ignore no-explicit-any -- what JavaScript callers can pass
    () => residualA({ block: times(1), aInitializer: "zeroes" as any }),
    TypeError,
    'it must be one of tf.initializers or its name, got "zeroes"',
  );
});

test("a of a layer that was not applied is refused", () => {
  assertThrows(
    () => residualA({ block: times(1), name: "fresh" }).a,
    Error,
    'Cannot give a of "fresh": the layer must be applied first',
  );
});

/** Gradients of Σ y² by the layer's weights, by weight name. */
function weightGradients(layer: tf.layers.Layer): Record<string, number[]> {
  const { value, grads } = tf.variableGrads(
    () => tf.tidy(() => (layer.apply(x()) as tf.Tensor).square().sum() as tf.Scalar),
    layer.trainableWeights.map((weight) => weight.read() as tf.Variable),
  );
  value.dispose();
  const named = layer.trainableWeights.map((weight) =>
    [weight.originalName, values(grads[weight.name])] as const
  );
  return Object.fromEntries(named);
}

testOn(
  ["cpu", "wasm"],
  "while a is 0, the block's weights have a gradient of 0 and a has Σ dy·block(x)",
  () => {
    const layer = residualA({ block: times(10, { name: "inner" }), name: "around" });
    apply(layer, x()).dispose();
    const gradients = weightGradients(layer);
    assertEquals(gradients["around/inner/kernel"].map(Math.abs), [0, 0, 0, 0]);
    assertEquals(gradients["around/a"], [600]); // dy = 2x, block(x) = 10x, Σ x² = 30
    layer.dispose();
  },
);

testOn(
  ["cpu", "wasm"],
  "the gradients at another a are those of a·block(x) + x, by finite differences",
  () => {
    const aInitializer = tf.initializers.constant({ value: 0.5 });
    const layer = residualA({ block: times(3, { name: "inner" }), aInitializer, name: "around" });
    apply(layer, x()).dispose();
    const loss = ([a, p, q, r, s]: number[]) =>
      [[1, -2], [3, 4]]
        .flatMap(([u, v]) => [a * (u * p + v * r) + u, a * (u * q + v * s) + v])
        .reduce((sum, y) => sum + y * y, 0);
    const expected = finiteDifferences(loss, [0.5, 3, 0, 0, 3]);
    const gradients = weightGradients(layer);
    const found = [...gradients["around/a"], ...gradients["around/inner/kernel"]];
    assertLess(distance(found, expected), 1e-2 * Math.max(...expected.map(Math.abs)));
    layer.dispose();
  },
);

test("a leaves 0 with the first step of training, the block's weights with the second", async () => {
  const block = times(1);
  const layer = residualA({ block });
  const model = stack([layer]);
  const optimizer = tf.train.sgd(0.01);
  model.compile({ optimizer, loss: "meanSquaredError" });
  const [xs, ys] = [x(), tf.tidy(() => x().mul(3))];
  await model.fit(xs, ys, { verbose: 0 });
  assertEquals(Array.from(block.getWeights()[0].dataSync()), [1, 0, 0, 1]);
  assertGreater(layer.a.read().dataSync()[0], 0);
  await model.fit(xs, ys, { verbose: 0 });
  assertGreater(block.getWeights()[0].dataSync()[0], 1);
  tf.dispose([xs, ys]);
  optimizer.dispose();
  model.dispose();
});

test("ResidualA refuses unequal shapes when built, and leaves no weight behind", () => {
  assertThrows(
    () => residualA({ block: times(1, { units: 3 }) }).apply(tf.input({ shape: [2] })),
    RangeError,
    "Cannot add the block's output to its input: shapes must be equal, got [null,3] and [null,2]",
  );
});

const bits = (numbers: number[]) => Array.from(new Int32Array(new Float32Array(numbers).buffer));

testOn(["cpu", "wasm"], "scaledSum is a·b + s", () => {
  const y = tf.tidy(() =>
    scaledSum(tf.scalar(0.5), { b: tf.tensor1d([2, -4, 6]), s: tf.tensor1d([10, 20, 30]) })
  );
  assertEquals(values(y), [11, 18, 33]);
});

const s = [-0, 0, 1 / 3, -1e-45, 3e38, -0, -Infinity];
const b = [1, -1, Infinity, -Infinity, NaN, -0, Infinity];
const sumFor = (a: number) =>
  tf.tidy(() => scaledSum(tf.scalar(a), { b: tf.tensor1d(b), s: tf.tensor1d(s) }));

testOn(["cpu", "wasm"], "scaledSum is s bit for bit while a is 0 or −0, for every b", () => {
  for (const a of [0, -0]) assertEquals(bits(values(sumFor(a))), bits(s));
});

testOn(webgpu, "scaledSum is s bit for bit while a is 0 or −0, for every b", async () => {
  for (const a of [0, -0]) {
    const y = sumFor(a);
    assertEquals(bits(Array.from(await y.data())), bits(s));
    y.dispose();
  }
});

testOn(["cpu", "wasm"], "scaledSum's gradients are Σ dy·b, a·dy and dy, while a is 0 too", () => {
  for (const a of [0, 2]) {
    const [da, db, ds] = tf.tidy(() =>
      tf.grads((a, b, s) => scaledSum(a, { b, s }))(
        [tf.scalar(a), tf.tensor1d([3, 5]), tf.tensor1d([7, 11])],
        tf.tensor1d([10, 100]),
      )
    );
    assertEquals(values(da), [530]);
    assertEquals(values(db), [a * 10, a * 100]);
    assertEquals(values(ds), [10, 100]);
  }
});

test("scaledSum has second derivatives, by finite differences", () => {
  const first = (a: number) =>
    // d/da of (a·3 + 7)² + (a·5 + 11)²
    2 * (a * 3 + 7) * 3 + 2 * (a * 5 + 11) * 5;
  const second = tf.tidy(() => {
    const loss = (a: tf.Tensor) =>
      scaledSum(a, { b: tf.tensor1d([3, 5]), s: tf.tensor1d([7, 11]) }).square().sum();
    return tf.grad((a) => tf.grad(loss)(a))(tf.scalar(2));
  });
  assertLess(distance(values(second), finiteDifferences(([a]) => first(a), [2])), 1e-3);
});
