/** Images in another order. */

import { assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { shuffled } from "../../../experiments/article/shuffled.ts";
import type { LabeledImages } from "../../../mod.ts";
import { runs } from "../../support/generated.ts";

/** Each image has its number in both of its pixels, in two parts, and its label follows from it. */
function numbered(count: number) {
  const images = Uint8Array.from({ length: 2 * count }, (_, i) => {
    const number = Math.floor(i / 2);
    return i % 2 === 0 ? number >> 8 : number & 255;
  });
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 7);
  return { images, labels, count, height: 1, width: 2 };
}

/** The images' numbers; fails if one has the label of another. */
function numbersOf({ images, labels, count }: LabeledImages): number[] {
  return Array.from({ length: count }, (_, i) => {
    const number = 256 * images[2 * i] + images[2 * i + 1];
    assertEquals(labels[i], number % 7);
    return number;
  });
}

Deno.test("every image is there once, with its label, in an order that the seed decides", () => {
  const [counts, seeds] = [
    fc.integer({ min: 1, max: 600 }),
    fc.integer({ min: 1, max: 2 ** 31 - 2 }),
  ];
  fc.assert(
    fc.property(counts, seeds, (count, seed) => {
      const data = numbered(count);
      const moved = numbersOf(shuffled(data, seed));
      assertEquals(moved.toSorted((a, b) => a - b), Array.from({ length: count }, (_, i) => i));
      assertEquals(numbersOf(shuffled(data, seed)), moved);
      assertEquals(numbersOf(data), Array.from({ length: count }, (_, i) => i));
    }),
    { numRuns: runs({ sample: 100, full: 1000 }) },
  );
});

Deno.test("other seeds give other orders", () => {
  const data = numbered(50);
  assertNotEquals(shuffled(data, 100).images, shuffled(data, 101).images);
});

Deno.test("each place has each image about as often", () => {
  const data = numbered(6);
  const counts = Array.from({ length: 6 }, () => new Array<number>(6).fill(0));
  for (let seed = 1; seed <= 6000; seed++) {
    numbersOf(shuffled(data, 354_321 * seed)).forEach((number, at) => counts[at][number]++);
  }
  // Of 6,000 with a probability of 1/6, five standard deviations are 144.
  assertEquals(counts.flat().filter((count) => Math.abs(count - 1000) > 144), []);
});
