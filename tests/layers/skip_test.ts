import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { type MergeFunction, Skip, skip } from "../../src/layers/skip.ts";
import { attach } from "../../src/probe/attach.ts";
import { apply, stack, times, values } from "../support/layers.ts";
import { test, testOn } from "../support/on_backend.ts";

const x = () => tf.tensor2d([[1, -2], [3, 4]]);

/** The values of a layer at x; the layer is disposed of. */
function at(layer: tf.layers.Layer): number[] {
  const found = values(apply(layer, x()));
  layer.dispose();
  return found;
}

testOn(["cpu", "wasm"], "skip adds, multiplies and concatenates, x first", () => {
  assertEquals(at(skip({ block: times(10), merge: "add" })), [11, -22, 33, 44]);
  assertEquals(at(skip({ block: times(10), merge: "multiply" })), [10, 40, 90, 160]);
  const side = [1, -2, 10, -20, 3, 4, 30, 40];
  assertEquals(at(skip({ block: times(10), merge: "concat" })), side);
  const shortcut = times(2);
  const doubled = [2, -4, 10, -20, 6, 8, 30, 40];
  assertEquals(at(skip({ block: times(10), shortcut, merge: "concat" })), doubled);
});

testOn(
  ["cpu", "wasm"],
  "skip gives a layer or a function the shortcut's output, then the block's",
  () => {
    const concatenate = tf.layers.concatenate();
    assertEquals(at(skip({ block: times(10), merge: concatenate })), [
      1,
      -2,
      10,
      -20,
      3,
      4,
      30,
      40,
    ]);
    assertEquals(at(skip({ block: times(10), merge: tf.sub })), [-9, 18, -27, -36]);
    assertEquals(at(skip({ block: times(10), merge: tf.layers.maximum() })), [10, -2, 30, 40]);
  },
);

test("the shape of a concatenation is known where its parts are", () => {
  const conv = (filters: number) => tf.layers.conv2d({ filters, kernelSize: 3, padding: "same" });
  assertEquals(skip({ block: conv(5), merge: "concat" }).computeOutputShape([null, 8, null, 3]), [
    null,
    8,
    null,
    8,
  ]);
  const cut = tf.layers.reshape({ targetShape: [4, 2] });
  assertEquals(skip({ block: cut, merge: "concat" }).computeOutputShape([null, null, 3]), [
    null,
    4,
    5,
  ]);
});

