import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { UsageError } from "../../../experiments/commands/flags.ts";
import { verify } from "../../../experiments/commands/verify.ts";
import { runHere, testInFolder } from "../../support/run_here.ts";

Deno.test("verify --help prints every flag", async () => {
  const { status, out } = await runHere(verify, ["--help"]);
  assertEquals(status, 0);
  for (const flag of ["all", "steps", "explain", "workers", "records"]) {
    assertMatch(out, new RegExp(`^  --${flag} `, "m"));
  }
});

for (
  const args of [
    ["--steps", "0"],
    ["--steps", "1876"],
    ["--all", "--steps", "3"],
    ["--fresh"],
  ]
) {
  Deno.test(`verify ${args.join(" ")} is refused as a mistake in the call`, async () => {
    await assertRejects(() => runHere(verify, args), UsageError);
  });
}

testInFolder(
  "verify says what is missing, what is damaged and what is of no run, and ends with 1",
  {},
  async (folder) => {
    await Deno.mkdir(`${folder}/article/residual`, { recursive: true });
    await Deno.writeTextFile(`${folder}/article/residual/seed-0.json`, "{");
    await Deno.writeTextFile(`${folder}/article/residual/seed-0.diagnostics.json`, "{");
    await Deno.writeTextFile(`${folder}/article/residual/seed-20.json`, "{");
    const args = ["--records", folder, "--explain", "--steps", "1", "--workers", "1"];
    const { status, out } = await runHere(verify, args);
    assertEquals(status, 1);
    assertMatch(out, /^article\/residual +20 +1875 +0 +1 +19$/m);
    assertMatch(
      out,
      /^article\/residual\/seed-0.json: .*\/seed-0.json: Cannot read the run record/m,
    );
    assertMatch(out, /^article\/residual\/seed-1: not there$/m);
    assertMatch(out, /^article\/residual\/seed-20.json: of no experiment, case and seed$/m);
    assertMatch(out, /^article\/residual\/seed-0, 1 steps trained again: DIFFERS$/m);
  },
);
