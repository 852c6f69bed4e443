/**
 * Images of one size with a label each, and how two IDX files become that. Pure.
 *
 * @module
 */

import { check } from "../validate.ts";
import { type Idx, parseIdx } from "./idx.ts";

/** Gray images of one size with a label each, in file order. */
export interface LabeledImages {
  /** Gray values 0 to 255, [count, height, width] in row-major order. */
  readonly images: Uint8Array;
  /** The class of each image, 0 to 9. */
  readonly labels: Uint8Array;
  /** Number of images, and of labels. */
  readonly count: number;
  /** Height of an image in pixels. */
  readonly height: number;
  /** Width of an image in pixels. */
  readonly width: number;
}

/** The bytes of a file, unpacked, and what errors call it. */
export interface NamedBytes {
  /** The file's path or name. */
  readonly name: string;
  /** All its bytes. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const CLASSES = 10;

/**
 * Joins an IDX file of images, [count, height, width], with one of labels, [count].
 *
 * @param imageFile The images
 * @param labelFile Their labels, 0 to 9
 * @returns Views of both files' values, not copies
 * @throws {RangeError} If a file is not IDX or not of that form, or if the counts differ
 */
export function labeledImages(imageFile: NamedBytes, labelFile: NamedBytes): LabeledImages {
  const images = parseForm(imageFile, { what: "images", axes: ["count", "height", "width"] });
  const labels = parseForm(labelFile, { what: "labels", axes: ["count"] });
  const [count, height, width] = images.shape;
  if (labels.shape[0] !== count) {
    throw new RangeError(
      `Cannot label the images of ${imageFile.name} with ${labelFile.name}: their counts must be ` +
        `equal, got ${count} and ${labels.shape[0]}`,
    );
  }
  checkLabels(labels.data, labelFile.name);
  return { images: images.data, labels: labels.data, count, height, width };
}

function parseForm(
  { bytes, name }: NamedBytes,
  { what, axes }: { readonly what: string; readonly axes: readonly string[] },
): Idx & { readonly data: Uint8Array } {
  const { shape, data } = parseIdx(bytes, { name });
  const action = `read ${what} from ${name}`;
  if (shape.length !== axes.length) {
    throw new RangeError(`Cannot ${action}: the shape must be [${axes}], got [${shape}]`);
  }
  const words = `a ${data.constructor.name}`;
  const must = "be unsigned bytes (type 08)";
  check(data instanceof Uint8Array, { action, name: "the values", must, words, error: RangeError });
  return { shape, data };
}

function checkLabels(labels: Uint8Array, name: string): void {
  const index = labels.findIndex((label) => label >= CLASSES);
  if (index >= 0) {
    throw new RangeError(
      `Cannot read labels from ${name}: each must be 0 to ${CLASSES - 1}, ` +
        `got ${labels[index]} at index ${index}`,
    );
  }
}
