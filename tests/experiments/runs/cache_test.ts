import { assertEquals, assertNotEquals } from "@std/assert";
import { cachePath, readCache, writeCache } from "../../../experiments/runs/cache.ts";
import { formatRecord, type RunRecord, sealRecord } from "../../../src/record/record.ts";
import { sampleRecord } from "../../figures/sample.ts";
import { testWith } from "../../support/test_with.ts";

/** A record that no run has the key of. */
function record(): Promise<RunRecord> {
  const configuration = { test: crypto.randomUUID() };
  return sealRecord(sampleRecord(3, { configuration }));
}

/** Registers a test with a record, of which nothing stays in the cache. */
function test(name: string, fn: (record: RunRecord, path: string) => Promise<void>): void {
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

test("a run that was kept is recalled, by its key alone", async (record) => {
  await writeCache(record);
  const { configuration, environment } = record;
  assertEquals(await readCache({ configuration, environment }), record);
});

test("a run that was not kept is not recalled", async (record) => {
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

test("the record of another run in a file's place is not recalled", async (one, path) => {
  await writeCache(one);
  await Deno.writeTextFile(path, formatRecord(await record()));
  assertEquals(await readCache(one), undefined);
});

test("a damaged file counts as no run", async (record, path) => {
  await writeCache(record);
  const whole = await Deno.readTextFile(path);
  const damaged = ["", "{}", "null", "no JSON", whole.slice(0, -20), whole.replace("0.05", "0.06")];
  for (const text of damaged) {
    assertNotEquals(text, whole);
    await Deno.writeTextFile(path, text);
    assertEquals(await readCache(record), undefined);
  }
});

test("a folder in a file's place counts as no run", async (record, path) => {
  await Deno.mkdir(path, { recursive: true });
  assertEquals(await readCache(record), undefined);
});

test("a run that is kept again takes the place of a damaged file", async (record, path) => {
  await writeCache(record);
  await Deno.writeTextFile(path, "{");
  await writeCache(record);
  assertEquals(await readCache(record), record);
});
