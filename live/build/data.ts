/**
 * MNIST in compact parts of 10,000 images, so that training can start with the first.
 *
 * @module
 */

import { gzipSync } from "node:zlib";
import type { DataSet, LabeledImages } from "@residual/connection";
import type { Manifest, PartFile } from "../shared/files.ts";
import { type Files, jsonFile } from "./files.ts";

/** Images in a part. */
const PART = 10_000;

/** The parts of a data set and the manifest that lists them. */
export async function dataFiles(data: DataSet): Promise<Files> {
  const { name, checksum, train: { height, width } } = data;
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const train = await partsOf(data.train, { name: "train", files });
  const test = await partsOf(data.test, { name: "test", files });
  const manifest: Manifest = { name, checksum, height, width, train, test };
  return files.set("data/manifest.json", jsonFile(manifest));
}

async function partsOf(
  { images, labels, count, height, width }: LabeledImages,
  { name, files }: {
    readonly name: string;
    readonly files: Map<string, Uint8Array<ArrayBuffer>>;
  },
): Promise<PartFile[]> {
  const parts: PartFile[] = [];
  for (let from = 0; from < count; from += PART) {
    const to = Math.min(count, from + PART);
    const bytes = new Uint8Array((to - from) * (1 + height * width));
    bytes.set(labels.subarray(from, to));
    bytes.set(images.subarray(from * height * width, to * height * width), to - from);
    const packed = Uint8Array.from(gzipSync(bytes));
    const path = `data/${name}-${parts.length}.gz`;
    files.set(path, packed);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    parts.push({ path, size: packed.length, sha256: digest.toHex(), count: to - from });
  }
  return parts;
}
