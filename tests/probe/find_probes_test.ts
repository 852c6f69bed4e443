import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { findProbes } from "../../src/probe/find_probes.ts";
import { probe } from "../../src/probe/probe.ts";
import { residual } from "../../src/layers/residual.ts";
import { residualA } from "../../src/layers/residual_a.ts";
import { test } from "../support/on_backend.ts";
import { stack, times } from "../support/layers.ts";

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
