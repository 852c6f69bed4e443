import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { residual } from "../../src/layers/residual.ts";
import { residualA } from "../../src/layers/residual_a.ts";
import { findProbes } from "../../src/probe/find_probes.ts";
import { Probe, probe, type ProbeArgs } from "../../src/probe/probe.ts";
import { coherence, instanceNorms, norm, type Statistic } from "../../src/probe/statistics.ts";
import { type GradientListener, tap } from "../../src/probe/tap.ts";
import { apply, stack, times, values } from "../support/layers.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

/** Values and gradient at x of Σ y², with what a probe's listeners keep for themselves. */
function squares(layer: tf.layers.Layer, x: number[]): { y: number[]; gradient: number[] } {
  const loss = (x: tf.Tensor) =>
    tf.tidy(() => (layer.apply(x, { training: true }) as tf.Tensor).square().sum());
  const input = tf.tensor2d(x, [1, x.length]);
  const gradient = values(tf.tidy(() => tf.grad(loss)(input)));
  return { y: values(apply(layer, input)), gradient };
}

testOn(
  ["cpu", "wasm"],
  "the probes at x_in and x_res observe the two parts of the gradient at x",
  () => {
    const [xIn, xRes] = [probe({ name: "x_in", inputShape: [2] }), probe({ name: "x_res" })];
    const block = tf.sequential({ layers: [xIn, times(3)] });
    const model = stack([residual({ block, shortcut: xRes })]);
    const seen: Record<string, number[]> = {};
    for (const layer of [xIn, xRes]) {
      layer.listen((g) => {
        seen[layer.name] = Array.from(g.dataSync());
      });
    }
    const { y, gradient } = squares(model, [1, -2]); // y = 4x, dy = 2y
    assertEquals(y, [4, -8]);
    assertEquals(seen, { x_in: [24, -48], x_res: [8, -16] });
    assertEquals(gradient, [32, -64]); // exactly the sum
    model.dispose();
  },
);

testOn(["cpu", "wasm"], "a probe changes no value, with and without a listener", () => {
  const layer = probe({ name: "anywhere" });
  const input = [-0, 1 / 3, Infinity];
  const at = () => values(apply(layer, tf.tensor1d(input)));
  assertEquals(at(), Array.from(new Float32Array(input)));
  const stop = layer.listen(() => {});
  assertEquals(at(), Array.from(new Float32Array(input)));
  stop();
});

test("a listener that has stopped hears no more, and the others still do", () => {
  const layer = probe({ name: "anywhere" });
  const heard: string[] = [];
  const stop = layer.listen(() => heard.push("first"));
  layer.listen(() => heard.push("second"));
  squares(layer, [1]);
  stop();
  stop();
  squares(layer, [1]);
  assertEquals(heard.sort(), ["first", "second", "second"]);
});

test("one listener that listens twice is stopped once at a time", () => {
  const layer = probe({ name: "anywhere" });
  let calls = 0;
  const listener = () => calls++;
  const stop = layer.listen(listener);
  layer.listen(listener);
  squares(layer, [1]);
  stop();
  squares(layer, [1]);
  assertEquals(calls, 3);
});

test("two listeners may both keep the gradient", () => {
  const layer = probe({ name: "anywhere" });
  const kept: tf.Tensor[] = [];
  for (const factor of [1, 10]) layer.listen((g) => kept.push(tf.keep(g), tf.keep(g.mul(factor))));
  squares(layer, [3]);
  assertEquals(kept.map(values).sort(), [[6], [6], [6], [60]]);
});

test("a probe listens in fit, once a batch", async () => {
  const layer = probe({ name: "inside" });
  const model = stack([times(1), layer, times(1)]);
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  let calls = 0;
  layer.listen(() => calls++);
  const [xs, ys] = [tf.ones([6, 2]), tf.zeros([6, 2])];
  await model.fit(xs, ys, { batchSize: 2, verbose: 0 });
  assertEquals(calls, 3);
  tf.dispose([xs, ys]);
  model.dispose();
});

test("a probe survives saving, without its listeners", () => {
  const layer = probe({ name: "x_in", inputShape: [2] });
  layer.listen(() => {
    throw new Error("heard");
  });
  const copy = Probe.fromConfig(Probe, layer.getConfig());
  assert(copy instanceof Probe);
  assertEquals(copy.getConfig(), layer.getConfig());
  assertEquals(squares(copy, [1, 2]).gradient, [2, 4]);
});

