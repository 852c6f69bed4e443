/** A record among the experiments' that is damaged, of another program, or of another format. */

import { assertEquals, assertMatch } from "@std/assert";
import { formatRecord, sealRecord } from "../../src/record/record.ts";
import { sampleRecord } from "../figures/sample.ts";
import { checkout } from "./checkout.ts";
import { contentsOf } from "./contents.ts";
import { runTask, testTask } from "./task.ts";

const faults: readonly [string, (text: string) => string, RegExp][] = [
  ["damaged", (text) => text.replace("0.05", "0.06"), /Cannot trust the run record: its contents/],
  ["cut short", (text) => text.slice(0, -9), /Cannot read the run record: /],
  ["of another program", () => `{"runs": []}`, /its format must be residual-connection\/run@1/],
  ["older", (text) => text.replace("run@1", "run@0"), /got "residual-connection\/run@0"/],
  ["newer", (text) => text.replace("run@1", "run@2"), /got "residual-connection\/run@2"/],
];

for (const [fault, change, sentence] of faults) {
  testTask(
    `a record that is ${fault} ends claims and figures --all with its path`,
    async (folder) => {
      const cwd = await checkout();
      const name = "experiments/records/article/residual/seed-0.json";
      await Deno.mkdir(`${cwd}/experiments/records/article/residual`, { recursive: true });
      const record = await sealRecord(sampleRecord(3));
      await Deno.writeTextFile(`${cwd}/${name}`, change(formatRecord(record)));
      const runs = [
        runTask("claims", [], { cwd }),
        runTask("figures", ["--all", "--out", `${folder}/out`], { cwd }),
      ];
      for (const { status, out, err } of await Promise.all(runs)) {
        assertEquals([status, out, err.trimEnd().split("\n").length], [1, "", 1], err);
        assertEquals(err.startsWith(`Cannot use ${name}: `), true, err);
        assertMatch(err, sentence);
      }
      assertEquals(await contentsOf(`${folder}/out`), {});
    },
  );
}

testTask(
  "verify says of a newer record among the experiments' what it is, and ends with 1",
  async (folder) => {
    const record = formatRecord(await sealRecord(sampleRecord(3))).replace("run@1", "run@2");
    await Deno.mkdir(`${folder}/frozen/plain-adam`, { recursive: true });
    for (const kind of ["json", "diagnostics.json"]) {
      await Deno.writeTextFile(`${folder}/frozen/plain-adam/seed-0.${kind}`, record);
    }
    const args = ["--explain", "--steps", "1", "--workers", "1", "--records", folder];
    const { status, out } = await runTask("verify", args, { cwd: await checkout() });
    assertEquals(status, 1);
    assertMatch(out, /^frozen\/plain-adam\/seed-0\.json: .* got "residual-connection\/run@2"$/m);
  },
);
