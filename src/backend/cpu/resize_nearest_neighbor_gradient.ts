/**
 * The gradient of resizing images by their nearest pixels, on cpu.
 *
 * @module
 */

import {
  ResizeNearestNeighborGrad,
  type ResizeNearestNeighborGradAttrs,
  type TensorInfo,
} from "@tensorflow/tfjs";
import type { KernelOverride } from "../overrides.ts";
import type { CpuBackend } from "./backend.ts";

/** Each pixel's gradient is the sum of those of the pixels that are copies of it. */
export const resizeNearestNeighborGradient: KernelOverride = {
  kernel: ResizeNearestNeighborGrad,
  covers: "all",
  why: "TensorFlow.js's is wrong from the second image of a batch on, and with half-pixel centers",
  run: ({ inputs, attrs, backend }) => {
    const { images, dy } = inputs as unknown as { images: TensorInfo; dy: TensorInfo };
    const options = attrs as unknown as ResizeNearestNeighborGradAttrs;
    const [batch, height, width, channels] = images.shape;
    const [, outHeight, outWidth] = dy.shape;
    const cpu = backend as CpuBackend;
    const gradients = cpu.readSync(dy.dataId);
    const result = new Float32Array(batch * height * width * channels);
    const rows = sourcesOf(height, outHeight, options);
    const columns = sourcesOf(width, outWidth, options);
    let from = 0;
    for (let b = 0; b < batch; b++) {
      for (const row of rows) {
        for (const column of columns) {
          const to = ((b * height + row) * width + column) * channels;
          for (let c = 0; c < channels; c++) result[to + c] += gradients[from++];
        }
      }
    }
    return cpu.makeTensorInfo(images.shape, "float32", result);
  },
};

/** The pixel that each pixel of the result is a copy of, as the kernel that resizes has it. */
function sourcesOf(
  size: number,
  out: number,
  { alignCorners, halfPixelCenters }: ResizeNearestNeighborGradAttrs,
): number[] {
  const scale = alignCorners && out > 1 ? (size - 1) / (out - 1) : size / out;
  const whole = alignCorners ? Math.round : Math.floor;
  const shift = halfPixelCenters ? 0.5 : 0;
  return Array.from({ length: out }, (_, i) => Math.min(size - 1, whole((i + shift) * scale)));
}