test("a probe without a name is refused", () => {
  assertThrows(
    () => probe({} as ProbeArgs),
    TypeError,
    "Cannot create a Probe: it needs a name to be found by, got undefined",
  );
  assertThrows(
    () => probe(null as unknown as ProbeArgs),
    TypeError,
    "Cannot create a Probe: it needs { name }, got null",
  );
});

test("a listener that is no function is refused", () => {
  assertThrows(
    () => probe({ name: "x" }).listen(null as unknown as GradientListener),
    TypeError,
    "Cannot listen to a gradient: the listener must be a function, got null",
  );
});

testOn(
  ["cpu", "wasm"],
  "tap hands over the gradient and changes neither value nor gradient",
  () => {
    const seen: number[][] = [];
    const { value, grad } = tf.tidy(() =>
      tf.valueAndGrad((x: tf.Tensor) =>
        tap(x.square(), (g) => seen.push(Array.from(g.dataSync()))).mul(3).sum()
      )(tf.tensor1d([1, -2]))
    );
    assertEquals(values(value), [15]);
    assertEquals(values(grad), [6, -12]);
    assertEquals(seen, [[3, 3]]);
  },
);

test("tap's listener runs once, with the sum over all uses", () => {
  const seen: number[][] = [];
  const loss = (x: tf.Tensor) => {
    const y = tap(x, (g) => seen.push(Array.from(g.dataSync())));
    return y.mul(2).sum().add(y.square().sum());
  };
  assertEquals(values(tf.tidy(() => tf.grad(loss)(tf.tensor1d([1, 5])))), [4, 12]);
  assertEquals(seen, [[4, 12]]);
});

testOn(["cpu", "wasm"], "a gradient that a listener keeps outlives the backward pass", () => {
  const kept: tf.Tensor[] = [];
  const loss = (x: tf.Tensor) =>
    tap(x, (g) => kept.push(tf.keep(g), tf.keep(g.mul(10)), g.mul(100))).mul(3).sum();
  values(tf.tidy(() => tf.grad(loss)(tf.tensor1d([1, 2]))));
  assertEquals(kept.map((tensor) => tensor.isDisposed), [false, false, true]);
  assertEquals(kept.slice(0, 2).map(values), [[3, 3], [30, 30]]);
});

test("two taps on one tensor see their own part of its gradient", () => {
  const seen: Record<string, number[]> = {};
  const listen = (name: string) => (g: tf.Tensor) => {
    seen[name] = Array.from(g.dataSync());
  };
  const loss = (x: tf.Tensor) => tap(x, listen("x_in")).mul(5).add(tap(x, listen("x_res"))).sum();
  assertEquals(values(tf.tidy(() => tf.grad(loss)(tf.tensor1d([1])))), [6]);
  assertEquals(seen, { x_in: [5], x_res: [1] });
});

test("tap's listener stays silent where no gradient passes, and in a forward pass", () => {
  let calls = 0;
  const count = () => calls++;
  const loss = (x: tf.Tensor) => {
    tap(x.square(), count); // the loss does not depend on it
    return x.mul(tap(tf.scalar(2), count)).sum(); // it does not depend on x
  };
  values(tf.tidy(() => tf.grad(loss)(tf.tensor1d([1]))));
  values(tf.tidy(() => tap(tf.scalar(2), count)));
  assertEquals(calls, 0);
});

test("second derivatives pass through tap", () => {
  const cube = (x: tf.Tensor) => tap(x, () => {}).pow(3).sum();
  const second = tf.tidy(() => tf.grad((x) => tf.grad(cube)(x))(tf.scalar(2)));
  assertEquals(values(second), [12]);
});

test("tap refuses what is no tensor, and a listener that is no function", () => {
  assertThrows(
    () => tap(null as unknown as tf.Tensor, () => {}),
    TypeError,
    "Cannot tap a tensor: x must be a tensor, got null",
  );
  const x = tf.scalar(1);
  assertThrows(
    () => tap(x, undefined as unknown as GradientListener),
    TypeError,
    "Cannot tap a tensor: the listener must be a function, got undefined",
  );
  x.dispose();
});

const named = (name: string) => probe({ name, inputShape: [2] });

test("findProbes finds probes in models, Sequentials, blocks and shortcuts, in order", () => {
  const inner = residualA({ block: stack([named("deep"), times(1)]), shortcut: named("around") });
  const block = tf.sequential({ layers: [named("x_in"), inner] });
  const model = stack([named("first"), residual({ block, shortcut: named("x_res") })]);
  const names = [...findProbes(model).keys()];
  assertEquals(names, ["first", "x_in", "deep", "around", "x_res"]);
  model.dispose();
});

test("findProbes gives the probe itself, once if it is used twice", () => {
  const shared = named("shared");
  const model = stack([shared, times(1), shared]);
  assertStrictEquals(findProbes(model).get("shared"), shared);
  model.dispose();
});

