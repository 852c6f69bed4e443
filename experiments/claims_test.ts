/**
 * The article's claims, decided from the committed records: one test a claim, one step a part. Needs
 * no permission: records and documents are imported as text.
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { RunRecord } from "@residual/connection";
import { mean, trailingMean } from "@residual/connection/analysis";
import { verdicts } from "../live/build/verdicts.ts";
import page from "../live/page/index.html" with { type: "text" };
import readme from "../README.md" with { type: "text" };
import { testWith } from "../tests/support/test_with.ts";
import type { Claim, Part } from "./claims/claim.ts";
import { pairedRuns } from "./claims/evidence.ts";
import { CLAIMS, decideAll, type Decided } from "./claims/mod.ts";
import {
  correctedOf,
  inWords,
  markdownRow,
  measured,
  probability,
  summaryTable,
} from "./claims/report.ts";
import report from "./README.md" with { type: "text" };
import { TEXTS } from "./records/mod.ts";
import written from "./records/mod.ts" with { type: "text" };
import { BEST_RATES, EXPERIMENTS, listRuns } from "./runs/experiments.ts";
import { replayRuns } from "./runs/replay.ts";
import { expectedRecords, parseExpected, recordsModule } from "./runs/store.ts";

/** The committed records by name; of one that cannot be used, why. */
const records = new Map<string, RunRecord | Error>();
for (const [name, expected] of expectedRecords()) {
  const record = await parseExpected(TEXTS[name] ?? "", expected).catch((error: Error) => error);
  records.set(name, record);
}

/** The records of these cases. */
function recordsOf(cases: readonly string[]): RunRecord[] {
  const names = [...records.keys()].filter((name) =>
    cases.some((each) => name.startsWith(`${each}/`))
  );
  return names.map((name) => {
    const record = records.get(name)!;
    if (!(record instanceof Error)) return record;
    throw new Error(`Cannot use experiments/records/${name}: ${record.message}`);
  });
}

/** What the records say of a part, or why they say nothing. */
function decisionOf(claim: Claim, part: Part): Decided | Error {
  try {
    const [decided] = decideAll(recordsOf(part.cases), [{ ...claim, parts: [part] }]);
    return decided;
  } catch (error) {
    return error as Error;
  }
}

/** A part's claim, the article's words, what was measured and what was found. */
function nameOf(number: number, { sentence, states }: Part, decided: Decided | Error): string {
  const words = `claim ${number}, "${sentence}" (${states})`;
  if (decided instanceof Error) return `${words}: not decided`;
  const { verdict, region, seeds, p } = decided;
  const holds = verdict === "supported" ? "holds" : "would hold";
  const chance = p === null ? "" : `, p ${probability(p)}`;
  return `${words}: ${verdict}, ${measured(decided)}, ${holds} ${inWords(region)}, ` +
    `${seeds} seeds${chance}`;
}

/** The cells of the row that begins with these words, in a document's tables. */
function rowOf(document: string, words: string): string[] | undefined {
  const rows = document.split(/\r?\n/).map((line) =>
    line.split("|").slice(1, -1).map((cell) => cell.trim())
  );
  return rows.find(([first]) => first === words);
}

/** Fails, naming the claim, unless the report says of a part what the records say. */
function assertReported(id: string, decided: Decided): void {
  const found = rowOf(report, decided.states);
  const expected = markdownRow(decided, corrected);
  // Where a part is not decided, the correction is one for fewer parts, and says nothing of this one.
  if (corrected.size < tested && found !== undefined) expected[CORRECTED] = found[CORRECTED];
  assertEquals(
    found,
    expected,
    `${id}: the records decide what experiments/README.md does not say; ` +
      "deno task claims --markdown has it",
  );
}

/** The column of the corrected p. */
const CORRECTED = 4;

/** Fails, naming the claim, unless the README says of it what the records say. */
function assertSummarized(name: string, { title }: Claim, decided: readonly Decided[]): void {
  assertEquals(
    rowOf(readme, title),
    rowOf(summaryTable(decided), title),
    `${name}: the records decide what README.md does not say; deno task claims --summary has it`,
  );
}

const all = CLAIMS.map((claim) => ({
  claim,
  parts: claim.parts.map((part) => ({ part, decided: decisionOf(claim, part) })),
}));

/** Each part's p after Holm's correction for all that could be decided. */
const corrected = correctedOf(
  all.flatMap(({ parts }) =>
    parts.flatMap(({ decided }) => decided instanceof Error ? [] : [decided])
  ),
);

/** The parts that have a p. */
const tested = CLAIMS.flatMap(({ parts }) => parts).filter((part) => "effect" in part).length;

for (const [i, { claim, parts }] of all.entries()) {
  Deno.test(`claim ${i + 1}: ${claim.title}`, async (t) => {
    for (const { part, decided } of parts) {
      const id = `${claim.id}/${part.id}`;
      await t.step(nameOf(i + 1, part, decided), () => {
        if (decided instanceof Error) {
          throw new Error(`claim ${i + 1}, ${id}: ${decided.message}`, { cause: decided });
        }
        assertReported(`claim ${i + 1}, ${id}`, decided);
      });
    }
    await t.step("the README has what was found, and how many parts hold", () => {
      const decided = parts.map(({ decided }) => decided);
      const failed = decided.find((part) => part instanceof Error);
      if (failed !== undefined) throw new Error(`claim ${i + 1}: ${failed.message}`);
      assertSummarized(`claim ${i + 1}, ${claim.id}`, claim, decided as Decided[]);
    });
  });
}

