/** Models to save, and folders to save them to. */

import * as tf from "@tensorflow/tfjs";
import { test, type TestBackend, testOn } from "../support/on_backend.ts";
import { apply } from "../support/layers.ts";
import { withFolder } from "../support/temporary_folder.ts";

/** Registers a test on the cpu backend with an empty folder. */
export function testInFolder(
  sentence: string,
  body: (folder: string) => void | Promise<void>,
): void {
  test(sentence, () => inFolder(body), { needs: ["read", "write"] });
}

/** Registers a test on a backend with an empty folder. */
export function testInFolderOn(
  backends: TestBackend | readonly TestBackend[],
  sentence: string,
  body: (folder: string) => void | Promise<void>,
): void {
  testOn(backends, sentence, () => inFolder(body), { needs: ["read", "write"] });
}

async function inFolder(body: (folder: string) => void | Promise<void>): Promise<void> {
  await withFolder({}, async (folder) => await body(folder));
}

/** The bits of all weights of a model, by position. */
export function bits(model: tf.LayersModel): number[][] {
  return model.weights.map((weight) => {
    const values = Float32Array.from(weight.read().dataSync());
    return Array.from(new Uint32Array(values.buffer));
  });
}

/** The bits of the weights, and of what a model of two numbers gives for two inputs. */
export function state(model: tf.LayersModel): number[][] {
  const y = apply(model, tf.tensor2d([[0.3, -0.7], [2, 1]]));
  const values = Float32Array.from(y.dataSync());
  y.dispose();
  return [...bits(model), Array.from(new Uint32Array(values.buffer))];
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
