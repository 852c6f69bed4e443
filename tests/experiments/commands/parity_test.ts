import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { parity } from "../../../experiments/commands/parity.ts";
import { UsageError } from "../../../experiments/commands/flags.ts";
import { testWith } from "../../support/test_with.ts";
import { header, sealed, weightBytes } from "../parity/a_trace.ts";
import { runHere, testInFolder } from "../../support/run_here.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const madeUp = { "t.json": bytes(await sealed(header())), "t.weights.f32": weightBytes() };

/** Writes the first steps of the given trace, changed, as `trace` in a folder. */
async function writeTrace(
  folder: string,
  change: (json: Record<string, number[]>) => void = () => {},
): Promise<string> {
  const given = new URL("../../reference/pytorch-seed7", import.meta.url);
  const { checksum: _, ...json } = JSON.parse(await Deno.readTextFile(new URL(`${given}.json`)));
  for (const measure of ["loss", "x_res", "x_in"]) json[measure].splice(5);
  change(json);
  const weights = await Deno.readFile(new URL(`${given}.weights.f32`));
  await Deno.writeTextFile(`${folder}/trace.json`, await sealed({ ...json, steps: 5 }, weights));
  await Deno.writeFile(`${folder}/trace.weights.f32`, weights);
  return `${folder}/trace`;
}

Deno.test("parity --help prints every flag", async () => {
  const { status, out } = await runHere(parity, ["--help"]);
  assertEquals(status, 0);
  for (const flag of ["reference", "backend", "steps", "seal"]) {
    assertMatch(out, new RegExp(`^  --${flag} `, "m"));
  }
});

testWith("parity replays the given trace and holds every limit", {
  needs: ["read"],
  fn: async () => {
    const { status, out, err } = await runHere(parity, ["--backend", "wasm", "--steps", "6"]);
    assertEquals(status, 0);
    assertEquals(out.match(/: ok$/gm)?.length, 9);
    assertEquals(out.match(/^ +\d+ /gm)?.map(Number), [0, 5]); // the steps shown
    assertMatch(err, /^wasm, as asked(, on \d+ threads)?\nstep 1\/6 .*\nstep 6\/6 /);
  },
});

testInFolder("parity replays another trace, with fewer steps", {}, async (folder) => {
  const prefix = await writeTrace(folder);
  const { status, out } = await runHere(parity, ["--reference", prefix, "--backend", "wasm"]);
  assertEquals(status, 0);
  assertEquals(out.match(/^ +\d+ /gm)?.map(Number), [0, 4]);
  assertStringIncludes(out, "mean of steps 0–4");
});

for (const measure of ["loss", "x_res", "x_in"]) {
  testInFolder(
    `parity with a trace of another ${measure} fails and says so`,
    {},
    async (folder) => {
      const prefix = await writeTrace(
        folder,
        (json) => json[measure] = json[measure].map((v) => 2 * v),
      );
      const { status, out } = await runHere(parity, ["--reference", prefix, "--backend", "wasm"]);
      assertEquals(status, 1);
      const past = out.match(/^\w+(?= .*PAST ITS LIMIT$)/gm);
      assertEquals(past, [measure, measure, measure]);
    },
  );
}

testInFolder("parity for more steps than the trace has is refused", madeUp, async (folder) => {
  await assertRejects(
    () => runHere(parity, ["--reference", `${folder}/t`, "--steps", "3"]),
    UsageError,
    "--steps must be at most the trace's 2, got 3",
  );
});

testWith("parity without the trace's files names the one that is missing", {
  needs: ["read"],
  fn: async () => {
    await assertRejects(
      () => runHere(parity, ["--reference", "no/such/trace"]),
      Error,
      "Cannot read the trace's no/such/trace.json: ",
    );
  },
});

testInFolder("parity without the trace's weights names their file", {
  "t.json": madeUp["t.json"],
}, async (folder) => {
  await assertRejects(
    () => runHere(parity, ["--reference", `${folder}/t`]),
    Error,
    `Cannot read the trace's ${folder}/t.weights.f32: `,
  );
});

testInFolder("parity with a trace that is not JSON is refused", {
  ...madeUp,
  "t.json": bytes("not JSON"),
}, async (folder) => {
  await assertRejects(
    () => runHere(parity, ["--reference", `${folder}/t`]),
    TypeError,
    "Cannot read the trace: its JSON cannot be read: ",
  );
});

testInFolder("parity with a trace whose weights are cut is refused", {
  ...madeUp,
  "t.weights.f32": weightBytes().subarray(4),
}, async (folder) => {
  await assertRejects(
    () => runHere(parity, ["--reference", `${folder}/t`]),
    RangeError,
    "its weights must be 321128 bytes, the network's, got 321124",
  );
});

testInFolder("parity --seal prints a trace with its checksum, which parity then reads", {
  ...madeUp,
  "t.json": bytes(JSON.stringify(header())),
}, async (folder) => {
  const flags = ["--reference", `${folder}/t`];
  await assertRejects(() => runHere(parity, flags), TypeError, "it must have a checksum, got none");
  const { status, out } = await runHere(parity, [...flags, "--seal"]);
  assertEquals([status, out], [0, await sealed(header())]);
  await Deno.writeTextFile(`${folder}/t.json`, out);
  await assertRejects(() => runHere(parity, [...flags, "--steps", "3"]), UsageError, "at most");
});

testInFolder("parity --seal refuses flags of a replay", madeUp, async (folder) => {
  await assertRejects(
    () => runHere(parity, ["--reference", `${folder}/t`, "--seal", "--steps", "1"]),
    UsageError,
    "--steps has no meaning with --seal, for which nothing is replayed",
  );
});

testInFolder("parity with a trace in UTF-16 is refused", {
  ...madeUp,
  "t.json": Uint8Array.of(0xff, 0xfe, 0x7b, 0),
}, async (folder) => {
  await assertRejects(
    () => runHere(parity, ["--reference", `${folder}/t`]),
    Error,
    `Cannot read the trace's ${folder}/t.json: it must be text in UTF-8, got UTF-16`,
  );
});
