import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { Probe, probe, type ProbeArgs } from "../../src/probe/probe.ts";
import type { GradientListener } from "../../src/probe/tap.ts";
import { residual } from "../../src/layers/residual.ts";
import { test, testOn } from "../support/on_backend.ts";
import { apply, stack, times, values } from "../support/layers.ts";

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
