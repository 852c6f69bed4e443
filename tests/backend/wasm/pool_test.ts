/** Pooling of many channels, which wasm takes sixteen at once and the rest by four and one by one. */

import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { testOn } from "../../support/on_backend.ts";
import { numbers } from "../oracle.ts";

const [BATCH, SIDE, WINDOW] = [2, 6, 3];
const OUT = SIDE / WINDOW;

/** The places of a window's numbers of one channel, in row-major order. */
function placesOf(window: number, { channel, channels }: { channel: number; channels: number }) {
  const [image, row, column] = [
    Math.floor(window / OUT / OUT),
    Math.floor(window / OUT) % OUT,
    window % OUT,
  ];
  return Array.from({ length: WINDOW * WINDOW }, (_, i) => {
    const [y, x] = [row * WINDOW + Math.floor(i / WINDOW), column * WINDOW + i % WINDOW];
    return ((image * SIDE + y) * SIDE + x) * channels + channel;
  });
}

/** Pools and takes the gradient on the backend, with these numbers. */
function pooled(values: Float32Array, { dy, channels }: { dy: Float32Array; channels: number }) {
  return tf.tidy(() => {
    const x = tf.tensor4d(values, [BATCH, SIDE, SIDE, channels]);
    const up = tf.tensor4d(dy, [BATCH, OUT, OUT, channels]);
    const pool = (x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, WINDOW, WINDOW, "valid");
    return {
      largest: pool(x).dataSync(),
      mean: tf.avgPool(x, WINDOW, WINDOW, "valid").dataSync(),
      gradient: tf.grad(pool)(x, up).dataSync(),
    };
  });
}

for (const channels of [4, 16, 20, 37, 64]) {
  for (const kind of ["spread", "ties", "negative ties", "constant"] as const) {
    testOn("wasm", `pooling of ${channels} channels, ${kind}, is that of plain loops`, () => {
      const values = numbers(BATCH * SIDE * SIDE * channels, kind);
      values[5 * channels] = Infinity; // largest of the second window
      const count = BATCH * OUT * OUT;
      const dy = numbers(count * channels, "spread");
      dy[1] = -0;
      const { largest, mean, gradient } = pooled(values, { dy, channels });
      const expected = new Float32Array(values.length);
      for (let window = 0; window < count; window++) {
        for (let channel = 0; channel < channels; channel++) {
          const places = placesOf(window, { channel, channels });
          const own = places.map((place) => values[place]);
          const at = window * channels + channel;
          assertEquals(largest[at], Math.max(...own));
          const sum = own.reduce((sum, value) => Math.fround(sum + value), 0);
          assertEquals(mean[at], Math.fround(sum / own.length));
          expected[places[own.indexOf(Math.max(...own))]] = dy[at] + 0;
        }
      }
      assertEquals(gradient, expected);
    });
  }
}

testOn("wasm", "a NaN is its window's maximum, and changes no other window's gradient", () => {
  const channels = 32;
  const values = numbers(BATCH * SIDE * SIDE * channels, "spread");
  const count = BATCH * OUT * OUT;
  const dy = numbers(count * channels, "spread");
  const without = pooled(values, { dy, channels });
  const [window, channel] = [3, 18];
  const places = placesOf(window, { channel, channels });
  values[places[4]] = NaN;
  const { largest, gradient } = pooled(values, { dy, channels });
  const at = window * channels + channel;
  assertEquals(largest, without.largest.map((value, i) => i === at ? NaN : value));
  const others = (_: number, i: number) => !places.includes(i);
  assertEquals(gradient.filter(others), without.gradient.filter(others));
  assertEquals(places.map((place) => gradient[place]).filter((value) => value !== 0), [dy[at]]);
});