/** The mean of two tensors, with a scalar weight: a merge that is trained. */
class WeightedMean extends tf.layers.Layer {
  static readonly className = "WeightedMean";
  #w!: tf.LayerVariable;
  override build(shapes: tf.Shape | tf.Shape[]): void {
    this.#w = this.addWeight("w", [], "float32", tf.initializers.constant({ value: 0.25 }));
    super.build(shapes);
  }
  override computeOutputShape(shapes: tf.Shape | tf.Shape[]): tf.Shape {
    return shapes[0] as tf.Shape;
  }
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [one, other] = inputs as tf.Tensor[];
    return tf.tidy(() => one.add(other.sub(one).mul(this.#w.read())));
  }
}

test("the weights of a layer that merges count as skip's own", () => {
  const layer = skip({
    block: times(5, { name: "inner" }),
    merge: new WeightedMean({ name: "mean" }),
    name: "outer",
  });
  const model = stack([layer]);
  const names = layer.trainableWeights.map((weight) => weight.originalName);
  assertEquals(names, ["outer/inner/kernel", "outer/mean/w"]);
  assertEquals(values(apply(model, x())), [2, -4, 6, 8]);
  layer.trainable = false;
  assertEquals(layer.trainableWeights.length, 0);
  assertEquals(model.dispose().numDisposedVariables, 2);
});

test("a layer that merges is frozen with skip from the start", () => {
  const merge = new WeightedMean({});
  const layer = skip({ block: times(5), merge, trainable: false });
  assertEquals([layer.block.trainable, merge.trainable], [false, false]);
});

test("attach listens at a layer that merges, to each of its inputs", () => {
  const merge = tf.layers.maximum({ name: "larger" });
  const model = stack([times(1), skip({ block: times(10), merge })]);
  const { probes, detach } = attach(model, { layers: "larger", at: "input" });
  const heard: Record<string, number[]> = {};
  for (const [name, probe] of probes) {
    probe.listen((gradient) => {
      heard[name] = [...gradient.dataSync()];
    });
  }
  tf.dispose(tf.tidy(() => tf.grad((x) => (model.apply(x) as tf.Tensor).sum())(x())));
  assertEquals(heard, { "larger:0": [0, 1, 0, 0], "larger:1": [1, 0, 1, 1] });
  detach();
  model.dispose();
});

test("fromConfig makes a skip with the merge that it was given", () => {
  for (const merge of ["add", "concat", "multiply", tf.layers.maximum({ name: "m" })] as const) {
    const layer = skip({ block: times(10), merge, name: "s" });
    const copy = Skip.fromConfig(Skip, JSON.parse(JSON.stringify(layer.getConfig()))) as Skip;
    assertEquals(copy.getConfig(), layer.getConfig());
    assertEquals(at(copy), at(layer));
  }
});

test("a skip with a function computes and is not saved", async () => {
  const merge: MergeFunction = (shortcut, block) => tf.minimum(shortcut, block);
  const model = stack([skip({ block: times(10), merge, name: "least" })]);
  assertEquals(values(apply(model, x())), [1, -20, 3, 4]);
  const sentence =
    'Cannot save "least": merge must be "add", "concat", "multiply" or a layer, got a function';
  const error = await model.save(tf.io.withSaveHandler(() => Promise.reject())).catch((e) => e);
  assertStrictEquals(error.constructor, TypeError);
  assertEquals(error.message, sentence);
  model.dispose();
});

test("skip refuses a merge that is none", () => {
  for (const [merge, got] of [["sum", '"sum"'], [undefined, "undefined"], [{}, "an object"]]) {
    assertThrows(
      // deno-lint-ignore no-explicit-any -- what JavaScript callers can pass
      () => skip({ block: times(1), merge: merge as any }),
      TypeError,
      `Cannot create a Skip: merge must be "add", "concat", "multiply", a layer or a function, got ${got}`,
    );
  }
});

test("skip refuses one layer as block and merge, and two of one name", () => {
  const block = times(1, { name: "twin" });
  assertThrows(
    () => skip({ block, merge: block }),
    TypeError,
    'Cannot create a Skip: block and merge must be two layers, got "twin" twice',
  );
  assertThrows(
    () => skip({ block, merge: tf.layers.add({ name: "twin" }) }),
    RangeError,
    "block and merge must have different names",
  );
});

const wide = () => times(1, { units: 3 });
const input = () => tf.input({ shape: [2] });

test("skip refuses unequal shapes, and leaves no weight behind", () => {
  const { add } = tf;
  const merge = (shortcut: tf.Tensor, block: tf.Tensor) => add(shortcut, block);
  for (
    const [name, action] of [
      ["add", "add the block's output to its input"],
      ["multiply", "merge the block's output with its input"],
      [merge, "merge the block's output with its input"],
    ] as const
  ) {
    assertThrows(
      () => skip({ block: wide(), merge: name }).apply(input()),
      RangeError,
      `Cannot ${action}: shapes must be equal, got [null,3] and [null,2]`,
    );
  }
});

test("skip refuses to concatenate what differs in another axis than the last", () => {
  const block = tf.layers.reshape({ targetShape: [2, 1] });
  for (const [shape, got] of [[[1, 2], "[null,1,2]"], [[2], "[null,2]"]] as const) {
    assertThrows(
      () => skip({ block, merge: "concat" }).apply(tf.input({ shape: [...shape] })),
      RangeError,
      "Cannot merge the block's output with its input: shapes must be equal but for the last axis, " +
        `got [null,2,1] and ${got}`,
    );
  }
});

test("skip refuses a function that gives another shape", () => {
  const layer = skip({ block: times(1), merge: (x, y) => tf.concat([x, y], 1), name: "wider" });
  assertThrows(
    () => apply(layer, x()),
    RangeError,
    'Cannot call "wider": merge must give the shape [2,2], got [2,4]',
  );
  layer.dispose();
});
