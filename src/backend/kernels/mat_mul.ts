/**
 * Products of matrices whose batches are broadcast, on every backend.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { KernelOverride } from "../overrides.ts";

/** `a · b` for each pair of matrices, with the smaller batch repeated first where that is needed. */
export const broadcastMatMul: readonly KernelOverride[] = ["BatchMatMul", "_FusedMatMul"]
  .map((kernel) => ({
    kernel,
    covers: "batches that are broadcast along an axis that is not the first",
    why: "TensorFlow.js's multiplies the wrong pairs",
    run: ({ inputs, attrs }) => {
      const { a, b } = inputs as { a: tf.Tensor; b: tf.Tensor };
      const batches = [a, b].map(({ shape }) => shape.slice(0, -2));
      const batch = tf.backend_util.assertAndGetBroadcastShape(batches[0], batches[1]);
      if (batches.every((own) => repeats(own, batch))) return undefined;
      return tf.tidy(() => {
        const [wholeA, wholeB] = [a, b].map((x) =>
          tf.broadcastTo(x, [...batch, ...x.shape.slice(-2)])
        );
        const whole = { ...inputs, a: wholeA, b: wholeB } as unknown as tf.NamedTensorMap;
        return tf.engine().runKernel(kernel, whole, attrs as tf.NamedAttrMap) as tf.Tensor;
      });
    },
  }));

/** Whether the whole batch is this one again and again, from its first matrix to its last. */
function repeats(own: readonly number[], batch: readonly number[]): boolean {
  const first = own.findIndex((size) => size !== 1);
  const left = first < 0 ? [] : own.slice(first);
  return `${left}` === `${batch.slice(batch.length - left.length)}`;
}
