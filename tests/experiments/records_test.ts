/** The committed records: sound, today's, and what training gives again. */

import { assertEquals } from "@std/assert";
import { loadMnist, startBackend } from "../../mod.ts";
import { readFigure } from "../../experiments/commands/figure_file.ts";
import { prepareRun } from "../../experiments/article/train_run.ts";
import { listRuns, runName } from "../../experiments/runs/experiments.ts";
import { recordStatus } from "../../experiments/runs/record_status.ts";
import { describeDifference, firstDifference } from "../../experiments/runs/replay.ts";
import { readRun } from "../../experiments/runs/store.ts";
import { checksOf, holds } from "../../experiments/parity/compare.ts";
import type { RunRecord } from "../../src/record/record.ts";
import { runs } from "../support/generated.ts";
import { testWith } from "../support/test_with.ts";
import { testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

const folder = new URL("../../experiments/records", import.meta.url).pathname;
const [article] = listRuns(["article/residual"], 1);

testWith(
  "every record is there, of today's configuration; verify --explain says why not",
  {
    needs: ["read"],
    fn: async () => {
      const data = await loadMnist();
      const statuses = await Promise.all(
        listRuns([]).map((run) => recordStatus(run, { folder, backend: "wasm", data })),
      );
      const wrong = statuses.filter(({ state }) => state !== "there");
      assertEquals(wrong.map(({ settings, state }) => `${runName(settings)} is ${state}`), []);
    },
  },
);

testWith("the article's figure is drawn from the record of its experiment", {
  needs: ["read"],
  fn: async () => {
    const [kept] = await readRun(folder, article);
    const figure = new URL("../../figures/out/residual-experiment.svg", import.meta.url);
    assertEquals(readFigure(await Deno.readTextFile(figure)).records, [kept.checksum]);
  },
});

const STEPS = runs({ sample: 30, full: 300 });

testOn(
  "wasm",
  `${STEPS} steps of seed 0 trained again have the record's bits, diagnostics too`,
  async () => {
    const data = await loadMnist();
    const backend = await startBackend("wasm");
    const run = prepareRun({ ...article, steps: STEPS, test: false }, { data, backend });
    const { record, diagnostics } = await run.start();
    const kept = await readRun(folder, article);
    for (const [i, again] of [record, diagnostics!].entries()) {
      const difference = firstDifference(kept[i], again);
      assertEquals(difference && describeDifference(difference), undefined);
      assertEquals(again.columns.step.length > STEPS / 10, true);
    }
  },
);

testOn(
  webgpu,
  "20 steps of seed 0 keep within parity's limits of the record",
  async () => {
    const data = await loadMnist();
    const backend = await startBackend("webgpu");
    const settings = { ...article, steps: 20, test: false, diagnostics: "none" } as const;
    const { record } = await prepareRun(settings, { data, backend }).start();
    const [kept] = await readRun(folder, article);
    const past = checksOf(curves(record), curves(kept)).filter((check) => !holds(check));
    assertEquals(past, []);
  },
  { needs: ["read"] },
);

function curves({ columns }: RunRecord) {
  const cut = (name: string) => columns[name].slice(0, 20) as number[];
  return { loss: cut("loss"), x_res: cut("x_res"), x_in: cut("x_in") };
}
