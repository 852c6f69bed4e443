/**
 * The checks of what batches are made of.
 *
 * @module
 */

import type { BatchesOptions } from "./batches.ts";
import { checkByteLength, checkBytes } from "../checks/bytes.ts";
import { described } from "../checks/described.ts";
import type { LabelledImages } from "./labelled_images.ts";
import { checkObject } from "../checks/object.ts";
import { checkPositiveInteger } from "../checks/positive_integer.ts";

const action = "make batches";

/**
 * Returns if all arguments are objects.
 *
 * @param args The arguments by name
 * @throws {TypeError} If one is not
 */
export function checkObjects(args: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(args)) checkObject(value, { action, name });
}

/**
 * Returns if there are as many bytes and labels as the count and the size of the images say.
 *
 * @param data The images and their labels
 * @throws {TypeError} If images or labels are no bytes
 * @throws {RangeError} If a number is not a positive integer, or another one
 */
export function checkData({ images, labels, count, height, width }: LabelledImages): void {
  checkPositiveIntegers({ count, height, width });
  for (const [name, value] of Object.entries({ images, labels })) {
    checkBytes(value, { action, name });
  }
  if (images.length !== count * height * width || labels.length !== count) {
    throw new RangeError(
      `Cannot make batches: ${count} images of ${height}×${width} need ` +
        `${count * height * width} bytes and ${count} labels, ` +
        `got ${images.length} and ${labels.length}`,
    );
  }
}

/** Number of images, and options that are given or default. */
interface Numbers extends Required<BatchesOptions> {
  readonly count: number;
}

/**
 * Returns if the options are whole numbers, and a batch fits into memory.
 *
 * @param numbers The options, and the number of images
 * @throws {RangeError} If one is not, or it does not
 */
export function checkNumbers({ first, ...positive }: Numbers): void {
  checkPositiveIntegers(positive);
  if (!Number.isSafeInteger(first) || first < 0) {
    throw new RangeError(
      `Cannot make batches: first must be 0 or a positive integer, got ${described(first)}`,
    );
  }
  const { count, size, side, channels } = positive;
  const bytes = 4 * Math.min(size, count) * side * side * channels; // 4: float32
  checkByteLength(bytes, { action, name: "the images of a batch" });
}

function checkPositiveIntegers(numbers: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(numbers)) {
    checkPositiveInteger(value, { action, name });
  }
}
