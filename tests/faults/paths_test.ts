/** Paths that lead to no file, where a command wants one. */

import { assertEquals, assertMatch } from "@std/assert";
import { fileSystem } from "../../src/saving/file_system.ts";
import { makePipe } from "../data/make_pipe.ts";
import { ROOT } from "./checkout.ts";
import { runTask, testTask } from "./task.ts";

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
