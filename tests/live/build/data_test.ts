import { assertEquals } from "@std/assert";
import { gunzipSync } from "node:zlib";
import type { LabeledImages } from "../../../src/data/labeled_images.ts";
import { dataFiles } from "../../../live/build/data.ts";
import type { Manifest } from "../../../live/shared/files.ts";

/** Images of one pixel, each its own number. */
function numbered(count: number): LabeledImages {
  const images = Uint8Array.from({ length: count }, (_, i) => i % 251);
  return { images, labels: images.map((value) => value % 10), count, height: 1, width: 1 };
}

const DATA = { name: "MNIST", checksum: "abc", train: numbered(25_000), test: numbered(10_000) };

Deno.test("parts of 10,000 images, end to end, are the data in file order", async () => {
  const files = await dataFiles(DATA);
  const manifest: Manifest = JSON.parse(new TextDecoder().decode(files.get("data/manifest.json")));
  assertEquals(manifest.train.map(({ count }) => count), [10_000, 10_000, 5_000]);
  const [labels, images]: number[][] = [[], []];
  for (const { path, count } of manifest.train) {
    const bytes = gunzipSync(files.get(path)!);
    labels.push(...bytes.subarray(0, count));
    images.push(...bytes.subarray(count));
  }
  assertEquals(Uint8Array.from(labels), DATA.train.labels);
  assertEquals(Uint8Array.from(images), DATA.train.images);
});

Deno.test("the manifest has each part's size and checksum, and the origin of the data", async () => {
  const files = await dataFiles(DATA);
  const { train: [part], test: _, ...origin }: Manifest = JSON.parse(
    new TextDecoder().decode(files.get("data/manifest.json")),
  );
  const packed = files.get(part.path)!;
  const digest = await crypto.subtle.digest("SHA-256", Uint8Array.from(gunzipSync(packed)));
  assertEquals([part.size, part.sha256], [packed.length, new Uint8Array(digest).toHex()]);
  assertEquals(origin, { name: "MNIST", checksum: "abc", height: 1, width: 1 });
});
