/** Starts wasm on so many threads with its files in a folder, and says what it computes, or why not. */

import * as tf from "@tensorflow/tfjs";
import { startBackend } from "../../../src/backend/start.ts";

const [threads, wasm, absent] = Deno.args;
if (absent !== undefined) delete (globalThis as unknown as Record<string, unknown>)[absent];
try {
  await startBackend("wasm", { threads: Number(threads), wasm: wasm || undefined });
  const x = tf.ones<tf.Rank.R4>([1, 4, 4, 2]);
  const filter = tf.ones<tf.Rank.R4>([3, 3, 2, 2]);
  console.log(tf.sum(tf.conv2d(x, filter, 1, "same")).dataSync()[0]);
} catch (error) {
  console.log((error as Error).message);
}
Deno.exit();
