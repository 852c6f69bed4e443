/**
 * A data set that training can begin on while its later parts are still on their way.
 *
 * @module
 */

import type { DataSet, LabeledImages } from "@residual/connection";
import type { Manifest, PartFile } from "../shared/files.ts";

/** A data set of full size from the start, and what to wait for before it is read. */
export interface ProgressiveDataset {
  /** Blank where images have not arrived. */
  readonly data: DataSet;
  /** Resolves once the first so many training images are there. */
  arrived(images: number): Promise<void>;
  /** Resolves once all of the test set is there. */
  tested(): Promise<void>;
}

/** Loads the parts one after another, the training set's first; waiting throws what loading throws. */
export function progressiveDataset(
  { name, checksum, height, width, train, test }: Manifest,
  load: (part: PartFile) => Promise<Uint8Array>,
): ProgressiveDataset {
  const size = { height, width };
  const data = { name, checksum, train: blank(train, size), test: blank(test, size) };
  let last: Promise<void> = Promise.resolve();
  const inOrder = (set: LabeledImages, parts: readonly PartFile[]): Loaded[] => {
    let first = 0;
    return parts.map((part) => {
      const from = first;
      first += part.count;
      last = last.then(async () => put(await load(part), { set, from, count: part.count }));
      last.catch(() => {}); // Heard by whoever waits for it.
      return { until: first, loaded: last };
    });
  };
  const trained = inOrder(data.train, train);
  const tested = inOrder(data.test, test);
  return {
    data,
    arrived: (images) => trained.find(({ until }) => until >= images)?.loaded ?? last,
    tested: () => tested.at(-1)?.loaded ?? last,
  };
}

interface Loaded {
  /** Images up to the end of the part. */
  readonly until: number;
  readonly loaded: Promise<void>;
}

function blank(
  parts: readonly PartFile[],
  { height, width }: { readonly height: number; readonly width: number },
): LabeledImages {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const images = new Uint8Array(count * height * width);
  return { images, labels: new Uint8Array(count), count, height, width };
}

function put(
  bytes: Uint8Array,
  { set, from, count }: {
    readonly set: LabeledImages;
    readonly from: number;
    readonly count: number;
  },
): void {
  set.labels.set(bytes.subarray(0, count), from);
  set.images.set(bytes.subarray(count), from * set.height * set.width);
}