test("findProbes finds the probes of a model that was loaded", async () => {
  const model = stack([residual({ block: times(1), shortcut: named("x_res") })]);
  const copy = await tf.models.modelFromJSON(JSON.parse(model.toJSON() as string));
  assertEquals([...findProbes(copy).keys()], ["x_res"]);
  model.dispose();
  copy.dispose();
});

test("findProbes finds nothing where there is none", () => {
  assertEquals(findProbes(times(1)).size, 0);
});

test("findProbes refuses what is neither a model nor a layer", () => {
  for (const [value, got] of [[null, "null"], [undefined, "undefined"], [{}, "an object"]]) {
    assertThrows(
      () => findProbes(value as unknown as tf.layers.Layer),
      TypeError,
      `Cannot find probes: this takes a model or a layer, got ${got}`,
    );
  }
});

test("findProbes refuses two probes of one name", () => {
  const block = tf.sequential({ layers: [named("x"), times(1)] });
  const layer = residual({ block, shortcut: named("x"), name: "around" });
  assertThrows(
    () => findProbes(layer),
    RangeError,
    'Cannot tell the probes of "around" apart: names must be unique, got "x" twice',
  );
  block.dispose();
});

/** A statistic of a gradient that is given as numbers. */
function measure(statistic: Statistic, gradient: tf.Tensor): number[] {
  try {
    return values(statistic(gradient));
  } finally {
    gradient.dispose();
  }
}

/** ‖g‖ in double precision, the oracle. */
const exactNorm = (numbers: ArrayLike<number>) => Math.hypot(...Array.from(numbers));

/** A gradient of the article's shape and size, with an instance's share of its own. */
const noise = () => tf.randomNormal([32, 8, 8, 64], 1e-5, 4e-5, "float32", 7);

testOn(["cpu", "wasm"], "norm is √Σ g² over the whole tensor", () => {
  assertEquals(measure(norm, tf.tensor3d([[[1, -2]], [[4, -10]]])), [11]);
  assertEquals(measure(norm, tf.scalar(-3)), [3]);
});

testOn(["cpu", "wasm"], "norm of the article's 131,072 values is right to 2e-7", () => {
  const g = noise();
  const squares = Array.from(g.dataSync()).reduce((sum, value) => sum + value * value, 0);
  assertAlmostEquals(measure(norm, g)[0] / Math.sqrt(squares), 1, 2e-7);
});

testOn(["cpu", "wasm"], "norm takes any number of values", () => {
  for (const size of [1, 255, 256, 257, 65_537]) {
    assertAlmostEquals(measure(norm, tf.fill([size], 3))[0] / (3 * Math.sqrt(size)), 1, 2e-7);
  }
});

testOn(["cpu", "wasm"], "norm neither vanishes at 1e-25 nor overflows at 1e38", () => {
  for (const size of [1e-38, 1e-25, 1e-20, 1, 1e20, 1e38]) {
    assertAlmostEquals(measure(norm, tf.tensor1d([size, size]))[0] / size, Math.SQRT2, 1e-6);
  }
});

testOn(["cpu", "wasm"], "norm of zeros is 0, and of what is not finite is not finite", () => {
  assertEquals(measure(norm, tf.zeros([4, 2])), [0]);
  assertEquals(measure(norm, tf.tensor1d([1, -Infinity])), [Infinity]);
  assertEquals(measure(norm, tf.tensor1d([1, NaN, 2])), [NaN]);
});

testOn(["cpu", "wasm"], "instanceNorms are the norms of the rows times the batch size", () => {
  const g = tf.tensor3d([[[3], [4]], [[0], [1]], [[0], [0]]]);
  assertEquals(measure(instanceNorms, g), [15, 3, 0]);
});

testOn(["cpu", "wasm"], "instanceNorms agree with one backward pass an instance", () => {
  const loss = (x: tf.Tensor) => x.square().mul(x).sum(1).mean(); // the mean over the batch
  const x = tf.tensor2d([[1, 2], [-3, 0.5], [0.1, 0.2]]);
  const together = tf.tidy(() => instanceNorms(tf.grad(loss)(x)));
  const apart = [0, 1, 2].map((i) =>
    exactNorm(values(tf.tidy(() => tf.grad(loss)(x.slice([i, 0], [1, 2])))))
  );
  values(together).forEach((norm, i) => assertAlmostEquals(norm / apart[i], 1, 1e-6));
  x.dispose();
});