Deno.test("as the page's lead says, plain learns sooner with Adam and residual with gradient descent", () => {
  const text = page.replace(/\s+/g, " ");
  assertStringIncludes(text, "With gradient descent, yes, with almost every seed. With Adam,");
  for (const [sooner, later, needed] of [PLAIN_WITH_ADAM, RESIDUAL_WITH_SGD]) {
    const cases = [`layers/${sooner}`, `layers/${later}`];
    const runs = pairedRuns(recordsOf(cases), cases);
    assertEquals(runs.length, 10);
    for (const loss of [2, 1.5, 1]) {
      const steps = runs.map((pair) =>
        pair.map(({ every }) =>
          trailingMean(every.column("loss")).findIndex((value) => value < loss)
        )
      );
      const count = steps.filter(([first, second]) => first > 0 && first < second).length;
      assert(count >= needed, `loss ${loss}: ${count} of 10 seeds, steps ${steps.join(" | ")}`);
    }
  }
});

/** Who is sooner, who is later, and in how many of ten seeds at least: a sign test then gives p ≤ 0.02. */
const PLAIN_WITH_ADAM = ["plain-adam", "residual-adam", 10] as const;
const RESIDUAL_WITH_SGD = ["residual-sgd", "plain-sgd", 9] as const;

Deno.test("the learning rates of the last claim are the best of those that were tried", () => {
  const cases = EXPERIMENTS.find(({ name }) => name === "rates")!.cases;
  for (const [arm, best] of Object.entries(BEST_RATES)) {
    const tried = Object.entries(cases).filter(([name]) => name.startsWith(`${arm}-`));
    const losses = tried.map(([name, { learning_rate }]) => {
      const ends = recordsOf([`rates/${name}`]).map(({ columns }) =>
        mean(columns.loss.slice(-20) as number[])
      );
      assertEquals(ends.length, 3);
      return { learning_rate, loss: mean(ends) };
    });
    losses.sort((a, b) => a.loss - b.loss);
    assert(losses.length >= 3);
    assertEquals(losses[0].learning_rate, best, `${arm}: ${JSON.stringify(losses)}`);
  }
});

Deno.test("the page shows each claim as the records decide it", () => {
  const cases = [...records.keys()].map((name) => name.replace(/\/[^/]*$/, ""));
  decideAll(recordsOf(cases), []); // Refuses records that cannot be compared, of whatever parts.
  const shown = verdicts(all.flatMap(({ parts }) =>
    parts.map(({ decided }) => {
      if (decided instanceof Error) throw decided;
      return decided;
    })
  ));
  assertEquals(
    shown.map(({ id, parts }) => [id, parts.map(({ states, verdict }) => [states, verdict])]),
    all.map(({ claim: { id }, parts }) => [
      id,
      parts.map(({ part, decided }) => [part.states, (decided as Decided).verdict]),
    ]),
  );
  const named = [...page.matchAll(/data-claim="([^"]*)"/g)].map(([, id]) => id);
  assertEquals(named.filter((id) => !CLAIMS.some((claim) => claim.id === id)), []);
});

Deno.test("the module of records has every run's, and no other", () => {
  assertEquals(written, recordsModule());
});

/** Steps 0 to 20: diagnostics are measured at five of them. */
const STEPS = 21;

testWith(
  `the first ${STEPS} steps of each case's first seed, or all, have its record's bits on wasm`,
  {
    needs: ["read"],
    fn: async () => {
      const trained: string[] = [];
      const runs = listRuns([], 1).map((run) => ({
        ...run,
        steps: Math.min(STEPS, run.steps),
        test: false,
      }));
      const problems = await replayRuns(runs, {
        folder: new URL("records", import.meta.url).pathname,
        signal: new AbortController().signal,
        backend: "wasm",
        anyData: false,
        workers: navigator.hardwareConcurrency,
        log: (line) => trained.push(line),
      });
      assertEquals(problems, []);
      assertEquals(trained.length, runs.length);
    },
  },
);

Deno.test("every part of every claim is decided", () => {
  const parts = all.flatMap(({ parts }) => parts.map(({ decided }) => decided));
  const count = (verdict: Decided["verdict"]) =>
    parts.filter((part) => !(part instanceof Error) && part.verdict === verdict).length;
  const [supported, refuted, inconclusive] = (["supported", "refuted", "inconclusive"] as const)
    .map(count);
  console.log(
    `${CLAIMS.length} claims in ${parts.length} parts: ${supported} supported, ${refuted} refuted, ` +
      `${inconclusive} inconclusive. deno task test runs the tests that need permissions, too.`,
  );
  assertEquals(supported + refuted + inconclusive, parts.length);
});
