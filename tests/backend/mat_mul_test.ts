/** Products of matrices against plain loops, in the shapes and in the order that backends get wrong. */

import { assert } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { runs } from "../support/generated.ts";
import { testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

const size = fc.integer({ min: 1, max: 4 });

/** Several products with the same numbers in the second matrix, each time in another shape. */
const products = fc.record({
  sizes: fc.constantFrom(6, 8, 12),
  inner: fc.array(fc.constantFrom(1, 2, 3, 4), { minLength: 2, maxLength: 4 }),
  rows: size,
  transposed: fc.tuple(fc.boolean(), fc.boolean()),
  fused: fc.boolean(),
});

testOn(
  ["cpu", "wasm", webgpu],
  "numbers that are multiplied by in one shape can be multiplied by in another",
  async () => {
    const check = fc.asyncProperty(products, async ({ sizes, inner, rows, transposed, fused }) => {
      const values = Array.from({ length: sizes }, (_, i) => i + 1);
      const b = tf.tensor1d(values);
      for (const length of inner.filter((length) => sizes % length === 0)) {
        const columns = sizes / length;
        const a = Array.from({ length: rows * length }, (_, i) => (i % 5) - 2);
        const found = tf.tidy(() => {
          const [transposeA, transposeB] = transposed;
          const left = tf.tensor2d(a, transposeA ? [length, rows] : [rows, length]);
          const right = b.reshape(transposeB ? [columns, length] : [length, columns]);
          return fused
            ? tf.fused.matMul({ a: left, b: right as tf.Tensor2D, transposeA, transposeB })
            : tf.matMul(left, right, transposeA, transposeB);
        });
        const product = await found.data();
        found.dispose();
        for (let row = 0; row < rows; row++) {
          for (let column = 0; column < columns; column++) {
            let sum = 0;
            for (let k = 0; k < length; k++) {
              const left = transposed[0] ? a[k * rows + row] : a[row * length + k];
              const right = transposed[1]
                ? values[column * length + k]
                : values[k * columns + column];
              sum += left * right;
            }
            assert(
              product[row * columns + column] === sum,
              `${product} at ${row}, ${column}: ${sum}`,
            );
          }
        }
      }
      b.dispose();
    });
    await fc.assert(check, { numRuns: runs({ sample: 20, full: 2000 }) });
  },
);

const batches = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.boolean(), fc.boolean()), {
  minLength: 1,
  maxLength: 3,
});

testOn(
  ["cpu", "wasm", webgpu],
  "the batches of a product are broadcast along any axis",
  async () => {
    const check = fc.asyncProperty(batches, async (axes) => {
      const batch = axes.map(([size, ofA, ofB]) => ofA || ofB ? size : 1);
      const [shapeA, shapeB] = [
        axes.map(([size, of]) => of ? size : 1),
        axes.map(([size, , of]) => of ? size : 1),
      ];
      const filled = (shape: number[], from: number) =>
        tf.range(from, from + shape.reduce((a, b) => a * b, 1)).reshape([...shape, 1, 1]);
      const found = tf.tidy(() => tf.matMul(filled(shapeA, 1), filled(shapeB, 7)));
      const product = await found.data(); // [...batch, 1, 1]
      found.dispose();
      const place = (at: readonly number[], shape: readonly number[]) =>
        shape.reduce((sum, size, i) => sum * size + (size === 1 ? 0 : at[i]), 0);
      product.forEach((value, i) => {
        let left = i;
        const at = batch.toReversed().map((size) => {
          const own = left % size;
          left = Math.floor(left / size);
          return own;
        }).toReversed();
        const expected = (1 + place(at, shapeA)) * (7 + place(at, shapeB));
        assert(value === expected, `${value} at ${at}, expected ${expected}`);
      });
    });
    await fc.assert(check, { numRuns: runs({ sample: 20, full: 2000 }) });
  },
);
