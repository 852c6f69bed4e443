/** Damaged data through the command line. */

import { assertEquals, assertMatch } from "@std/assert";
import { gzip } from "../data/gzip.ts";
import { checkout } from "./checkout.ts";
import { contentsOf } from "./contents.ts";
import { runTask, testTask } from "./task.ts";

const IMAGES = "train-images-idx3-ubyte";
const LABELS = "train-labels-idx1-ubyte";

/** What happens to the folder of data, and what figures then says of which file. */
const faults: readonly [string, (folder: string) => Promise<void>, RegExp][] = [
  [
    "is missing",
    (folder) => Deno.remove(`${folder}/${LABELS}`),
    /^Cannot find train-labels-idx1-ubyte in .*\/data: the folder must hold it/,
  ],
  [
    "is cut short",
    (folder) => Deno.truncate(`${folder}/${IMAGES}`, 5000),
    /train-images-idx3-ubyte.*5000/,
  ],
  [
    "has a byte too many",
    (folder) => Deno.writeFile(`${folder}/${IMAGES}`, Uint8Array.of(0), { append: true }),
    /train-images-idx3-ubyte/,
  ],
  ["is swapped with another", async (folder) => {
    await Deno.rename(`${folder}/${IMAGES}`, `${folder}/swapped`);
    await Deno.rename(`${folder}/${LABELS}`, `${folder}/${IMAGES}`);
    await Deno.rename(`${folder}/swapped`, `${folder}/${LABELS}`);
  }, /train-images-idx3-ubyte/],
  ["is gzipped and cut", async (folder) => {
    const packed = await gzip(await Deno.readFile(`${folder}/${IMAGES}`));
    await Deno.writeFile(`${folder}/${IMAGES}.gz`, packed.slice(0, -100));
    await Deno.remove(`${folder}/${IMAGES}`);
  }, /^Cannot unpack .*train-images-idx3-ubyte\.gz: it must be one whole gzip stream/],
  ["is gzipped and has a bit flipped", async (folder) => {
    const packed = await gzip(await Deno.readFile(`${folder}/${IMAGES}`));
    packed[packed.length >> 1] ^= 1;
    await Deno.writeFile(`${folder}/${IMAGES}.gz`, packed);
    await Deno.remove(`${folder}/${IMAGES}`);
  }, /^Cannot unpack .*train-images-idx3-ubyte\.gz: it must be one whole gzip stream/],
  ["has a bit flipped in its head", async (folder) => {
    const bytes = await Deno.readFile(`${folder}/${IMAGES}`);
    bytes[7] ^= 1;
    await Deno.writeFile(`${folder}/${IMAGES}`, bytes);
  }, /train-images-idx3-ubyte/],
];

for (const [fault, damage, sentence] of faults) {
  testTask(
    `a file of data that ${fault} ends figures with one sentence about it`,
    async (folder) => {
      await damage(`${folder}/data`);
      const args = ["--data", `${folder}/data`, "--any-data", "--out", `${folder}/out`];
      const { status, out, err } = await runTask("figures", args, { cwd: await checkout() });
      assertEquals([status, out, err.trimEnd().split("\n").length], [1, "", 1], err);
      assertMatch(err, sentence);
      assertEquals(await contentsOf(`${folder}/out`), {});
    },
  );
}
