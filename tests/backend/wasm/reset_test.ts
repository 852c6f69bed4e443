/** TensorFlow.js makes another instance of the wasm backend when it is reset. */

import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { fileURLToPath } from "node:url";
import { startBackend } from "../../../src/backend/start.ts";
import { testWith } from "../../support/test_with.ts";

/** Calls that our kernels leave to TensorFlow.js's, and one that they cover. */
function compute(): number[][] {
  return tf.tidy(() => {
    const x = tf.range(0, 32).reshape([1, 4, 4, 2]) as tf.Tensor4D;
    const filter = tf.ones([2, 2, 2, 1]) as tf.Tensor4D;
    const strided = tf.conv2d(x, filter, 2, "valid");
    const dense = tf.conv2d(x, filter, 1, "valid");
    const gradient = tf.grad((x) => tf.conv2d(x as tf.Tensor4D, filter, 2, "valid").square().sum());
    return [tf.sum(x), tf.sum(x, 3), tf.sum(x, [0, 1, 2]), strided, dense, gradient(x)].map((y) =>
      Array.from(y.dataSync())
    );
  });
}

for (
  const [how, restart] of [
    ["the engine is reset", () => tf.engine().reset()],
    ["the backend is removed", () => tf.removeBackend("wasm")],
  ] as const
) {
  testWith(`wasm computes the same after ${how} and wasm is started again`, {
    needs: ["read"],
    fn: async () => {
      await startBackend("cpu");
      const expected = compute();
      await startBackend("wasm");
      assertEquals(compute(), expected);
      restart();
      await startBackend("wasm");
      assertEquals(compute(), expected);
      restart();
      await startBackend("cpu");
      assertEquals(compute(), expected);
      await startBackend("wasm");
      assertEquals(compute(), expected);
    },
  });
}

testWith("wasm on two threads computes the same after a reset, on two threads and on one", {
  needs: ["read", "run"],
  fn: async () => {
    const program = fileURLToPath(new URL("reset_threads.ts", import.meta.url));
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", "--allow-read", program],
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    assertEquals(decoder.decode(stdout).trim(), "400 400 400", decoder.decode(stderr));
  },
});
