import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import promises from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cachePath, readCache, writeCache } from "../../../experiments/runs/cache.ts";
import { filesIn, removeFolder, writeWhole } from "../../../experiments/runs/files.ts";
import { findRecords } from "../../../experiments/runs/find_records.ts";
import { formatRecord, type RunRecord, sealRecord } from "../../../src/record/record.ts";
import { sampleRecord } from "../../figures/sample.ts";
import { testInFolder } from "../../support/run_here.ts";
import { withFolder } from "../../support/temporary_folder.ts";
import { testWith } from "../../support/test_with.ts";

/** Registers a test in an empty folder of its own. */
function test(name: string, fn: (folder: string) => Promise<void>): void {
  testInFolder(name, {}, fn);
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

test(
  "writeWhole to a folder's name fails by sentence, without a stray file",
  async (folder) => {
    await Deno.mkdir(`${folder}/x`);
    await Deno.writeTextFile(`${folder}/x/inside`, "");
    await assertRejects(
      () => writeWhole(`${folder}/x`, "new"),
      Error,
      `Cannot write ${folder}/x: `,
    );
    assertEquals(await namesIn(folder), ["x"]);
    assertEquals(await namesIn(`${folder}/x`), ["inside"]);
  },
);

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

test(
  "several texts written to one file at once leave one of them, whole",
  async (folder) => {
    const texts = ["a", "b", "c"].map((letter) => letter.repeat(100_000));
    await Promise.all(texts.map((text) => writeWhole(`${folder}/x`, text)));
    assertEquals(texts.includes(await Deno.readTextFile(`${folder}/x`)), true);
    assertEquals(await namesIn(folder), ["x"]);
  },
);

test(
  "writeWhole removes the temporary file of a program that was killed",
  async (folder) => {
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
  },
);

test(
  "writeWhole ends well where another program's file took the place meanwhile",
  async (folder) => {
    const { rename } = promises;
    promises.rename = async (from, to) => {
      promises.rename = rename;
      await writeWhole(`${folder}/x`, "another's");
      await rename(from, to);
    };
    await writeWhole(`${folder}/x`, "this one's");
    assertEquals(await Deno.readTextFile(`${folder}/x`), "another's");
    assertEquals(await namesIn(folder), ["x"]);
  },
);

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

test(
  "filesIn lists the files of a folder and of those below, sorted, with slashes",
  async (folder) => {
    for (const name of ["b", "a/c/d", "a/b", "e/f"]) await writeWhole(`${folder}/${name}`, "");
    assertEquals(await filesIn(folder), ["a/b", "a/c/d", "b", "e/f"]);
    assertEquals(await filesIn(folder, 1), ["a/b", "b", "e/f"]);
    assertEquals(await filesIn(folder, 0), ["b"]);
  },
);

test("filesIn fails where there is no folder", async (folder) => {
  await assertRejects(() => filesIn(`${folder}/none`), Deno.errors.NotFound);
});

test(
  "removeFolder removes a folder with its files, and is content where there is none",
  async (folder) => {
    await writeWhole(`${folder}/a/b/x`, "");
    await removeFolder(`${folder}/a`);
    await removeFolder(`${folder}/a`);
    assertEquals(await namesIn(folder), []);
  },
);

const recordOf = (seed: number): Promise<RunRecord> =>
  sealRecord(sampleRecord(3, { configuration: { seed } }));

/** Registers a test with two records in the folder `near`, one of them once more in `far`. */
function testWithRecords(
  name: string,
  fn: (folder: string, records: readonly RunRecord[]) => Promise<void>,
): void {
  testInFolder(name, {}, async (folder) => {
    const records = await Promise.all([recordOf(0), recordOf(1), recordOf(2)]);
    await Deno.mkdir(`${folder}/near`);
    await Deno.mkdir(`${folder}/far/a/b`, { recursive: true });
    await Deno.writeTextFile(`${folder}/near/0.json`, formatRecord(records[0]));
    await Deno.writeTextFile(`${folder}/near/other.json`, "[]");
    await Deno.writeTextFile(`${folder}/far/a/b/0.json`, formatRecord(records[0]));
    await Deno.writeTextFile(`${folder}/far/a/b/1.json`, formatRecord(records[1]));
    await fn(folder, records);
  });
}

const places = (folder: string) => [
  { folder: `${folder}/near`, depth: 0 },
  { folder: `${folder}/none`, depth: 2 },
  { folder: `${folder}/far`, depth: 2 },
];

testWithRecords(
  "records are found where they are, the first place first",
  async (folder, [one, two]) => {
    const found = await findRecords([two.checksum, one.checksum], places(folder));
    assertEquals(found, [
      { path: `${folder}/far/a/b/1.json`, folder: `${folder}/far`, record: two },
      { path: `${folder}/near/0.json`, folder: `${folder}/near`, record: one },
    ]);
  },
);

testWithRecords("no records are looked for where none is wanted", async (folder) => {
  assertEquals(await findRecords([], places(folder)), []);
});

testWithRecords(
  "a record that is nowhere is refused with the places",
  async (folder, [one, , three]) => {
    const where =
      `a JSON file in one of ${folder}/near, ${folder}/none, ${folder}/far must state it`;
    await assertRejects(
      () => findRecords([three.checksum], places(folder)),
      Error,
      `Cannot find the record ${three.checksum}: ${where}`,
    );
    await assertRejects(
      () => findRecords([one.checksum, three.checksum], places(folder)),
      Error,
      `Cannot find 1 of its 2 records, the first ${three.checksum}: ${where}`,
    );
  },
);

testWithRecords("a folder deeper than a place goes is not looked into", async (folder, [, two]) => {
  const shallow = [{ folder: `${folder}/far`, depth: 1 }];
  await assertRejects(() => findRecords([two.checksum], shallow), Error, "Cannot find the record");
});

for (
  const [how, change, message] of [
    ["changed", ["0.05", "0.06"], "Cannot trust the run record: its contents have checksum"],
    ["cut", [/[^]{40}$/, ""], "Cannot read the run record: "],
    ["of a newer format", ["run@1", "run@2"], "its format must be residual-connection/run@1, got"],
  ] as const
) {
  testWithRecords(`a record that is ${how} is refused with its file`, async (folder, [record]) => {
    const text = formatRecord(record).replace(change[0], change[1]);
    await Deno.writeTextFile(`${folder}/near/0.json`, text);
    const { message: found } = await assertRejects(
      () => findRecords([record.checksum], places(folder)),
      Error,
      message,
    );
    assertEquals(found.startsWith(`Cannot use ${folder}/near/0.json: `), true);
  });
}

testWithRecords(
  "a file that states one checksum and holds the record of another is refused",
  async (folder, [one, two]) => {
    // A name before the checksum's own, which a hasty reader would take for it.
    const other = await sealRecord({
      ...two,
      configuration: { checksum: one.checksum, ...two.configuration },
    });
    const { configuration, ...rest } = other;
    await Deno.writeTextFile(
      `${folder}/near/0.json`,
      JSON.stringify({ configuration, ...rest }),
    );
    const places = [{ folder: `${folder}/near`, depth: 0 }];
    await assertRejects(
      () => findRecords([one.checksum], places),
      Error,
      `it must have checksum ${one.checksum}, got ${other.checksum}`,
    );
  },
);

/** A record that no run has the key of. */
function record(): Promise<RunRecord> {
  const configuration = { test: crypto.randomUUID() };
  return sealRecord(sampleRecord(3, { configuration }));
}

/** Registers a test with a record, of which nothing stays in the cache. */
function testWithRecord(
  name: string,
  fn: (record: RunRecord, path: string) => Promise<void>,
): void {
  testWith(name, {
    needs: ["read", "write"],
    fn: async () => {
      const one = await record();
      const path = await cachePath(one);
      try {
        await fn(one, path);
      } finally {
        await Deno.remove(path, { recursive: true }).catch(() => {}); // Some tests keep nothing.
      }
    },
  });
}

testWithRecord("a run that was kept is recalled, by its key alone", async (record) => {
  await writeCache(record);
  const { configuration, environment } = record;
  assertEquals(await readCache({ configuration, environment }), record);
});

testWithRecord("a run that was not kept is not recalled", async (record) => {
  assertEquals(await readCache(record), undefined);
});

testWith("each setting and each part of the environment is part of the key", {
  needs: ["read"],
  fn: async () => {
    const key = sampleRecord(3, { environment: { tensorflow: "0" } });
    const path = await cachePath(key);
    for (const name of ["seed", "steps", "data", "variant"]) {
      const configuration = { ...key.configuration, [name]: "other" };
      assertNotEquals(await cachePath({ ...key, configuration }), path, name);
    }
    for (const name of ["backend", "tensorflow", "adapter"]) {
      const environment = { ...key.environment, [name]: "other" };
      assertNotEquals(await cachePath({ ...key, environment }), path, name);
    }
    assertEquals(await cachePath({ ...key }), path);
  },
});

testWithRecord("the record of another run in a file's place is not recalled", async (one, path) => {
  await writeCache(one);
  await Deno.writeTextFile(path, formatRecord(await record()));
  assertEquals(await readCache(one), undefined);
});

testWithRecord("a damaged file counts as no run", async (record, path) => {
  await writeCache(record);
  const whole = await Deno.readTextFile(path);
  const damaged = ["", "{}", "null", "no JSON", whole.slice(0, -20), whole.replace("0.05", "0.06")];
  for (const text of damaged) {
    assertNotEquals(text, whole);
    await Deno.writeTextFile(path, text);
    assertEquals(await readCache(record), undefined);
  }
});

testWithRecord("a folder in a file's place counts as no run", async (record, path) => {
  await Deno.mkdir(path, { recursive: true });
  assertEquals(await readCache(record), undefined);
});

testWithRecord(
  "a run that is kept again takes the place of a damaged file",
  async (record, path) => {
    await writeCache(record);
    await Deno.writeTextFile(path, "{");
    await writeCache(record);
    assertEquals(await readCache(record), record);
  },
);

const program = fileURLToPath(new URL("train_with_checkpoints.ts", import.meta.url));

function start(folder: string, seed = 0): Deno.ChildProcess {
  const args = ["run", "--no-check", "--allow-read", `--allow-write=${folder}`, program, folder];
  const options = { stdin: "null", stdout: "piped" } as const;
  return new Deno.Command(Deno.execPath(), { args: [...args, `${seed}`], ...options }).spawn();
}

/** What the program prints, to its end. */
async function printed(folder: string, seed?: number): Promise<string> {
  return await new Response(start(folder, seed).stdout).text();
}

/** Starts the program and kills it once it printed this. */
async function killedAt(folder: string, line: string): Promise<void> {
  const child = start(folder);
  let text = "";
  for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (text.includes(line)) break;
  }
  child.kill("SIGKILL");
  await child.status;
}

