import promises from "node:fs/promises";
import { assertEquals, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import { filesIn, removeFolder, writeWhole } from "../../../experiments/runs/files.ts";
import { withFolder } from "../../support/temporary_folder.ts";
import { testWith } from "../../support/test_with.ts";

/** Registers a test in a folder of its own. */
function test(name: string, fn: (folder: string) => Promise<void>): void {
  testWith(name, { needs: ["read", "write"], fn: () => withFolder({}, fn) });
}

async function namesIn(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();
}

test("writeWhole writes a text and nothing else, and makes the folders", async (folder) => {
  await writeWhole(`${folder}/a/b/x.svg`, "<svg/>\n");
  assertEquals(await Deno.readTextFile(`${folder}/a/b/x.svg`), "<svg/>\n");
  assertEquals(await namesIn(`${folder}/a/b`), ["x.svg"]);
});

test("writeWhole takes the place of an older file, a longer one too", async (folder) => {
  await Deno.writeTextFile(`${folder}/x`, "older and longer");
  await writeWhole(`${folder}/x`, "new");
  assertEquals(await Deno.readTextFile(`${folder}/x`), "new");
  assertEquals(await namesIn(folder), ["x"]);
});

test("writeWhole to a folder's name fails by sentence, without a stray file", async (folder) => {
  await Deno.mkdir(`${folder}/x`);
  await Deno.writeTextFile(`${folder}/x/inside`, "");
  await assertRejects(() => writeWhole(`${folder}/x`, "new"), Error, `Cannot write ${folder}/x: `);
  assertEquals(await namesIn(folder), ["x"]);
  assertEquals(await namesIn(`${folder}/x`), ["inside"]);
});

test("writeWhole below a file fails by sentence and leaves the file", async (folder) => {
  await Deno.writeTextFile(`${folder}/file`, "old");
  const path = `${folder}/file/x`;
  await assertRejects(() => writeWhole(path, "new"), Error, `Cannot write ${path}: `);
  assertEquals(await Deno.readTextFile(`${folder}/file`), "old");
  assertEquals(await namesIn(folder), ["file"]);
});

test("writeWhole that fails leaves the older file as it was", async (folder) => {
  const path = `${folder}/x`;
  await Deno.writeTextFile(path, "old");
  const { rename } = promises;
  promises.rename = () => Promise.reject(new Error("disk full"));
  try {
    await assertRejects(() => writeWhole(path, "new"), Error, `Cannot write ${path}: disk full`);
  } finally {
    promises.rename = rename;
  }
  assertEquals(await Deno.readTextFile(path), "old");
  assertEquals(await namesIn(folder), ["x"]);
});

test("several texts written to one file at once leave one of them, whole", async (folder) => {
  const texts = ["a", "b", "c"].map((letter) => letter.repeat(100_000));
  await Promise.all(texts.map((text) => writeWhole(`${folder}/x`, text)));
  assertEquals(texts.includes(await Deno.readTextFile(`${folder}/x`)), true);
  assertEquals(await namesIn(folder), ["x"]);
});

test("writeWhole removes the temporary file of a program that was killed", async (folder) => {
  const [ofThis, ofAnother, older] = ["x", "y", "y"].map((name) =>
    `.${name}.${crypto.randomUUID()}.tmp`
  );
  for (const name of [ofThis, ofAnother, older]) {
    await Deno.writeTextFile(`${folder}/${name}`, "half");
  }
  const hourAgo = new Date(Date.now() - 61 * 60 * 1000);
  await Deno.utime(`${folder}/${older}`, hourAgo, hourAgo);
  await Deno.writeTextFile(`${folder}/.kept.tmp`, "another program's");
  await writeWhole(`${folder}/x`, "new");
  assertEquals(await namesIn(folder), [".kept.tmp", ofAnother, "x"]);
});

test("writeWhole ends well where another program's file took the place meanwhile", async (folder) => {
  const { rename } = promises;
  promises.rename = async (from, to) => {
    promises.rename = rename;
    await writeWhole(`${folder}/x`, "another's");
    await rename(from, to);
  };
  await writeWhole(`${folder}/x`, "this one's");
  assertEquals(await Deno.readTextFile(`${folder}/x`), "another's");
  assertEquals(await namesIn(folder), ["x"]);
});

test("writeWhole fails where its folder is removed meanwhile", async (folder) => {
  const { rename } = promises;
  promises.rename = async (from, to) => {
    await Deno.remove(`${folder}/a`, { recursive: true });
    await rename(from, to);
  };
  try {
    await assertRejects(() => writeWhole(`${folder}/a/x`, "new"), Error, "no such file");
  } finally {
    promises.rename = rename;
  }
});

testWith("programs that write one file at once all end, and leave one whole file", {
  needs: ["read", "write", "run"],
  fn: () =>
    withFolder({}, async (folder) => {
      const program = fileURLToPath(
        new URL("./write_again_and_again.ts", import.meta.url),
      );
      const texts = ["a", "b", "c", "d"].map((letter) => letter.repeat(100_000));
      const ends = await Promise.all(texts.map((text) =>
        new Deno.Command(Deno.execPath(), {
          args: [
            "run",
            "--no-check",
            "--allow-read",
            "--allow-write",
            program,
            ...[`${folder}/x`, text[0], `${text.length}`],
          ],
        }).output()
      ));
      const decoder = new TextDecoder();
      for (const { success, stderr } of ends) {
        assertEquals([success, decoder.decode(stderr)], [true, ""]);
      }
      assertEquals(texts.includes(await Deno.readTextFile(`${folder}/x`)), true);
      assertEquals(await namesIn(folder), ["x"]);
    }),
});

test("writeWhole syncs the file before its name, and then the folder", async (folder) => {
  const { open, rename } = promises;
  const done: string[] = [];
  promises.open = async (...args: Parameters<typeof open>) => {
    const file = await open(...args);
    const { sync } = file;
    file.sync = async () => {
      await sync.call(file);
      done.push(args[1] === "r" ? "sync folder" : "sync file");
    };
    return file;
  };
  promises.rename = async (...args) => {
    await rename(...args);
    done.push("rename");
  };
  try {
    await writeWhole(`${folder}/x`, "new");
  } finally {
    Object.assign(promises, { open, rename });
  }
  assertEquals(done, ["sync file", "rename", "sync folder"]);
});

test("filesIn lists the files of a folder and of those below, sorted, with slashes", async (folder) => {
  for (const name of ["b", "a/c/d", "a/b", "e/f"]) await writeWhole(`${folder}/${name}`, "");
  assertEquals(await filesIn(folder), ["a/b", "a/c/d", "b", "e/f"]);
  assertEquals(await filesIn(folder, 1), ["a/b", "b", "e/f"]);
  assertEquals(await filesIn(folder, 0), ["b"]);
});

test("filesIn fails where there is no folder", async (folder) => {
  await assertRejects(() => filesIn(`${folder}/none`), Deno.errors.NotFound);
});

test("removeFolder removes a folder with its files, and is content where there is none", async (folder) => {
  await writeWhole(`${folder}/a/b/x`, "");
  await removeFolder(`${folder}/a`);
  await removeFolder(`${folder}/a`);
  assertEquals(await namesIn(folder), []);
});
