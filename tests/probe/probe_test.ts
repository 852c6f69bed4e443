import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { residual } from "../../src/layers/residual.ts";
import { residualA } from "../../src/layers/residual_a.ts";
import { findProbes } from "../../src/probe/find_probes.ts";
import { Probe, probe, type ProbeArgs } from "../../src/probe/probe.ts";
import { type GradientListener, tap } from "../../src/probe/tap.ts";
import { apply, stack, times, values } from "../support/layers.ts";
import { test, testOn } from "../support/on_backend.ts";

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
