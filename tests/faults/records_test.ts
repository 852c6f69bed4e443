import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { formatRecord, sealRecord } from "../../src/record/record.ts";
import { sampleRecord } from "../figures/sample.ts";
import { temporaryFolder } from "../support/temporary_folder.ts";
import { testWith } from "../support/test_with.ts";
import { checkout, copyOf } from "./checkout.ts";
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

testTask(
  "figures does not use a finished run of other code",
  async (folder) => {
    const cwd = await checkout();
    const flags = ["--data", `${folder}/data`, "--any-data", "--backend", "wasm", "--workers", "1"];
    const draw = () =>
      runTask("figures", [...flags, "--steps", "1", "--out", `${folder}/out`], { cwd });
    const [trained, again] = [/^step 1\/1 /m, /^Drawn again from this machine's finished run/m];
    const source = `${cwd}/src/data/bilinear.ts`;
    const append = (text: string) => Deno.writeTextFile(source, text, { append: true });

    assertMatch((await draw()).err, trained);
    const record = await contentsOf(`${folder}/out`);
    assertMatch((await draw()).err, again);
    assertEquals(await contentsOf(`${folder}/out`), record);
    await append("export const added = 1;\n");
    assertMatch((await draw()).err, trained);
    assertEquals(await contentsOf(`${folder}/out`), record);
  },
);

const PATHS = [
  "deno.json",
  "deno.lock",
  "mod.ts",
  "README.md",
  "tests/support/test_with.ts",
  "src",
  "experiments",
  "figures",
  "live",
  "dev",
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
