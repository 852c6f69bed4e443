import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { formatRecord, sealRecord } from "../../src/record/record.ts";
import { fileSystem } from "../../src/saving/file_system.ts";
import { gzip } from "../data/gzip.ts";
import { makePipe } from "../data/make_pipe.ts";
import { sampleRecord } from "../figures/sample.ts";
import { temporaryFolder } from "../support/temporary_folder.ts";
import { testWith } from "../support/test_with.ts";
import { checkout, copyOf, ROOT } from "./checkout.ts";
import { contentsOf } from "./contents.ts";
import { runTask, testTask } from "./task.ts";

const IMAGES = "train-images-idx3-ubyte";
const LABELS = "train-labels-idx1-ubyte";

/** What happens to the folder of data, and what figures then says of which file. */
const faults: readonly [string, (folder: string) => Promise<void>, RegExp][] = [
  [
    "is missing",
    (folder) => Deno.remove(`${folder}/${LABELS}`),
    /^Cannot find train-labels-idx1-ubyte in .*\/data: the folder must hold it/,
  ],
  [
    "is cut short",
    (folder) => Deno.truncate(`${folder}/${IMAGES}`, 5000),
    /train-images-idx3-ubyte.*5000/,
  ],
  [
    "has a byte too many",
    (folder) => Deno.writeFile(`${folder}/${IMAGES}`, Uint8Array.of(0), { append: true }),
    /train-images-idx3-ubyte/,
  ],
  ["is swapped with another", async (folder) => {
    await Deno.rename(`${folder}/${IMAGES}`, `${folder}/swapped`);
    await Deno.rename(`${folder}/${LABELS}`, `${folder}/${IMAGES}`);
    await Deno.rename(`${folder}/swapped`, `${folder}/${LABELS}`);
  }, /train-images-idx3-ubyte/],
  ["is gzipped and cut", async (folder) => {
    const packed = await gzip(await Deno.readFile(`${folder}/${IMAGES}`));
    await Deno.writeFile(`${folder}/${IMAGES}.gz`, packed.slice(0, -100));
    await Deno.remove(`${folder}/${IMAGES}`);
  }, /^Cannot unpack .*train-images-idx3-ubyte\.gz: it must be one whole gzip stream/],
  ["is gzipped and has a bit flipped", async (folder) => {
    const packed = await gzip(await Deno.readFile(`${folder}/${IMAGES}`));
    packed[packed.length >> 1] ^= 1;
    await Deno.writeFile(`${folder}/${IMAGES}.gz`, packed);
    await Deno.remove(`${folder}/${IMAGES}`);
  }, /^Cannot unpack .*train-images-idx3-ubyte\.gz: it must be one whole gzip stream/],
  ["has a bit flipped in its head", async (folder) => {
    const bytes = await Deno.readFile(`${folder}/${IMAGES}`);
    bytes[7] ^= 1;
    await Deno.writeFile(`${folder}/${IMAGES}`, bytes);
  }, /train-images-idx3-ubyte/],
];

for (const [fault, damage, sentence] of faults) {
  testTask(
    `a file of data that ${fault} ends figures with one sentence about it`,
    async (folder) => {
      await damage(`${folder}/data`);
      const args = ["--data", `${folder}/data`, "--any-data", "--out", `${folder}/out`];
      const { status, out, err } = await runTask("figures", args, { cwd: await checkout() });
      assertEquals([status, out, err.trimEnd().split("\n").length], [1, "", 1], err);
      assertMatch(err, sentence);
      assertEquals(await contentsOf(`${folder}/out`), {});
    },
  );
}

/** What a path may lead to, and what a command then says of it. */
const kinds: readonly [what: string, make: (path: string) => Promise<void>, said: RegExp][] = [
  ["a pipe", makePipe, /: it must be a file, got a pipe$/],
  ["a device", (path) => Deno.symlink("/dev/zero", path), /: it must be a file, got a device$/],
  ["a folder", (path) => Deno.mkdir(path), /: it must be a file, got a folder$/],
  ["a file of 8 GB", async (path) => {
    await Deno.writeFile(path, new Uint8Array());
    await Deno.truncate(path, 2 ** 33); // It is sparse.
  }, /: it can have at most 16777216 bytes, got 8589934592$/],
];

