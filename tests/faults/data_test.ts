import { assertEquals, assertMatch } from "@std/assert";
import { fileSystem } from "../../src/saving/file_system.ts";
import { gzip } from "../data/gzip.ts";
import { makePipe } from "../data/make_pipe.ts";
import { checkout, ROOT } from "./checkout.ts";
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

/** What a path may lead to, and what a command then says of it. */
const kinds: readonly [what: string, make: (path: string) => Promise<void>, said: RegExp][] = [
  ["a pipe", makePipe, /: it must be a file, got a pipe$/],
  ["a device", (path) => Deno.symlink("/dev/zero", path), /: it must be a file, got a device$/],
  ["a folder", (path) => Deno.mkdir(path), /: it must be a file, got a folder$/],
  ["a file of 8 GB", async (path) => {
    await Deno.writeFile(path, new Uint8Array());
    await Deno.truncate(path, 2 ** 33); // It is sparse.
  }, /: it can have at most 16777216 bytes, got 8589934592$/],
];

for (const [what, make, said] of kinds) {
  testTask(`${what} in a file's place ends every command with one sentence`, async (folder) => {
    const cell = `${folder}/records/article/residual`;
    await Deno.mkdir(cell, { recursive: true });
    const paths = ["x.json", "x.svg", "trace.json", "records/article/residual/seed-0.json"];
    for (const path of paths) {
      const place = `${folder}/${path}`;
      if (what !== "a folder" || !path.startsWith("records/")) await make(place);
    }
    const calls = [
      runTask("figures", ["--record", `${folder}/x.json`, "--out", `${folder}/out`], { cwd: ROOT }),
      runTask("verify", [`${folder}/x.svg`], { cwd: ROOT }),
      runTask("parity", ["--reference", `${folder}/trace`], { cwd: ROOT }),
      // A folder there holds further records.
      ...what === "a folder"
        ? []
        : [runTask("claims", ["--records", `${folder}/records`], { cwd: ROOT })],
    ];
    for (const { status, out, err } of await Promise.all(calls)) {
      assertEquals([status, out, err.trimEnd().split("\n").length], [1, "", 1], err);
      assertMatch(err.trimEnd(), said);
    }
  });

  testTask(`${what} in the place of a saved model's files is refused`, async (folder) => {
    await make(`${folder}/model.json`);
    const { message } = await fileSystem(folder).load().then(
      () => new Error("it was loaded"),
      (error: Error) => error,
    );
    const limit = 64 * 2 ** 20;
    assertMatch(message.replace(`${limit}`, "16777216"), said);
  });
}
