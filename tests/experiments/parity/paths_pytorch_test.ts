/** PyTorch's runs of `paths_pytorch.py`, decided by the same measures as ours. */

import { assertEquals } from "@std/assert";
import { CLAIMS, decideAll } from "../../../experiments/claims/mod.ts";
import lines from "../../../experiments/parity/paths-pytorch.jsonl" with { type: "text" };
import { expectedRecords, parseExpected } from "../../../experiments/runs/store.ts";
import { TEXTS } from "../../../experiments/records/mod.ts";
import type { RunRecord } from "../../../mod.ts";

const pytorch = lines.trimEnd().split("\n").map((line) => JSON.parse(line) as RunRecord);

const REPLICATED = /^(paths|noise\/relu)/;

/** The parts that need no other runs than those that PyTorch made, too. */
const claims = CLAIMS.map((claim) => ({
  ...claim,
  parts: claim.parts.filter(({ id, cases }) =>
    cases.every((name) => REPLICATED.test(name)) && !id.startsWith("shrinks")
  ),
})).filter(({ parts }) => parts.length > 0);

Deno.test("PyTorch's runs are of five seeds, in each case", () => {
  const cases = Map.groupBy(
    pytorch,
    ({ configuration: { experiment, case: each, measures } }) =>
      `${experiment}/${each} ${measures ?? ""}`,
  );
  assertEquals([...cases.values()].map(({ length }) => length), [5, 5, 5, 5, 5, 5]);
});

Deno.test("PyTorch's runs decide the new measures as ours do", async () => {
  const names = [...expectedRecords()].filter(([name]) => REPLICATED.test(name));
  const ours = await Promise.all(
    names.map(([name, expected]) => parseExpected(TEXTS[name], expected)),
  );
  const [theirs, own] = [pytorch, ours].map((records) => decideAll(records, claims));
  assertEquals(theirs.length, 5);
  assertEquals(
    theirs.map(({ id, verdict }) => [id, verdict]),
    own.map(({ id, verdict }) => [id, verdict]),
  );
});
