/** Plain `deno test`, without a permission, in a copy in which one thing of the claims was changed. */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { copyOf } from "./checkout.ts";
import { temporaryFolder } from "../support/temporary_folder.ts";
import { testWith } from "../support/test_with.ts";

const PATHS = [
  ...["deno.json", "deno.lock", "mod.ts", "README.md", "tests/support/test_with.ts"],
  ...["src", "experiments", "figures", "live", "dev"],
];

interface Change {
  /** What is changed, in words. */
  readonly what: string;
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
  /** What the test says. */
  readonly says: RegExp;
}

const CHANGES: readonly Change[] = [
  {
    what: "one number in a record",
    file: "experiments/records/frozen/plain-adam/seed-3.json",
    from: /("loss": \[\s+\d\.\d)\d/,
    to: "$19",
    says:
      /claim 5, lower-layers-slowest\/\S+: Cannot use experiments\/records\/frozen\/plain-adam\/seed-3\.json: Cannot trust/,
  },
  {
    what: "one verdict in the README",
    file: "README.md",
    from: "1 supported, 1 refuted",
    to: "2 supported, 0 refuted",
    says: /claim 1, small-at-start: the records decide what README\.md does not say/,
  },
  {
    what: "one verdict in the report",
    file: "experiments/README.md",
    from: /(instances agree more at x_res than at x_in [^\n]*)\| refuted /,
    to: "$1| supported ",
    says:
      /claim 1, small-at-start\/clear: the records decide what experiments\/README\.md does not/,
  },
  {
    what: "one threshold in a claim",
    file: "experiments/claims/small_at_start.ts",
    from: "below: 1 / 2",
    to: "below: 1 / 3",
    says:
      /claim 1, small-at-start\/small: the records decide what experiments\/README\.md does not say/,
  },
  {
    what: "the sign of one statistic",
    file: "experiments/claims/a_not_needed.ts",
    from: "residual.accuracy - residualA.accuracy",
    to: "residualA.accuracy - residual.accuracy",
    says:
      /claim 7, a-not-needed\/accuracy: the records decide what experiments\/README\.md does not say/,
  },
];

testWith(
  "a changed record, verdict, threshold or sign makes plain deno test fail by the claim's name",
  {
    needs: ["read", "write", "run"],
    fn: async () => {
      await using folder = await temporaryFolder();
      await Deno.mkdir(join(folder.path, "tests/support"), { recursive: true });
      await copyOf(PATHS, folder.path);
      const run = async () => {
        const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
          args: ["test", "--no-check", "--no-prompt", "experiments/claims_test.ts"],
          cwd: folder.path,
          env: { NO_COLOR: "1" },
          stdin: "null",
        }).output();
        return { code, text: [stdout, stderr].map((b) => new TextDecoder().decode(b)).join("") };
      };
      const unchanged = await run();
      assertEquals(unchanged.code, 0, unchanged.text);
      for (const { what, file, from, to, says } of CHANGES) {
        const path = join(folder.path, file);
        const text = await Deno.readTextFile(path);
        const changed = text.replace(from, to);
        assert(changed !== text, what);
        await Deno.writeTextFile(path, changed);
        const { code, text: said } = await run();
        assertEquals(code, 1, what);
        assertMatch(said, says, what);
        await Deno.writeTextFile(path, text);
      }
    },
  },
);
