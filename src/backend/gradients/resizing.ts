/**
 * Gradients of resized images. Resizing is linear in the images: its gradient is the transposed map, and the
 * gradient of that is resizing.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { gradientOf, type GradientOverride, runKernel, zeros } from "./override.ts";
import { addAt, placesOf } from "./selections.ts";

/** The gradients. */
export const resizing: readonly GradientOverride[] = [
  // TensorFlow.js's cpu backend gives that of images that are not square another shape; WebGPU's is 0 for
  // one row or column with aligned corners; none knows half-pixel centers.
  {
    kernelName: "ResizeBilinear",
    make: (stock) => (dy, saved, attrs) => {
      const [images] = saved as [tf.Tensor4D];
      const { halfPixelCenters, alignCorners } = attrs as unknown as tf.ResizeBilinearAttrs;
      const [, height, width] = images.shape;
      if (halfPixelCenters || height === 1 || width === 1) {
        const centers = halfPixelCenters ? "half-pixel" : alignCorners ? "aligned" : "corners";
        return { images: () => transposedResize(dy as tf.Tensor4D, images, centers) };
      }
      const { images: gradient } = stock(dy, saved, attrs);
      return { images: () => gradient().reshape(images.shape) };
    },
  },
  // TensorFlow.js's does not know half-pixel centers, and wasm's is 0 for one pixel with aligned corners.
  {
    kernelName: "ResizeNearestNeighbor",
    make: (stock) => (dy, saved, attrs) => {
      const [images] = saved as [tf.Tensor4D];
      const { alignCorners, halfPixelCenters } = attrs as unknown as tf.ResizeNearestNeighborAttrs;
      if (!alignCorners && !halfPixelCenters) return stock(dy, saved, attrs);
      return {
        images: () => {
          const places = runKernel("ResizeNearestNeighbor", { images: placesOf(images) }, attrs);
          return addAt(places, dy as tf.Tensor, images.shape);
        },
      };
    },
  },
  ofGradient("ResizeBilinear"),
  ofGradient("ResizeNearestNeighbor"),
];

/** The gradient of the kernel that computes a gradient of resizing. */
function ofGradient(kernelName: string): GradientOverride {
  return gradientOf(`${kernelName}Grad`, ["images", "dy"], (up, [images, dy], attrs) => ({
    images: zeros(images),
    dy: () => {
      const size = dy.shape.slice(1, 3);
      const more = { ...attrs, halfPixelCenters: false, size };
      // In TensorFlow.js's cpu backend the gradient of images that are not square has another shape.
      return runKernel(kernelName, { images: tf.reshape(up as tf.Tensor, images.shape) }, more);
    },
  }));
}

/** Where the positions of a resized axis are: centers of pixels, or corners, of which the last may match. */
type Centers = "half-pixel" | "aligned" | "corners";

function transposedResize(dy: tf.Tensor4D, images: tf.Tensor4D, centers: Centers): tf.Tensor {
  const [, height, width] = images.shape;
  const [, outHeight, outWidth] = dy.shape;
  const byColumn = tf.transpose(dy, [0, 1, 3, 2]); // [batch, outHeight, channels, outWidth]
  const columns = tf.matMul(byColumn, bilinearWeights(width, outWidth, centers));
  const byRow = tf.transpose(columns, [0, 3, 2, 1]); // [batch, width, channels, outHeight]
  const rows = tf.matMul(byRow, bilinearWeights(height, outHeight, centers));
  return tf.transpose(rows, [0, 3, 1, 2]); // [batch, height, width, channels]
}

/** What each position of an axis counts for in each resized one: [out, size]. */
function bilinearWeights(size: number, out: number, centers: Centers): tf.Tensor2D {
  const weights = new Float32Array(out * size);
  const isAligned = centers === "aligned" && out > 1;
  const scale = isAligned ? (size - 1) / (out - 1) : size / out;
  for (let o = 0; o < out; o++) {
    const source = centers === "half-pixel" ? (o + 0.5) * scale - 0.5 : o * scale;
    const low = Math.max(0, Math.floor(source));
    const high = Math.min(size - 1, Math.ceil(source));
    weights[o * size + low] += 1 - (source - low);
    weights[o * size + high] += source - low;
  }
  return tf.tensor2d(weights, [out, size]);
}
