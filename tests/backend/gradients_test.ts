import { assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { startBackend } from "../../src/backend/start.ts";
import {
  assertGradients,
  available,
  convCases,
  describe,
  finiteDifferences,
  gradientsOn,
  poolCases,
} from "./oracle.ts";

for (const backend of ["cpu", "wasm", "webgpu"] as const) {
  const { ignore, why } = await available(backend);

  for (const c of [...convCases, ...poolCases]) {
    Deno.test({
      name: `${backend} gives the finite differences: ${describe(c)}${why}`,
      ignore,
      fn: async () => assertGradients(await gradientsOn(backend, c), finiteDifferences(c), 1e-5),
    });

    if (backend === "cpu") continue;
    Deno.test({
      name: `${backend} gives the cpu backend's gradients: ${describe(c)}${why}`,
      ignore,
      fn: async () =>
        assertGradients(await gradientsOn(backend, c), await gradientsOn("cpu", c), 1e-5),
    });
  }

  Deno.test({
    name: `${backend} refuses to differentiate a dilated convolution${why}`,
    ignore,
    fn: async () => {
      await startBackend(backend);
      const y = (x: tf.Tensor) =>
        tf.conv2d(x as tf.Tensor4D, tf.ones([3, 3, 1, 1]), 1, "same", "NHWC", 2);
      assertThrows(() => tf.tidy(() => tf.grad(y)(tf.ones([1, 5, 5, 1]))), Error, "dilation");
    },
  });
}
