import { assertStringIncludes } from "@std/assert";
import { plots } from "../figures/mod.ts";
import { summarySentence } from "../src/analysis/summary.ts";
import { parseRecord } from "../src/record/record.ts";
import { testWith } from "./support/test_with.ts";

const read = (path: string) => Deno.readTextFile(new URL(`../${path}`, import.meta.url));
const RECORD = "experiments/records/article/residual/seed-0.json";
const FIGURE = "figures/out/residual-experiment.svg";

testWith("the README says what the record of its figure says", {
  needs: ["read"],
  fn: async () => {
    const readme = (await read("README.md")).replaceAll(/\s+/g, " ");
    assertStringIncludes(readme, summarySentence(await parseRecord(await read(RECORD))));
  },
});

testWith("the README's figure is drawn from its record", {
  needs: ["read"],
  fn: async () => {
    const record = await parseRecord(await read(RECORD));
    const drawn = plots["residual-experiment"](record);
    if (drawn !== await read(FIGURE)) {
      throw new Error("Cannot find the record's figure: deno task figures --all draws it");
    }
  },
});
