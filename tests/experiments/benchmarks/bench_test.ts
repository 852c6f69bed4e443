import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { bench } from "../../../experiments/benchmarks/bench.ts";
import { UsageError } from "../../../experiments/commands/flags.ts";
import { runHere } from "../../support/run_here.ts";

Deno.test("bench --help prints every flag and measures nothing", async () => {
  const { status, out, err } = await runHere(bench, ["--quick", "--help"]);
  assertEquals([status, err], [0, ""]);
  for (const flag of ["quick", "out", "python", "help"]) {
    assertMatch(out, new RegExp(`^  --${flag} `, "m"));
  }
});

for (const args of [["--bogus"], ["--quick=1"], ["--out", ""], ["--python"]]) {
  Deno.test(`bench ${args.join(" ")} is refused as a mistake in the call`, async () => {
    await assertRejects(() => runHere(bench, args), UsageError);
  });
}
