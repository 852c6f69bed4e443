/** A connection of a user's own, made of the base class. */

import { fileSystem, norm, probe, ResidualBase, train } from "@residual/connection";
import { assert, assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { attach } from "../../src/probe/attach.ts";
import { testInFolder } from "../saving/models.ts";
import { apply, distance, finiteDifferences, stack, times, values } from "../support/layers.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

/** What a {@linkcode Weighted} is made of. */
interface WeightedArgs {
  readonly block: tf.layers.Layer;
  readonly shortcut?: tf.layers.Layer;
  readonly name?: string;
  readonly factor: number;
}

/** y = factor · w · block(x) + shortcut(x), with an option and a weight of its own. */
class Weighted extends ResidualBase {
  static readonly className = "Weighted";
  readonly #factor: number;
  #w!: tf.LayerVariable;

  constructor(args: WeightedArgs) {
    super(args);
    this.#factor = args.factor;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    super.build(inputShape);
    this.#w = this.addWeight("w", [], "float32", tf.initializers.constant({ value: 0.5 }));
  }

  protected override merge(block: tf.Tensor, shortcut: tf.Tensor): tf.Tensor {
    return tf.add(tf.mul(tf.mul(block, this.#factor), this.#w.read()), shortcut);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), factor: this.#factor };
  }
}

tf.serialization.registerClass(Weighted);

const X = [[1, -2], [3, 4]];

/** Σ y² for x, w and the block's kernel, [2, 2], in plain numbers. */
function squares([w, ...kernel]: readonly number[]): number {
  return X.flatMap(([p, q]) =>
    [0, 1].map((j) => 4 * w * (p * kernel[j] + q * kernel[2 + j]) + [p, q][j])
  ).reduce((sum, y) => sum + y * y, 0);
}

testOn(
  ["cpu", "wasm", webgpu],
  "a connection of one's own has the gradients of finite differences",
  async () => {
    const layer = new Weighted({ block: times(3), factor: 4, name: "own" });
    const model = stack([layer]);
    assertEquals(model.weights.map((weight) => weight.originalName)[0], "own/w");
    const { value, grads } = tf.variableGrads(
      () => tf.tidy(() => (model.apply(tf.tensor2d(X)) as tf.Tensor).square().sum() as tf.Scalar),
    );
    const weights = [0.5, 3, 0, 0, 3];
    assertAlmostEquals((await value.data())[0], squares(weights), 1e-3);
    const found = await Promise.all(
      layer.trainableWeights.map((weight) => grads[(weight.read() as tf.Variable).name].data()),
    );
    const expected = finiteDifferences(squares, weights);
    const largest = Math.max(...expected.map(Math.abs));
    assertLess(distance(found.flatMap((each) => [...each]), expected), 1e-5 * largest);
    tf.dispose([value, grads]);
    model.dispose();
  },
);

testInFolder(
  "a connection of one's own is saved with its option and weight, and loaded",
  async (folder) => {
    const model = stack([new Weighted({ block: times(3), factor: 4 })]);
    const [w] = model.getWeights();
    await model.save(fileSystem(folder));
    const loaded = await tf.loadLayersModel(fileSystem(folder));
    assertEquals(values(apply(loaded, tf.tensor2d(X))), values(apply(model, tf.tensor2d(X))));
    assertEquals(loaded.getWeights()[0].dataSync(), w.dataSync());
    model.dispose();
    loaded.dispose();
  },
);

test("a connection of one's own trains, and is listened to by probes and attach", async () => {
  const block = tf.sequential({ layers: [probe({ name: "x_in", inputShape: [2] }), times(3)] });
  const layer = new Weighted({ block, shortcut: probe({ name: "x_res" }), factor: 4, name: "own" });
  const model = stack([times(1), layer]);
  const { measures, detach } = attach(model, { layers: "own" });
  const optimizer = tf.train.sgd(0);
  const { columns } = await train(model, [{ xs: tf.tensor2d(X), ys: tf.zeros([2, 2]) }], {
    optimizer,
    loss: (_, y: tf.Tensor) => y.square().sum() as tf.Scalar,
    measures: { ...measures, x_in: { probe: "x_in" }, x_res: { probe: "x_res", statistic: norm } },
  }).finish();
  const y = X.flat().map((x) => 7 * x); // 4 · 0.5 · 3x + x
  const dy = Math.hypot(...y.map((value) => 2 * value));
  assertAlmostEquals(columns.own![0]!, dy, 1e-4);
  assertAlmostEquals(columns.x_res![0]!, dy, 1e-4);
  assertAlmostEquals(columns.x_in![0]!, 6 * dy, 1e-3);
  detach();
  model.dispose();
  optimizer.dispose();
});

/** A connection that merges by any function. */
class Anyhow extends ResidualBase {
  static readonly className = "Anyhow";
  readonly #merge: (block: tf.Tensor) => unknown;
  constructor(merge: (block: tf.Tensor) => unknown) {
    super({ block: times(1), name: "anyhow" });
    this.#merge = merge;
  }
  protected override merge(block: tf.Tensor): tf.Tensor {
    return this.#merge(block) as tf.Tensor;
  }
}

test("a connection's merge is refused if it gives another shape, or no tensor", () => {
  const call = (merge: (block: tf.Tensor) => unknown) => {
    const layer = new Anyhow(merge);
    try {
      apply(layer, tf.tensor2d(X)).dispose();
    } finally {
      layer.dispose();
    }
  };
  assertThrows(
    () => call((block) => block.sum(1)),
    RangeError,
    'Cannot call "anyhow": merge must give the shape [2,2], got [2]',
  );
  assertThrows(
    () => call(() => 7),
    TypeError,
    'Cannot call "anyhow": merge must give a tensor, got 7',
  );
  call((block) => block);
  assert(new Anyhow((block) => block) instanceof tf.layers.Layer);
});