function recordIn(text: string): string {
  return text.slice(text.indexOf("{"));
}

testWith("a run that is killed, again and again, ends with the record of one that is not", {
  needs: ["read", "write", "run"],
  fn: async () => {
    const folder = await Deno.makeTempDir();
    const kept = join(folder, "kept");
    const killedTwice = async () => {
      for (const line of ["step 3", "step 8"]) await killedAt(kept, line);
      return await printed(kept);
    };
    const [whole, last] = await Promise.all([printed(join(folder, "whole")), killedTwice()]);
    assertStringIncludes(last, "The run resumes from step 8, its last checkpoint");
    assert(!last.includes("step 7"));
    assertEquals(recordIn(last), recordIn(whole));
    await Deno.remove(folder, { recursive: true });
  },
});

testWith("what is kept of a run and is damaged, or another run's, is not used", {
  needs: ["read", "write", "run"],
  fn: async () => {
    const folder = await Deno.makeTempDir();
    const [whole, kept] = [join(folder, "whole"), join(folder, "kept")];
    const [text] = await Promise.all([printed(whole, 1), killedAt(kept, "step 4")]); // of seed 0
    const record = recordIn(text);
    const other = await printed(kept, 1);
    assertStringIncludes(other, "The run starts again, its checkpoint cannot be used: ");
    assertEquals(recordIn(other), record);

    const file = join(kept, "model.json");
    await Deno.writeTextFile(file, (await Deno.readTextFile(file)).replace("x_res", "x_rest"));
    const damaged = await printed(kept, 1);
    assertStringIncludes(damaged, "The run starts again, its checkpoint cannot be used: ");
    assertEquals(recordIn(damaged), record);
    await Deno.remove(folder, { recursive: true });
  },
});

testWith("a run that cannot be kept goes on, and says so once", {
  needs: ["read", "write", "run"],
  fn: async () => {
    const folder = await Deno.makeTempDir();
    const file = join(folder, "a-file");
    await Deno.writeTextFile(file, "in the way");
    const [text, other] = await Promise.all([file, folder].map((at) => printed(join(at, "kept"))));
    assertEquals(text.match(/The run trains without checkpoints: /g)?.length, 1);
    assertEquals(recordIn(text), recordIn(other));
    await Deno.remove(folder, { recursive: true });
  },
});
