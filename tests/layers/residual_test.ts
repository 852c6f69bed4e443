import { assertEquals, assertLess, assertNotEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { Residual, residual } from "../../src/layers/residual.ts";
import { onlyShape, sumShape } from "../../src/layers/residual_base.ts";
import { apply, distance, finiteDifferences, stack, times, values } from "../support/layers.ts";
import { test, testOn } from "../support/on_backend.ts";

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

const to = "its input";

Deno.test("sumShape returns the shape that both sides have", () => {
  assertEquals(sumShape([null, 8, 8, 64], [null, 8, 8, 64], { to }), [null, 8, 8, 64]);
});

Deno.test("sumShape fills in a dimension that one side knows", () => {
  assertEquals(sumShape([null, 8, null], [32, null, null], { to }), [32, 8, null]);
});

Deno.test("sumShape refuses different sizes with both shapes in the message", () => {
  assertThrows(
    () => sumShape([null, 8, 8, 32], [null, 8, 8, 64], { to }),
    RangeError,
    "Cannot add the block's output to its input: shapes must be equal, " +
      "got [null,8,8,32] and [null,8,8,64]",
  );
});

Deno.test("sumShape refuses a dimension of 1, which an addition would broadcast", () => {
  assertThrows(
    () => sumShape([null, 8, 8, 1], [null, 8, 8, 64], { to }),
    RangeError,
    "[null,8,8,1]",
  );
});

Deno.test("sumShape refuses different ranks, in either order", () => {
  assertThrows(() => sumShape([null, 8], [null, 1, 8], { to }), RangeError, "[null,8]");
  assertThrows(() => sumShape([null, 1, 8], [null, 8], { to }), RangeError, "[null,1,8]");
});

Deno.test("onlyShape takes a shape out of a list of one", () => {
  assertEquals(onlyShape([[null, 2]], { of: to }), [null, 2]);
  assertEquals(onlyShape([null, 2], { of: to }), [null, 2]);
});

Deno.test("onlyShape refuses two shapes", () => {
  assertThrows(
    () => onlyShape([[null, 2], [null, 2]], { of: to }),
    RangeError,
    "Cannot build a residual connection: its input must be one tensor, got 2",
  );
});
