/** Made-up data of MNIST's form, small enough to train on in a test. */

import { labeledImages } from "../../src/data/labeled_images.ts";
import type { DataSet } from "../../src/data/mnist.ts";
import { idxBytes } from "../data/idx_bytes.ts";
import { random32 } from "../data/random.ts";

/** The four IDX files: 72 training and 32 test images of 28×28 random pixels, random labels. */
export function smallFiles(): Record<string, Uint8Array<ArrayBuffer>> {
  const next = random32(1);
  const pixels = (count: number) => Uint8Array.from({ length: count * 28 * 28 }, () => next());
  const labels = (count: number) => Uint8Array.from({ length: count }, () => next() % 10);
  return {
    "train-images-idx3-ubyte": idxBytes([72, 28, 28], pixels(72)),
    "train-labels-idx1-ubyte": idxBytes([72], labels(72)),
    "t10k-images-idx3-ubyte": idxBytes([32, 28, 28], pixels(32)),
    "t10k-labels-idx1-ubyte": idxBytes([32], labels(32)),
  };
}

/** The same data, without files. */
export function smallData(): DataSet {
  const files = Object.entries(smallFiles()).map(([name, bytes]) => ({ name, bytes }));
  return {
    name: "made up",
    checksum: "0",
    train: labeledImages(files[0], files[1]),
    test: labeledImages(files[2], files[3]),
  };
}
