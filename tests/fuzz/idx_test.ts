import { assert, assertEquals, assertInstanceOf, assertMatch } from "@std/assert";
import { type Idx, parseIdx } from "../../src/data/idx.ts";
import { random32 } from "../data/random.ts";
import { runs, written } from "../support/generated.ts";
import { isIdx, mutant } from "./idx_mutations.ts";

const RUNS = runs({ sample: 2000, full: 100_000 });

/** What is parsed, or the error. */
function outcome(bytes: Uint8Array): Idx | Error {
  try {
    return parseIdx(bytes);
  } catch (error) {
    return error as Error;
  }
}

Deno.test(`of ${written(RUNS)} changed IDX files those are parsed whose header describes exactly their bytes`, () => {
  const random = random32(1);
  let parsed = 0;
  for (let i = 0; i < RUNS; i++) {
    const bytes = mutant(random);
    const idx = outcome(bytes);
    assert(isIdx(bytes) !== idx instanceof Error, `[${bytes}] gives ${idx}`);
    if (idx instanceof Error) {
      assertInstanceOf(idx, RangeError);
      assertMatch(idx.message, /^Cannot parse IDX bytes: .+ got .*[^.]$/);
    } else {
      const { shape, data } = idx;
      assertEquals(shape.reduce((product, size) => product * size), data.length);
      assert(data.buffer === bytes.buffer);
      parsed++;
    }
  }
  assert(parsed > 0.05 * RUNS && parsed < 0.95 * RUNS, `${parsed} were parsed`);
});
