import { assert, assertEquals, assertMatch } from "@std/assert";
import { formatRecord, parseRecord, type RunRecord } from "../../src/record/record.ts";
import { random32 } from "../data/random.ts";
import { runs, written } from "../support/generated.ts";
import { sampleRecord } from "../record/record_sample.ts";
import { changeText, changeValue, flipBit } from "./json_mutations.ts";

const RUNS = runs({ sample: 1000, full: 100_000 });

Deno.test(`of ${written(RUNS)} changed records those are read that say the same, the rest is refused with a sentence`, async () => {
  const original = formatRecord(await sampleRecord());
  const random = random32(1);
  const below = (n: number) => random() % n;
  let read = 0;
  for (let i = 0; i < RUNS; i++) {
    const text = [changeText, changeValue, flipBit][i % 3](original, below);
    const record: RunRecord | Error = await parseRecord(text).catch((error) => error);
    if (record instanceof Error) {
      assert([TypeError, RangeError].some((c) => c === record.constructor), `${record}`);
      assertMatch(record.message, /^Cannot (read|trust) the run record: [^]+[^.]$/);
    } else {
      assertEquals(formatRecord(record), original, text);
      read++;
    }
  }
  assert(read > RUNS / 100 && read < RUNS / 2, `${read} were read`);
});
