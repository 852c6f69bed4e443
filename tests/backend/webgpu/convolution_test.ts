import { assert } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { startBackend } from "../../../src/backend/start.ts";
import { available, convCases, convolutionSum, describe, numbers } from "../oracle.ts";

const { ignore, why } = await available("webgpu");

for (const c of convCases) {
  Deno.test({
    name: `webgpu's forward convolution, which carries the gradients back, is right: ${
      describe(c)
    }${why}`,
    ignore,
    fn: async () => {
      await startBackend("webgpu");
      const before = tf.memory().numTensors;
      const { sum, x, filter } = convolutionSum(c);
      const y = tf.tidy(() =>
        tf.conv2d(
          tf.tensor4d(Float32Array.from(x), c.x),
          tf.tensor4d(Float32Array.from(filter), c.filter),
          c.strides,
          c.pad,
          "NHWC",
          1,
          typeof c.pad === "string" ? undefined : "floor",
        )
      );
      const values = [...await y.data()];
      const dy = numbers(values.length, "spread");
      const actual = values.reduce((sum, value, i) => sum + value * dy[i], 0);
      const scale = values.reduce((sum, value) => sum + Math.abs(value), 0);
      assert(Math.abs(actual - sum) <= 1e-6 * scale, `got ${actual}, needed ${sum}`);
      y.dispose();
      assert(tf.memory().numTensors === before, "tensors leak");
    },
  });
}
