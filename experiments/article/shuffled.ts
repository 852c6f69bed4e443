/**
 * Images in another order.
 *
 * @module
 */

import type { LabeledImages } from "@residual/connection";
import { randomNumbers } from "../statistics/random.ts";

/**
 * The same images with their labels in an order that the seed decides, by Fisher and Yates' shuffle.
 *
 * @param seed From 1 to 2³¹ − 2
 */
export function shuffled(
  { images, labels, count, height, width }: LabeledImages,
  seed: number,
): LabeledImages {
  const next = randomNumbers(seed);
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const other = next() % (i + 1);
    [order[i], order[other]] = [order[other], order[i]];
  }
  const size = height * width;
  const moved = new Uint8Array(images.length);
  order.forEach((from, to) =>
    moved.set(images.subarray(from * size, (from + 1) * size), to * size)
  );
  return {
    images: moved,
    labels: Uint8Array.from(order, (from) => labels[from]),
    count,
    height,
    width,
  };
}