for (const [what, make, said] of kinds) {
  testTask(`${what} in a file's place ends every command with one sentence`, async (folder) => {
    const cell = `${folder}/records/article/residual`;
    await Deno.mkdir(cell, { recursive: true });
    const paths = ["x.json", "x.svg", "trace.json", "records/article/residual/seed-0.json"];
    for (const path of paths) {
      const place = `${folder}/${path}`;
      if (what !== "a folder" || !path.startsWith("records/")) await make(place);
    }
    const calls = [
      runTask("figures", ["--record", `${folder}/x.json`, "--out", `${folder}/out`], { cwd: ROOT }),
      runTask("export", [`${folder}/x.json`, "--to", "csv"], { cwd: ROOT }),
      runTask("verify", [`${folder}/x.svg`], { cwd: ROOT }),
      runTask("parity", ["--reference", `${folder}/trace`], { cwd: ROOT }),
      // A folder there holds further records.
      ...what === "a folder"
        ? []
        : [runTask("claims", ["--records", `${folder}/records`], { cwd: ROOT })],
    ];
    for (const { status, out, err } of await Promise.all(calls)) {
      assertEquals([status, out, err.trimEnd().split("\n").length], [1, "", 1], err);
      assertMatch(err.trimEnd(), said);
    }
  });

  testTask(`${what} in the place of a saved model's files is refused`, async (folder) => {
    await make(`${folder}/model.json`);
    const { message } = await fileSystem(folder).load().then(
      () => new Error("it was loaded"),
      (error: Error) => error,
    );
    const limit = 64 * 2 ** 20;
    assertMatch(message.replace(`${limit}`, "16777216"), said);
  });
}

const recordFaults: readonly [string, (text: string) => string, RegExp][] = [
  ["damaged", (text) => text.replace("0.05", "0.06"), /Cannot trust the run record: its contents/],
  ["cut short", (text) => text.slice(0, -9), /Cannot read the run record: /],
  ["of another program", () => `{"runs": []}`, /its format must be residual-connection\/run@1/],
  ["older", (text) => text.replace("run@1", "run@0"), /got "residual-connection\/run@0"/],
  ["newer", (text) => text.replace("run@1", "run@2"), /got "residual-connection\/run@2"/],
];

for (const [fault, change, sentence] of recordFaults) {
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

/** Changes, those together of which none hides what the test says of another. */
const CHANGES: readonly (readonly Change[])[] = [[
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
    from: "2 supported, 1 refuted",
    to: "3 supported, 0 refuted",
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
    what: "the sign of one statistic",
    file: "experiments/claims/a_not_needed.ts",
    from: "residual.accuracy - residualA.accuracy",
    to: "residualA.accuracy - residual.accuracy",
    says:
      /claim 7, a-not-needed\/accuracy: the records decide what experiments\/README\.md does not say/,
  },
], [
  {
    what: "one threshold in a claim",
    file: "experiments/claims/small_at_start.ts",
    from: "below: 1 / 2",
    to: "below: 1 / 3",
    says:
      /claim 1, small-at-start\/small: the records decide what experiments\/README\.md does not say/,
  },
]];

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
      for (const changes of CHANGES) {
        const before = new Map<string, string>();
        for (const { what, file, from, to } of changes) {
          const path = join(folder.path, file);
          const text = await Deno.readTextFile(path);
          const changed = text.replace(from, to);
          assert(changed !== text, what);
          before.set(path, text);
          await Deno.writeTextFile(path, changed);
        }
        const { code, text: said } = await run();
        assertEquals(code, 1);
        for (const { what, says } of changes) assertMatch(said, says, what);
        for (const [path, text] of before) await Deno.writeTextFile(path, text);
      }
    },
  },
);
