/**
 * Reads, from the folder that is its argument, a gzipped file of 4 GB of zeros behind a header of
 * MNIST's shape that it puts there, and prints what was said and the most memory that was held above
 * what was held before, in megabytes.
 */

import { createGzip } from "node:zlib";
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { readIdxFile } from "../../src/data/mnist.ts";
import { idxBytes } from "./idx_bytes.ts";

const NAME = "train-images-idx3-ubyte";
const MEGABYTE = 2 ** 20;

function* zeros() {
  yield idxBytes([60_000, 28, 28], []);
  for (let i = 0; i < 4096; i++) yield new Uint8Array(MEGABYTE);
}

const [folder] = Deno.args;
await pipeline(zeros(), createGzip({ level: 1 }), createWriteStream(`${folder}/${NAME}.gz`));

const before = Deno.memoryUsage().rss;
let most = before;
const timer = setInterval(() => most = Math.max(most, Deno.memoryUsage().rss), 1);
const message = await readIdxFile(folder, NAME).then(() => "read", (error) => error.message);
most = Math.max(most, Deno.memoryUsage().rss);
clearInterval(timer);
console.log(JSON.stringify({ message, megabytes: (most - before) / MEGABYTE }));
