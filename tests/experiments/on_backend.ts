/** Tests that compute on a backend and must leave no tensor behind. */

import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { type BackendName, startBackend } from "../../src/backend/start.ts";
import { available } from "../backend/oracle.ts";

const here = {
  cpu: await available("cpu"),
  wasm: await available("wasm"),
  webgpu: await available("webgpu"),
};

type Body = () => void | Promise<void>;

/** Registers a test on a backend; where that cannot start the test is left out, and says why. */
export function testOn(backend: BackendName, name: string, fn: Body): void {
  register(`${name} (${backend})`, here[backend], () => run(backend, fn));
}

/** Registers a test on a backend that reads files too: it is left out wherever wasm is. */
export function testReadingOn(backend: BackendName, name: string, fn: Body): void {
  const missing = here[backend].ignore ? here[backend] : here.wasm; // wasm reads a file as well
  register(`${name} (${backend})`, missing, () => run(backend, fn));
}

function register(
  name: string,
  { ignore, why }: { readonly ignore: boolean; readonly why: string },
  fn: () => Promise<void>,
): void {
  Deno.test({ name: `${name}${why}`, ignore, fn });
}

async function run(backend: BackendName, fn: Body): Promise<void> {
  await startBackend(backend);
  const before = tf.memory().numTensors;
  await fn();
  assertEquals(tf.memory().numTensors, before, "tensors must not be left behind");
}
