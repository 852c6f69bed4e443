/** Sums and means over axes that are followed by others, and other axes, against plain loops. */

import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { testOn } from "../../support/on_backend.ts";
import { numbers } from "../oracle.ts";

const CASES: readonly [shape: number[], axes: number[]][] = [
  [[3, 4], [0]],
  [[2, 3, 5, 7], [1, 2]],
  [[2, 3, 5, 7], [2, 1]], // in another order
  [[2, 3, 5, 7], [1]],
  [[2, 3, 5, 7], [-2]],
  [[2, 3, 5, 7], [0, 2]], // with one between them
  [[2, 3, 5, 7], [2, 3]], // the last one too
  [[3, 17, 31, 37], [1, 2]], // more than one run of rows
  [[3, 700, 1], [1]],
  [[1, 9000, 21], [0, 1]],
  [[0, 3], [0]],
  [[4, 0, 3], [1]],
];

/** Sums in double precision, and how many numbers each is of. */
function sums(values: ArrayLike<number>, { shape, axes }: { shape: number[]; axes: number[] }) {
  const summed = axes.map((axis) => axis < 0 ? axis + shape.length : axis);
  const kept = shape.map((size, axis) => summed.includes(axis) ? 1 : size);
  const result = new Array<number>(tf.util.sizeFromShape(kept)).fill(0);
  for (let i = 0; i < values.length; i++) {
    let [rest, at, stride] = [i, 0, 1];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += rest % shape[axis] % kept[axis] * stride;
      rest = Math.floor(rest / shape[axis]);
      stride *= kept[axis];
    }
    result[at] += values[i];
  }
  return { kept, result, count: tf.util.sizeFromShape(summed.map((axis) => shape[axis])) };
}

for (const [shape, axes] of CASES) {
  testOn("wasm", `the sum and the mean of ${shape.join("×")} over axes ${axes}`, () => {
    const values = numbers(tf.util.sizeFromShape(shape), "spread");
    const { kept, result, count } = sums(values, { shape, axes });
    const x = tf.tensor(values, shape);
    for (const keepDims of [true, false]) {
      const total = tf.sum(x, axes, keepDims);
      assertEquals(total.rank, keepDims ? kept.length : kept.length - axes.length);
      if (keepDims) assertEquals(total.shape, kept);
      const found = [...total.dataSync()];
      assertEquals(found.length, result.length);
      found.forEach((value, i) => assert(Math.abs(value - result[i]) <= 1e-6 * (1 + count / 100)));
      total.dispose();
      if (count === 0) continue; // there is no mean
      const mean = tf.mean(x, axes, keepDims);
      const average = [...mean.dataSync()];
      assertEquals(average.length, result.length);
      average.forEach((value, i) => assert(Math.abs(value - result[i] / count) <= 1e-6));
      mean.dispose();
    }
    x.dispose();
  });
}

testOn("wasm", "a NaN is in its own sum and mean, and in no other", () => {
  const x = tf.tensor3d([1, NaN, 3, 4, 5, 6, 7, 8], [2, 2, 2]);
  const [total, mean] = [tf.sum(x, 1), tf.mean(x, 1)];
  assertEquals([...total.dataSync()], [4, NaN, 12, 14]);
  assertEquals([...mean.dataSync()], [2, NaN, 6, 7]);
  tf.dispose([x, total, mean]);
});
