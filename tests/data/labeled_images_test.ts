import { assertEquals, assertThrows } from "@std/assert";
import { labeledImages } from "../../src/data/labeled_images.ts";
import { idxBytes } from "./idx_bytes.ts";

const images = { name: "images", bytes: idxBytes([2, 1, 3], [1, 2, 3, 4, 5, 6]) };
const labels = { name: "labels", bytes: idxBytes([2], [0, 9]) };

Deno.test("labeledImages joins images with their labels", () => {
  assertEquals(labeledImages(images, labels), {
    images: new Uint8Array([1, 2, 3, 4, 5, 6]),
    labels: new Uint8Array([0, 9]),
    count: 2,
    height: 1,
    width: 3,
  });
});

Deno.test("labeledImages refuses images that do not have 3 dimensions", () => {
  const flat = { name: "flat", bytes: idxBytes([2, 3], [1, 2, 3, 4, 5, 6]) };
  assertThrows(
    () => labeledImages(flat, labels),
    RangeError,
    "Cannot read images from flat: the shape must be [count,height,width], got [2,3]",
  );
});

Deno.test("labeledImages refuses labels that do not have 1 dimension", () => {
  assertThrows(
    () => labeledImages(images, images),
    RangeError,
    "Cannot read labels from images: the shape must be [count], got [2,1,3]",
  );
});

Deno.test("labeledImages refuses values that are not unsigned bytes", () => {
  const shades = Float32Array.of(0, 0.2, 0.4, 0.6, 0.8, 1);
  const floats = { name: "floats", bytes: idxBytes([2, 1, 3], shades) };
  assertThrows(
    () => labeledImages(floats, labels),
    RangeError,
    "Cannot read images from floats: the values must be unsigned bytes (type 08), " +
      "got a Float32Array",
  );
});

Deno.test("labeledImages refuses more or fewer labels than images", () => {
  const three = { name: "three", bytes: idxBytes([3], [0, 1, 2]) };
  assertThrows(
    () => labeledImages(images, three),
    RangeError,
    "Cannot label the images of images with three: their counts must be equal, got 2 and 3",
  );
});

Deno.test("labeledImages refuses a label that is no digit, naming its place", () => {
  const ten = { name: "ten", bytes: idxBytes([2], [3, 10]) };
  assertThrows(
    () => labeledImages(images, ten),
    RangeError,
    "Cannot read labels from ten: each must be 0 to 9, got 10 at index 1",
  );
});

Deno.test("labeledImages refuses a file that is not IDX, naming it", () => {
  assertThrows(
    () => labeledImages({ name: "page.html", bytes: new Uint8Array(16).fill(60) }, labels),
    RangeError,
    "Cannot parse page.html: an IDX file must start with the bytes 00 00, got 3c 3c",
  );
});
