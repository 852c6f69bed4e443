import { assertStringIncludes } from "@std/assert";
import { evidenceOf } from "../../../experiments/claims/evidence.ts";
import { decideAll } from "../../../experiments/claims/mod.ts";
import { readRecords } from "../../../experiments/claims/read_records.ts";
import { markdownTable } from "../../../experiments/claims/table.ts";
import { testWith } from "../../test_with.ts";

const root = new URL("../../../", import.meta.url);

for (const file of ["README.md", "experiments/README.md"]) {
  testWith(`${file} has the table of claims that the records decide: deno task claims --markdown`, {
    needs: ["read"],
    fn: async () => {
      const records = await readRecords(new URL("experiments/records", root).pathname);
      const table = markdownTable(decideAll(evidenceOf(records)));
      assertStringIncludes(await Deno.readTextFile(new URL(file, root)), table);
    },
  });
}
