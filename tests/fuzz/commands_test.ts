/** The commands, with arguments and files that nobody should give them. */

import { assert, assertEquals, assertInstanceOf, assertMatch } from "@std/assert";
import fc from "fast-check";
import { claims } from "../../experiments/commands/claims.ts";
import { experiments } from "../../experiments/commands/experiments.ts";
import { figures } from "../../experiments/commands/figures.ts";
import { UsageError } from "../../experiments/commands/flags.ts";
import { parity } from "../../experiments/commands/parity.ts";
import { verify } from "../../experiments/commands/verify.ts";
import { live } from "../../live/live.ts";
import { runs } from "../support/generated.ts";
import { runHere } from "../support/run_here.ts";
import { temporaryFolder } from "../support/temporary_folder.ts";
import { testWith } from "../support/test_with.ts";
import { attack, kindsIn } from "./mutations.ts";

const RUNS = runs({ sample: 200, full: 1000 });

const COMMANDS = { claims, experiments, figures, live, parity, verify };

for (const [name, command] of Object.entries(COMMANDS)) {
  Deno.test(`${name} reads any arguments beside --help, or refuses them with a sentence`, async () => {
    const { out: help } = await runHere(command, ["--help"]);
    const flags = [...new Set(help.match(/(?<=--)[a-z-]+/g))];
    assert(flags.length > 2, "the help text names the flags");
    const value = fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String));
    const flag = fc.constantFrom(...flags).map((flag) => `--${flag}`);
    const argument = fc.oneof(
      flag,
      fc.tuple(flag, value).map(([flag, value]) => `${flag}=${value}`),
      value,
      fc.constantFrom("--", "-", "---", "--=", "--no-fresh", "--__proto__", "-s", ""),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(argument, { maxLength: 5 }), async (args) => {
        try {
          const { status, out } = await runHere(command, ["--help", ...args]);
          assertEquals([status, out], [0, help]);
        } catch (error) {
          assertInstanceOf(error, UsageError);
          assertMatch(error.message, /^(--|Unknown flag --|Unexpected ")[^]*[^.]$/);
        }
      }),
      { numRuns: RUNS, seed: 1 },
    );
  });
}

testWith("of 1,000 changed files of each kind none is read that says anything else", {
  needs: ["read", "write"],
  fn: async () => {
    await using folder = await temporaryFolder();
    for (const kind of await kindsIn(folder.path)) {
      const { name, read, refused } = await attack(kind, { runs: 1000, seed: 1 });
      assert(read > 10 && refused > 100, `${name}: ${read} were read, ${refused} refused`);
    }
  },
});
