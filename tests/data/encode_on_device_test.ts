import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { batches } from "../../src/data/batches.ts";
import { imageEncoder } from "../../src/data/encode.ts";
import { testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

const sizes: readonly [height: number, width: number, side: number, channels: number][] = [
  [28, 28, 32, 3],
  [28, 28, 28, 1],
  [3, 5, 7, 2],
  [1, 1, 4, 1],
  [31, 17, 100, 3],
  [40, 30, 20, 1], // which shrinks, on the host
];

for (const [height, width, side, channels] of sizes) {
  testOn(
    webgpu,
    `images of ${height}×${width} are scaled to ${side}×${side}×${channels} as on the host, ` +
      "bit for bit",
    async () => {
      const count = 7;
      const images = crypto.getRandomValues(new Uint8Array(count * height * width));
      const data = { images, labels: new Uint8Array(count), count, height, width };
      const encode = imageEncoder({ from: [height, width], side, channels });
      let start = 0;
      for (const { xs, ys } of batches(data, { size: 3, side, channels })) {
        const end = start + xs.shape[0] * height * width;
        const values = await xs.data();
        assertEquals([...values], [...encode(images.subarray(start, end))]);
        start = end;
        tf.dispose([xs, ys]);
      }
    },
  );
}
