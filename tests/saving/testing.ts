/**
 * Tests that save a model: each has a folder of its own, runs on a named backend, and must leave no
 * tensor behind.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { startBackend } from "../../src/backend/start.ts";
import { testWith } from "../test_with.ts";

type Body = (folder: string) => void | Promise<void>;

/** Registers a test on the cpu backend. */
export function test(sentence: string, body: Body): void {
  testOn("cpu", sentence, body);
}

/** Registers a test on a backend. */
export function testOn(backend: "cpu" | "wasm", sentence: string, body: Body): void {
  testWith(sentence, {
    needs: ["read", "write"],
    fn: async () => {
      await startBackend(backend);
      const before = tf.memory().numTensors;
      const folder = await Deno.makeTempDir();
      try {
        await body(folder);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
      assertEquals(tf.memory().numTensors, before, "tensors must not be left behind");
    },
  });
}

/** The bits of all weights of a model, by position. */
export function bits(model: tf.LayersModel): number[][] {
  return model.weights.map((weight) => {
    const values = Float32Array.from(weight.read().dataSync());
    return Array.from(new Uint32Array(values.buffer));
  });
}

/** Two numbers to two: a dense layer with weights that the seed gives. */
export function denseModel(seed: number): tf.Sequential {
  const kernelInitializer = tf.initializers.randomNormal({ seed });
  return tf.sequential({
    layers: [tf.layers.dense({ units: 2, inputShape: [2], kernelInitializer })],
  });
}

/** What a folder holds, by name, in order. */
export async function listed(folder: string): Promise<string[]> {
  const names = [];
  for await (const { name } of Deno.readDir(folder)) names.push(name);
  return names.sort();
}

/** The name of the weights' file of a saved model. */
export async function weightsFile(folder: string): Promise<string> {
  const { weightsManifest } = JSON.parse(await Deno.readTextFile(`${folder}/model.json`));
  return weightsManifest[0].paths[0];
}
