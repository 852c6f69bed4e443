import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { Highway, highway, type HighwayArgs } from "../../src/layers/highway.ts";
import { apply, distance, stack, times, values } from "../support/layers.ts";
import { test, testOn } from "../support/on_backend.ts";

const x = () => tf.tensor2d([[1, -2], [3, 4]]);

/** A gate that is the same for all numbers. */
const constantGate = (value: number) =>
  tf.layers.dense({
    units: 2,
    kernelInitializer: "zeros",
    biasInitializer: tf.initializers.constant({ value }),
  });

testOn(["cpu", "wasm"], "highway is the block's output by the gate and x by the rest of it", () => {
  for (
    const [gate, expected] of [
      [0, [1, -2, 3, 4]],
      [1, [10, -20, 30, 40]],
      [0.25, [3.25, -6.5, 9.75, 13]],
    ] as const
  ) {
    const layer = highway({ block: times(10), gate: constantGate(gate) });
    assertEquals(values(apply(layer, x())), [...expected]);
    layer.dispose();
  }
});

test("without a gate of one's own, the biases of the gate are −1, or what is given", () => {
  for (const [given, start] of [[undefined, -1], [-3, -3], [0, 0]] as const) {
    const layer = highway({ block: times(1), transformBias: given, name: "outer" });
    const model = stack([layer]);
    const names = layer.weights.map((weight) => weight.originalName).slice(1);
    assertEquals(names, ["outer/gate/kernel", "outer/gate/bias"]);
    const [kernel, bias] = layer.getWeights().slice(1);
    assertEquals(kernel.shape, [2, 2]);
    assertEquals([...bias.dataSync()], [start, start]);
    model.dispose();
  }
});

test("at x = 0 the default gate lets σ(−1) of the block through", () => {
  const block = tf.layers.dense({ units: 2, biasInitializer: "ones" });
  const layer = highway({ block });
  const [y] = values(apply(layer, tf.zeros([1, 2])));
  assertAlmostEquals(y, 1 / (1 + Math.E), 1e-6);
  layer.dispose();
});

test("the gate's weights count as highway's own, and are frozen and disposed of with it", () => {
  const layer = highway({ block: times(1) });
  const model = stack([layer]);
  assertEquals(layer.trainableWeights.length, 3);
  layer.trainable = false;
  assertEquals(layer.trainableWeights.length, 0);
  assertEquals(highway({ block: times(1), trainable: false }).gate.trainable, false);
  assertEquals(model.dispose().numDisposedVariables, 3);
});

test("fromConfig makes a highway with its gate, and several are in one model", () => {
  const layers = [
    highway({ block: times(2), transformBias: -2 }),
    highway({ block: times(3), gate: constantGate(0.25) }),
  ];
  const model = stack(layers);
  for (const layer of layers) {
    const copy = Highway.fromConfig(Highway, JSON.parse(JSON.stringify(layer.getConfig())));
    assertEquals(copy.getConfig(), layer.getConfig());
  }
  const outer = highway({ block: model });
  assertEquals(distance(values(apply(outer, tf.zeros([1, 2]))), [0, 0]), 0);
  outer.dispose();
});

test("highway refuses a gate that is no layer, and a bias that is none or is beside a gate", () => {
  const refused = (args: unknown, sentence: string) =>
    assertThrows(
      () => highway({ block: times(1), ...args as object } as HighwayArgs),
      TypeError,
      `Cannot create a Highway: ${sentence}`,
    );
  refused({ gate: 1 }, "gate must be a layer or a model, got number");
  refused({ transformBias: "low" }, 'transformBias must be a number, got "low"');
  refused({ transformBias: NaN }, "transformBias must be a number, got NaN");
  refused(
    { gate: constantGate(0), transformBias: -1 },
    "transformBias must not be given beside a gate, which has biases of its own, got -1",
  );
});

test("highway refuses a gate of another shape, and channels whose number is not known", () => {
  const wide = { units: 3 };
  const input = () => tf.input({ shape: [2] });
  assertThrows(
    () => highway({ block: times(1), gate: tf.layers.dense({ units: 1 }) }).apply(input()),
    RangeError,
    "Cannot multiply the block's output by the gate's: shapes must be equal, got [null,2] and [null,1]",
  );
  const both = { block: times(1, wide), shortcut: times(1, wide) };
  assertThrows(
    () => highway(both).apply(input()),
    RangeError,
    "by the gate's: shapes must be equal, got [null,3] and [null,2]",
  );
  const block = tf.layers.conv1d({ filters: 2, kernelSize: 1 });
  assertThrows(
    () => highway({ block }).apply(tf.input({ shape: [2, null] })),
    RangeError,
    "Cannot build the gate of a Highway: the last axis of its input must have a known size, " +
      "got [null,2,null]",
  );
});
