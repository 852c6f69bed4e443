import {
  assertEquals,
  assertGreater,
  assertLess,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { Residual, residual } from "../../src/layers/residual.ts";
import { ResidualA, residualA } from "../../src/layers/residual_a.ts";
import { equalShape, onlyShape } from "../../src/layers/residual_base.ts";
import { scaledSum } from "../../src/layers/scaled_sum.ts";
import { apply, distance, finiteDifferences, stack, times, values } from "../support/layers.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

const x = () => tf.tensor2d([[1, -2], [3, 4]]);

/** The values of a layer or model at x. */
function at(layer: tf.layers.Layer, kwargs: Record<string, unknown> = {}): number[] {
  return values(apply(layer, x(), kwargs));
}

testOn(["cpu", "wasm"], "Residual adds its input to the block's output", () => {
  const layer = residual({ block: times(10) });
  assertEquals(at(layer), [11, -22, 33, 44]);
  layer.dispose();
});

testOn(["cpu", "wasm"], "Residual adds the shortcut's output if there is one", () => {
  const layer = residual({ block: times(10), shortcut: times(3) });
  assertEquals(at(layer), [13, -26, 39, 52]);
  layer.dispose();
});

test("Residual computes the same in a model as on a tensor", () => {
  const model = stack([residual({ block: times(10) })]);
  assertEquals(at(model), [11, -22, 33, 44]);
  assertEquals(values(tf.tidy(() => model.predict(x()) as tf.Tensor)), [11, -22, 33, 44]);
  model.dispose();
});

test("Residual takes a Sequential with a residual inside", () => {
  const block = tf.sequential({ layers: [times(10), residual({ block: times(2) })] });
  const layer = residual({ block });
  assertEquals(at(layer), [31, -62, 93, 124]); // 10·(2 + 1) + 1
  layer.dispose();
});

test("Residual takes a model of several paths, and a residual as its block", () => {
  const input = tf.input({ shape: [2] });
  const paths = [times(10), times(5)].map((path) => path.apply(input) as tf.SymbolicTensor);
  const sum = tf.layers.add().apply(paths) as tf.SymbolicTensor;
  const layer = residual({ block: residual({ block: tf.model({ inputs: input, outputs: sum }) }) });
  assertEquals(at(layer), [17, -34, 51, 68]); // 10 + 5 + 1 + 1
  layer.dispose();
});

test("Residual keeps the shape in a model", () => {
  const model = stack([residual({ block: times(1), name: "around" })]);
  assertEquals(model.getLayer("around").outputShape, [null, 2]);
  model.dispose();
});

test("training reaches dropout inside, in a model and on a tensor", () => {
  const block = () =>
    tf.sequential({ layers: [times(1), tf.layers.dropout({ rate: 0.5, seed: 1 })] });
  for (const layer of [residual({ block: block() }), stack([residual({ block: block() })])]) {
    const dropped = values(apply(layer, tf.ones([64, 2]), { training: true }));
    assertEquals([...new Set(dropped)].sort(), [1, 3]); // 0 or 1 / 0.5, plus 1
    const kept = values(apply(layer, tf.ones([64, 2])));
    assertEquals([...new Set(kept)], [2]);
    layer.dispose();
  }
});

test("training moves the averages of batch normalization inside, inference does not", () => {
  const block = tf.layers.batchNormalization({ momentum: 0.75 });
  const model = stack([residual({ block })]);
  const average = () => Array.from(block.getWeights()[2].dataSync());
  at(model);
  assertEquals(average(), [0, 0]);
  at(model, { training: true });
  assertEquals(average(), [0.5, 0.25]); // a quarter of the batch's means, 2 and 1
  model.dispose();
});

testOn(["cpu", "wasm"], "the gradient at x is that of block(x) + x, by finite differences", () => {
  const block = tf.layers.dense({
    units: 2,
    activation: "tanh",
    kernelInitializer: tf.initializers.glorotUniform({ seed: 3 }),
  });
  const layer = residual({ block });
  at(layer);
  const kernel = Array.from(block.getWeights()[0].dataSync());
  const loss = ([p, q]: number[]) =>
    // Σ (tanh(x·kernel) + x)²
    (Math.tanh(p * kernel[0] + q * kernel[2]) + p) ** 2 +
    (Math.tanh(p * kernel[1] + q * kernel[3]) + q) ** 2;
  const gradient = tf.tidy(() =>
    tf.grad((x) => (layer.apply(x) as tf.Tensor).square().sum())(tf.tensor2d([[0.3, -0.8]]))
  );
  assertLess(distance(values(gradient), finiteDifferences(loss, [0.3, -0.8])), 1e-3);
  layer.dispose();
});

test("Residual trains in fit", async () => {
  const model = stack([residual({ block: times(0) })]);
  const optimizer = tf.train.sgd(0.1);
  model.compile({ optimizer, loss: "meanSquaredError" });
  const [xs, ys] = [x(), tf.tidy(() => x().mul(3))];
  const { history } = await model.fit(xs, ys, { epochs: 60, verbose: 0 });
  assertLess(history.loss.at(-1) as number, 1e-3); // the block has learned to double
  tf.dispose([xs, ys]);
  optimizer.dispose();
  model.dispose();
});

const conv = (filters: number) => tf.layers.conv2d({ filters, kernelSize: 3, padding: "same" });
const image = (channels: number) => tf.input({ shape: [8, 8, channels] });

test("Residual refuses a block of another shape when built, and leaves no weight behind", () => {
  assertThrows(
    () => residual({ block: conv(32) }).apply(image(64)),
    RangeError,
    "Cannot add the block's output to its input: shapes must be equal, " +
      "got [null,8,8,32] and [null,8,8,64]",
  );
});

test("Residual refuses a block with one channel instead of broadcasting it", () => {
  assertThrows(() => residual({ block: conv(1) }).apply(image(64)), RangeError, "[null,8,8,1]");
});

test("Residual names the shortcut's output if that is what differs", () => {
  assertThrows(
    () => residual({ block: conv(4), shortcut: conv(3) }).apply(image(2)),
    RangeError,
    "Cannot add the block's output to the shortcut's output: shapes must be equal, " +
      "got [null,8,8,4] and [null,8,8,3]",
  );
});

test("Residual refuses a tensor for which the shapes differ", () => {
  const layer = residual({ block: conv(2) });
  assertThrows(
    () => apply(layer, tf.ones([1, 8, 8, 3])),
    RangeError,
    "got [1,8,8,2] and [1,8,8,3]",
  );
});

test("Residual checks on the tensor what it could not know when built", () => {
  const block = tf.layers.reshape({ targetShape: [4, 2] });
  const layer = residual({ block });
  const y = layer.apply(tf.input({ shape: [null, 2] })) as tf.SymbolicTensor;
  assertEquals(y.shape, [null, 4, 2]);
  assertEquals(values(apply(layer, tf.ones([1, 4, 2]))).length, 8);
  assertThrows(
    () => apply(layer, tf.ones([2, 2, 2])),
    Error, // the reshape's own
  );
  layer.dispose();
});

test("Residual checks the shapes of a second input as well", () => {
  const layer = residual({
    block: tf.layers.globalMaxPooling1d({}),
    shortcut: tf.layers.flatten(),
  });
  layer.apply(tf.input({ shape: [1, 3] }));
  assertThrows(
    () => layer.apply(tf.input({ shape: [2, 3] })),
    RangeError,
    "got [null,3] and [null,6]",
  );
  assertThrows(
    () => apply(layer, tf.ones([5, 2, 3])),
    RangeError,
    "got [5,3] and [5,6]",
  );
});

test("Residual refuses two inputs, and a block of two outputs", () => {
  const input = tf.input({ shape: [2] });
  const outputs = [times(1), times(2)].map((layer) => layer.apply(input) as tf.SymbolicTensor);
  assertThrows(
    () => residual({ block: times(1) }).apply([input, image(1)]),
    RangeError,
    "its input must be one tensor, got 2",
  );
  const block = tf.model({ inputs: input, outputs });
  assertThrows(
    () => residual({ block }).apply(input),
    RangeError,
    "the block's output must be one tensor, got 2",
  );
  block.dispose();
});

test("Residual refuses a block or shortcut that is no layer", () => {
  // deno-lint-ignore no-explicit-any -- what JavaScript callers can pass
  const untyped = residual as any;
  const message = "Cannot create a Residual: block must be a layer or a model, got ";
  assertThrows(() => untyped({}), TypeError, message + "undefined");
  assertThrows(() => untyped({ block: [times(1)] }), TypeError, message + "an array");
  assertThrows(
    () => untyped({ block: times(1), shortcut: "identity" }),
    TypeError,
    "Cannot create a Residual: shortcut must be a layer or a model, got string",
  );
});

test("Residual refuses one layer as both branches, and two of one name", () => {
  const block = times(1, { name: "twin" });
  assertThrows(
    () => residual({ block, shortcut: block }),
    TypeError,
    'block and shortcut must be two layers, got "twin" twice',
  );
  assertThrows(
    () => residual({ block, shortcut: times(1, { name: "twin" }) }),
    RangeError,
    'block and shortcut must have different names, since their weights are saved under them, got "twin" twice',
  );
});

Deno.test("a second copy of the module registers its class without an error", async () => {
  const copy = await import("../../src/layers/residual.ts?copy");
  assertNotEquals<unknown>(copy.Residual, Residual);
  assertEquals(copy.Residual.className, "Residual");
  tf.serialization.registerClass(Residual);
});

const action = "add the block's output to its input";

Deno.test("equalShape returns the shape that both sides have", () => {
  assertEquals(equalShape([null, 8, 8, 64], [null, 8, 8, 64], { action }), [null, 8, 8, 64]);
});

Deno.test("equalShape fills in a dimension that one side knows", () => {
  assertEquals(equalShape([null, 8, null], [32, null, null], { action }), [32, 8, null]);
});

Deno.test("equalShape refuses different sizes with both shapes in the message", () => {
  assertThrows(
    () => equalShape([null, 8, 8, 32], [null, 8, 8, 64], { action }),
    RangeError,
    "Cannot add the block's output to its input: shapes must be equal, " +
      "got [null,8,8,32] and [null,8,8,64]",
  );
});

Deno.test("equalShape refuses a dimension of 1, which an addition would broadcast", () => {
  assertThrows(
    () => equalShape([null, 8, 8, 1], [null, 8, 8, 64], { action }),
    RangeError,
    "[null,8,8,1]",
  );
});

Deno.test("equalShape refuses different ranks, in either order", () => {
  assertThrows(() => equalShape([null, 8], [null, 1, 8], { action }), RangeError, "[null,8]");
  assertThrows(() => equalShape([null, 1, 8], [null, 8], { action }), RangeError, "[null,1,8]");
});

Deno.test("onlyShape takes a shape out of a list of one", () => {
  assertEquals(onlyShape([[null, 2]], { of: "its input" }), [null, 2]);
  assertEquals(onlyShape([null, 2], { of: "its input" }), [null, 2]);
});

Deno.test("onlyShape refuses two shapes", () => {
  assertThrows(
    () => onlyShape([[null, 2], [null, 2]], { of: "its input" }),
    RangeError,
    "Cannot build a residual connection: its input must be one tensor, got 2",
  );
});

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

testOn(["cpu", "wasm"], "a of channels is aᵢ·block(x)ᵢ + shortcut(x)ᵢ, a LayerScale", () => {
  const aInitializer = tf.initializers.constant({ value: 0.5 });
  const layer = residualA({ block: times(10), a: "channel", aInitializer });
  const model = stack([layer]);
  assertEquals(layer.a.shape, [2]);
  tf.tidy(() => void layer.a.write(tf.tensor1d([0.5, 2])));
  assertEquals(at(model), [6, -42, 18, 84]);
  model.dispose();
});

test("a of channels starts at 1e-5, a scalar at 0", () => {
  for (const [a, start] of [["channel", [1e-5, 1e-5]], ["scalar", [0]]] as const) {
    const layer = residualA({ block: times(1), a });
    at(layer);
    assertEquals(Array.from(layer.a.read().dataSync()), Array.from(new Float32Array(start)));
    layer.dispose();
  }
});

testOn(
  ["cpu", "wasm"],
  "a channel whose a is 0 is x itself, −0 and an infinite block included",
  () => {
    const layer = residualA({ block: times(Infinity, { units: 2 }), a: "channel" });
    const model = stack([layer]);
    tf.tidy(() => void layer.a.write(tf.tensor1d([0, 1])));
    const output = values(apply(model, tf.tensor2d([[-0, 2]])));
    assertEquals(bits(output.slice(0, 1)), bits([-0]));
    assertEquals(output[1], NaN); // the block gives NaN everywhere, of 0 · Infinity
    model.dispose();
  },
);

test("a configuration from before there was an a of channels makes a scalar", () => {
  const { a: _, ...before } = residualA({ block: times(10), aInitializer: "ones" }).getConfig();
  const layer = ResidualA.fromConfig(ResidualA, before) as ResidualA;
  assertEquals(at(layer), [11, -22, 33, 44]);
  assertEquals(layer.a.shape, []);
  layer.dispose();
});

test("ResidualA refuses another a, and channels whose number is not known", () => {
  assertThrows(
    // deno-lint-ignore no-explicit-any -- what JavaScript callers can pass
    () => residualA({ block: times(1), a: "instance" as any }),
    TypeError,
    'Cannot create a ResidualA: a must be "scalar" or "channel", got "instance"',
  );
  const block = tf.layers.activation({ activation: "tanh" });
  assertThrows(
    () => residualA({ block, a: "channel", name: "wide" }).apply(tf.input({ shape: [2, null] })),
    RangeError,
    'Cannot build "wide" with an a for each channel: the last axis of the block\'s output must ' +
      "have a known size, got [null,2,null]",
  );
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

testOn(["cpu", "wasm"], "scaledSum of channels has the gradients of each, while a is 0 too", () => {
  const [da, db, ds] = tf.tidy(() =>
    tf.grads((a, b, s) => scaledSum(a, { b, s }))(
      [tf.tensor1d([0, 2]), tf.tensor2d([[3, 5], [7, 11]]), tf.tensor2d([[1, 1], [1, 1]])],
      tf.tensor2d([[10, 100], [1, 1000]]),
    )
  );
  assertEquals(values(da), [37, 11500]);
  assertEquals(values(db), [0, 200, 0, 2000]);
  assertEquals(values(ds), [10, 100, 1, 1000]);
});

test("scaledSum of channels has second derivatives, by finite differences", () => {
  const [b, s] = [[[3, 5], [-1, 2]], [[7, 11], [13, 17]]];
  const first = (a: readonly number[]) =>
    // Σ over channels of d/daᵢ of Σ (aᵢ·b + s)²
    a.reduce(
      (sum, value, i) =>
        sum + b.reduce((sum, row, n) => sum + 2 * (value * row[i] + s[n][i]) * row[i], 0),
      0,
    );
  const second = tf.tidy(() => {
    const loss = (a: tf.Tensor) =>
      scaledSum(a, { b: tf.tensor2d(b), s: tf.tensor2d(s) }).square().sum();
    return tf.grad((a) => tf.grad(loss)(a).sum())(tf.tensor1d([2, 0]));
  });
  assertLess(distance(values(second), finiteDifferences(first, [2, 0])), 1e-3);
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
