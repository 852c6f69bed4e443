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

/** Registers a test on a backend; where that cannot start the test is left out, and says why. */
export function testOn(
  backend: BackendName,
  name: string,
  fn: () => void | Promise<void>,
): void {
  const { ignore, why } = here[backend];
  Deno.test({
    name: `${name} (${backend})${why}`,
    ignore,
    fn: async () => {
      await startBackend(backend);
      const before = tf.memory().numTensors;
      await fn();
      assertEquals(tf.memory().numTensors, before, "tensors must not be left behind");
    },
  });
}
