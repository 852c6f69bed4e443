import { readRecords } from "../../../experiments/runs/store.ts";
import { claimFigures } from "../../../experiments/figures/mod.ts";
import { testWith } from "../../support/test_with.ts";

const root = new URL("../../../", import.meta.url);

testWith("the claims' figures are drawn from the committed records", {
  needs: ["read"],
  fn: async () => {
    const records = await readRecords(new URL("experiments/records", root).pathname);
    for (const [name, draw] of Object.entries(claimFigures)) {
      const committed = await Deno.readTextFile(new URL(`figures/out/${name}.svg`, root));
      if (draw(records) !== committed) {
        throw new Error(`${name}.svg is not of these records: deno task figures --all draws it`);
      }
    }
  },
});