testOn(["cpu", "wasm"], "coherence is 1 for instances that point one way, however long", () => {
  assertAlmostEquals(measure(coherence, tf.tensor2d([[3, 4], [6, 8], [0.3, 0.4]]))[0], 1, 1e-6);
});

testOn(["cpu", "wasm"], "coherence is 0 for instances that cancel out", () => {
  assertEquals(measure(coherence, tf.tensor2d([[3, 4], [-3, -4]])), [0]);
});

testOn(["cpu", "wasm"], "coherence of a right angle is 1/√2", () => {
  assertAlmostEquals(measure(coherence, tf.tensor2d([[1, 0], [0, 1]]))[0], Math.SQRT1_2, 1e-6);
});

test("coherence of unrelated instances is about 1/√batch", () => {
  const g = tf.randomNormal([64, 1000], 0, 1, "float32", 1);
  assertAlmostEquals(measure(coherence, g)[0], 1 / 8, 0.01);
});

testOn(["cpu", "wasm"], "coherence does not depend on the gradient's size", () => {
  for (const size of [1e-30, 1e30]) {
    const g = tf.tensor2d([[size, 0], [0, size]]);
    assertAlmostEquals(measure(coherence, g)[0], Math.SQRT1_2, 1e-6);
  }
});

testOn(["cpu", "wasm"], "coherence is 0 where every gradient is 0", () => {
  assertEquals(measure(coherence, tf.zeros([4, 2, 2])), [0]);
});

testOn(["wasm", webgpu], "statistics are right, for vanishing gradients too", async () => {
  const numbers = Array.from({ length: 4 * 1000 }, (_, i) => Math.sin(i * i) * 1e-25);
  const g = tf.tensor2d(numbers, [4, 1000]);
  const tensors = tf.tidy(() => [
    norm(g),
    instanceNorms(g),
    coherence(tf.ones([4, 8])),
    norm(tf.zeros([2])),
  ]);
  const [[whole], [first], [together], [none]] = await Promise.all(tensors.map((t) => t.data()));
  assertAlmostEquals(whole / exactNorm(numbers), 1, 1e-6);
  assertAlmostEquals(first / (4 * exactNorm(numbers.slice(0, 1000))), 1, 1e-6);
  assertAlmostEquals(together, 1, 1e-6);
  assertEquals(none, 0);
  tf.dispose([g, ...tensors]);
});

test("instanceNorms and coherence refuse a gradient without a batch axis", () => {
  for (const statistic of [instanceNorms, coherence]) {
    assertThrows(
      () => measure(statistic, tf.scalar(1)),
      RangeError,
      "Cannot split the gradient into instances: shape must be [batch, …], got []",
    );
  }
});

testOn(
  ["cpu", "wasm"],
  "statistics take integers and truth values as the numbers that they are",
  () => {
    for (const type of ["int32", "bool"] as const) {
      const g = () => tf.tensor2d([[1, 0], [0, 0]], [2, 2], type);
      assertEquals(measure(norm, g()), [1]);
      assertEquals(measure(instanceNorms, g()), [2, 0]);
      assertEquals(measure(coherence, g()), [1]);
    }
    assertEquals(measure(norm, tf.tensor1d([-3, 4], "int32")), [5]);
  },
);

test("statistics refuse a gradient without values", () => {
  for (const statistic of [norm, instanceNorms, coherence]) {
    for (const shape of [[0], [0, 3], [3, 0]]) {
      assertThrows(
        () => measure(statistic, tf.zeros(shape)),
        RangeError,
        `Cannot measure a gradient: it must have at least one value, got shape [${shape}]`,
      );
    }
  }
});

test("statistics refuse what is no tensor, or not of real numbers", () => {
  const wrong: [unknown, string][] = [
    [null, "it must be a tensor, got null"],
    [[1, 2], "it must be a tensor, got an array"],
    [tf.tidy(() => tf.scalar(1).square()), "it must be a tensor, got one disposed of"],
    [tf.tensor1d(["a"]), "its type must be one of float32, int32, bool, got string"],
  ];
  tf.dispose(wrong[2][0] as tf.Tensor);
  for (const statistic of [norm, instanceNorms, coherence]) {
    for (const [value, got] of wrong) {
      assertThrows(
        () => statistic(value as tf.Tensor),
        TypeError,
        `Cannot measure a gradient: ${got}`,
      );
    }
  }
  tf.dispose(wrong[3][0] as tf.Tensor);
});

test("statistics leave the gradient alive", () => {
  const g = tf.ones([2, 2]);
  const tensors = [norm, instanceNorms, coherence].map((statistic) => statistic(g));
  assertLess(0, values(g).length);
  tf.dispose(tensors);
});
