import * as tf from "@tensorflow/tfjs";
import {
  coherence,
  instanceNorms,
  norm,
  probe,
  residual,
  residualA,
  startBackend,
} from "@residual/connection";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { runs } from "../support/generated.ts";
import { returnsOrRefuses } from "./refuses.ts";

const RUNS = runs({ sample: 100, full: 300 });

const anything = fc.anything({ withNullPrototype: true, withTypedArray: true });

/** Holds for all values that a generator gives; what layers leave behind is disposed of. */
async function forAll<T>(
  arbitrary: fc.Arbitrary<T>,
  property: (value: T) => Promise<void>,
): Promise<void> {
  await startBackend("cpu");
  const { numTensors } = tf.memory();
  await fc.assert(fc.asyncProperty(arbitrary, property), { numRuns: RUNS, seed: 1 });
  assertEquals(tf.memory().numTensors, numTensors, "tensors must not be left behind");
}

const dense = () => tf.layers.dense({ units: 2 });

Deno.test("residual and residualA refuse branches that are no layers, whatever they are", async () => {
  for (const make of [residual, residualA]) {
    await forAll(anything, async (value) => {
      const branch = value as tf.layers.Layer;
      assertEquals(await returnsOrRefuses(() => make({ block: branch })), undefined);
      if (value === undefined) return; // the identity
      assertEquals(
        await returnsOrRefuses(() => make({ block: dense(), shortcut: branch })),
        undefined,
      );
    });
  }
});

Deno.test("residualA refuses initializers that there are not", async () => {
  await forAll(fc.string(), async (name) => {
    const aInitializer = name as "zeros";
    assertEquals(
      await returnsOrRefuses(() => residualA({ block: dense(), aInitializer })),
      undefined,
    );
  });
});

Deno.test("probe takes names, and refuses everything else", async () => {
  await forAll(anything, async (name) => {
    const made = await returnsOrRefuses(() => probe({ name: name as string }));
    assertEquals(made !== undefined, typeof name === "string" && name !== "");
  });
});

Deno.test("a residual connection adds equal shapes and refuses all others", async () => {
  const shape = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 });
  await forAll(fc.tuple(shape, shape, fc.boolean()), async ([block, shortcut, scaled]) => {
    // Layers that give ones of a shape, whatever their input.
    const ones = (shape: number[]) => {
      const size = shape.reduce((product, length) => product * length);
      return tf.sequential({
        layers: [
          tf.layers.dense({ units: size, kernelInitializer: "ones", inputShape: [1] }),
          tf.layers.reshape({ targetShape: shape }),
        ],
      });
    };
    const branches = { block: ones(block), shortcut: ones(shortcut) };
    const layer = scaled ? residualA({ ...branches, aInitializer: "ones" }) : residual(branches);
    const sum = await returnsOrRefuses(() =>
      (layer.apply(tf.ones([2, 1])) as tf.Tensor).dataSync()
    );
    assertEquals(sum !== undefined, `${block}` === `${shortcut}`);
    if (sum !== undefined) assert(sum.every((value) => value === 2));
    tf.disposeVariables();
  });
});

Deno.test("statistics give numbers or refuse, whatever the gradient's shape and values are", async () => {
  const shape = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 });
  const value = fc.oneof(fc.float(), fc.constantFrom(NaN, Infinity, 0, 3e38, 1e-45));
  for (const statistic of [norm, instanceNorms, coherence]) {
    await forAll(fc.tuple(shape, value), async ([shape, value]) => {
      const numbers = await returnsOrRefuses(() => statistic(tf.fill(shape, value)).dataSync());
      assertEquals(numbers === undefined, shape.length === 0 && statistic !== norm);
      const finite = Number.isFinite(Math.fround(value)) && Math.abs(value) < 1e37;
      if (numbers !== undefined && finite) assert(numbers.every(Number.isFinite));
    });
  }
});
