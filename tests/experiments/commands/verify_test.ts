import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { UsageError } from "../../../experiments/commands/flags.ts";
import { verify } from "../../../experiments/commands/verify.ts";
import { claimFigures } from "../../../experiments/figures/mod.ts";
import { cachePath, writeCache } from "../../../experiments/runs/cache.ts";
import { readRecords } from "../../../experiments/runs/store.ts";
import { diagrams, plots } from "../../../figures/mod.ts";
import { formatRecord, type RunRecord, sealRecord } from "../../../src/record/record.ts";
import { escapeUnseen } from "../../../src/validate.ts";
import { type Changes, sampleRecord } from "../../figures/sample.ts";
import { runHere, testInFolder } from "../../support/run_here.ts";
import { testWith } from "../../support/test_with.ts";

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

const ARTICLE = { experiment: "article", case: "residual" };
const draw = plots["residual-experiment"];

/** The record of a run of the article's experiment. */
const recordOf = (changes: Changes = {}): Promise<RunRecord> =>
  sealRecord(sampleRecord(3, {
    environment: { tensorflow: "4", ...changes.environment },
    configuration: { ...ARTICLE, ...changes.configuration },
  }));

/** Verifies the figures of these names in a folder, with no other records than those in it. */
const verified = (folder: string, ...names: string[]) =>
  runHere(verify, [...names.map((name) => `${folder}/${name}`), "--records", `${folder}/records`]);

/** Registers a test with `x.svg` of a record and, beside it, `x.json`. */
function test(name: string, fn: (folder: string, record: RunRecord) => Promise<void>): void {
  testInFolder(name, {}, async (folder) => {
    const record = await recordOf();
    await Deno.writeTextFile(`${folder}/x.svg`, draw(record));
    await Deno.writeTextFile(`${folder}/x.json`, formatRecord(record));
    await fn(folder, record);
  });
}

test("a figure is what the record beside it draws, and verify says how to make both again", async (folder) => {
  const { status, out, err } = await verified(folder, "x.svg");
  assertEquals([status, err], [0, ""]);
  assertEquals(out.split("\n").slice(0, 5), [
    `${folder}/x.svg is what its record draws, byte for byte`,
    `  Its record is ${folder}/x.json, and its checksum holds`,
    "  seed 0 of article/residual, on wasm, TensorFlow.js 4",
    `  To draw it again: deno task figures --record ${folder}/x.json`,
    "  To train again: deno task figures --backend wasm --seed 0 --steps 3 --fresh",
  ]);
  assertMatch(
    out,
    /^ {2}Today's TensorFlow\.js is [\d.]+: training again may give other numbers$/m,
  );
});

testInFolder(
  "a figure of many runs is what the records of the experiments draw",
  {},
  async (folder) => {
    const seeds = [0, 1, 2, 4];
    const records = await Promise.all(seeds.map((seed) => recordOf({ configuration: { seed } })));
    await Deno.mkdir(`${folder}/records/article/residual`, { recursive: true });
    for (const [i, record] of records.entries()) {
      const path = `${folder}/records/article/residual/seed-${seeds[i]}.json`;
      await Deno.writeTextFile(path, formatRecord(record));
    }
    await Deno.writeTextFile(`${folder}/x.svg`, claimFigures["published-figure"](records));
    const { status, out } = await verified(folder, "x.svg");
    assertEquals(status, 0);
    assertEquals(out.split("\n").slice(0, 5), [
      `${folder}/x.svg is what its 4 records draw, byte for byte`,
      `  Its records are in ${folder}/records, and their checksums hold`,
      "  seeds 0, 1, 2, 4 of article/residual, on wasm, TensorFlow.js 4",
      "  To draw it again: deno task figures --only published-figure",
      "  To train again: deno task experiments article/residual --seeds 5 --fresh",
    ]);
  },
);

testInFolder(
  "a figure's record is found among this machine's finished runs",
  {},
  async (folder) => {
    const record = await recordOf({ configuration: { test: crypto.randomUUID() } });
    await Deno.writeTextFile(`${folder}/x.svg`, draw(record));
    await writeCache(record);
    try {
      const { status, out } = await verified(folder, "x.svg");
      assertEquals(status, 0);
      assertStringIncludes(out, `Its record is ${await cachePath(record)}, and`);
    } finally {
      await Deno.remove(await cachePath(record));
    }
  },
);

testInFolder("a drawing without data is what the code draws", {}, async (folder) => {
  await Deno.writeTextFile(`${folder}/x.svg`, diagrams["residual"]());
  assertEquals((await verified(folder, "x.svg")).out.split("\n"), [
    `${folder}/x.svg is what the code draws, byte for byte`,
    "  To draw it again: deno task figures --only residual",
    "",
  ]);
});

testWith("every committed figure is what its records draw", {
  needs: ["read"],
  fn: async () => {
    const names = [...Object.keys(diagrams), "residual-experiment", ...Object.keys(claimFigures)];
    const paths = names.map((name) => `figures/out/${name}.svg`);
    const { status, err } = await runHere(verify, paths);
    assertEquals([status, err], [0, ""]);
  },
});

testInFolder("a figure of a run of one's own is what its record draws", {}, async (folder) => {
  const record = await sealRecord({
    configuration: {},
    environment: {},
    results: {},
    columns: { step: [0, 1], loss: [-1, -2] },
  });
  await Deno.writeTextFile(`${folder}/mine.json`, formatRecord(record));
  await Deno.writeTextFile(`${folder}/x.svg`, plots["run"](record));
  assertEquals((await verified(folder, "x.svg")).out.split("\n"), [
    `${folder}/x.svg is what its record draws, byte for byte`,
    `  Its record is ${folder}/mine.json, and its checksum holds`,
    `  To draw it again: deno task figures --record ${folder}/mine.json --only run`,
    "",
  ]);
});

const commands: readonly [what: string, changes: Changes, lines: readonly string[]][] = [
  ["of some threads", { configuration: { workers: 2 } }, [
    "To train again: deno task figures --backend wasm --seed 0 --steps 3 --workers 2 --fresh",
  ]],
  ["of other data", { configuration: { data: "other" } }, [
    "To train again: deno task figures --backend wasm --seed 0 --steps 3 --data DIR --any-data --fresh",
  ]],
  ["on WebGPU", { environment: { backend: "webgpu", adapter: "a GPU" } }, [
    "seed 0 of article/residual, on webgpu (a GPU), TensorFlow.js 4",
    "To train again: deno task figures --backend webgpu --seed 0 --steps 3 --fresh",
    "Not on wasm: training again gives about the same numbers",
  ]],
  ["of another case", { configuration: { experiment: "depth", case: "plain-sgd-2", seed: 4 } }, [
    "To train again: deno task experiments depth/plain-sgd-2 --seeds 5 --fresh",
  ]],
];

for (const [what, changes, lines] of commands) {
  testInFolder(`verify says how to train again a run ${what}`, {}, async (folder) => {
    const record = await recordOf(changes);
    await Deno.writeTextFile(`${folder}/x.svg`, draw(record));
    await Deno.writeTextFile(`${folder}/x.json`, formatRecord(record));
    const { out } = await verified(folder, "x.svg");
    for (const line of lines) assertStringIncludes(out, `\n  ${line}\n`);
  });
}

testInFolder("verify names no command for a record of no experiment", {}, async (folder) => {
  const record = await sealRecord(sampleRecord(3));
  await Deno.writeTextFile(`${folder}/x.svg`, draw(record));
  await Deno.writeTextFile(`${folder}/x.json`, formatRecord(record));
  const { status, out } = await verified(folder, "x.svg");
  assertEquals(status, 0);
  assertStringIncludes(out, "seed 0 of variant residual, on wasm");
  assertEquals(out.includes("To train again"), false);
});

testInFolder(
  "a stranger's record can put nothing into the terminal or a command",
  {},
  async (folder) => {
    const record = await recordOf({
      configuration: { seed: "0; reboot", experiment: "article" },
      environment: { adapter: "\u001b[2J", backend: "$(reboot)" },
    });
    await Deno.writeTextFile(`${folder}/x y.svg`, draw(record));
    await Deno.writeTextFile(`${folder}/it's.json`, formatRecord(record));
    const { status, out } = await verified(folder, "x y.svg");
    assertEquals(status, 0);
    assertEquals(out.includes("\u001b") || out.includes("To train again"), false);
    assertStringIncludes(out, `deno task figures --record '${folder}/it'\\''s.json'\n`);
    assertStringIncludes(out, "  seed 0; reboot of ");
  },
);

/** What is wrong with the files of a figure, what makes it so, and what verify then says. */
const faults: readonly [string, (svg: string, json: string) => [string, string], RegExp][] = [
  ["no SVG", () => ["{}", ""], /: it must be an SVG file, got "{}"$/],
  ["no metadata", (svg, json) => [svg.replace(/<metadata>.*\n/, ""), json], /in <metadata>, got a/],
  [
    "another program's metadata",
    (svg, json) => [
      svg.replace(/<metadata>.*<\/metadata>/, `<metadata>{"machine":{}}</metadata>`),
      json,
    ],
    /its <metadata> must name the figure and the records that this package drew it from, got "{\\"machine/,
  ],
  [
    "no record",
    (svg) => [svg, "{}"],
    /must state it; to train it again: deno task figures --backend wasm --seed 0 --steps 3 --fresh$/,
  ],
  [
    "a changed record",
    (svg, json) => [
      svg,
      json.replace('"seed": 0', '"seed": 1'),
    ],
    /: cannot use .*x\.json: Cannot trust the run record: its contents have checksum [0-9a-f]{64}/,
  ],
  [
    "a record cut short",
    (svg, json) => [svg, json.slice(0, -50)],
    /: Cannot read the run record: /,
  ],
  ["a newer record", (svg, json) => [
    svg,
    json.replace("run@1", "run@2"),
  ], /its format must be residual-connection\/run@1, got "residual-connection\/run@2"$/],
  ["an edited curve", (svg, json) => [
    svg.replace(/ d="M(\d)/, (_, digit) => ` d="M${9 - digit}`),
    json,
  ], /: its line \d+ must have ".*", as its records draw it, got ".*": the file was edited, or/],
  ["an edited number in its metadata", (svg, json) => [
    svg.replace('"seed":0', '"seed":1'),
    json,
  ], /: its line 5 must have ".*\\"seed\\":0,.*", as its records draw it, got ".*\\"seed\\":1,/],
  ["a line more", (svg, json) => [`${svg}<!-- mine -->\n`, json], /must have "", .* got "<!-- mi/],
  ["its end cut off", (svg, json) => [svg.slice(0, -5), json], /: its line \d+ must have "/],
  ["another figure's name", (svg, json) => [
    svg.replace('"figure":"residual-experiment"', '"figure":"mine"'),
    json,
  ], /its <metadata> must name a figure of this package, got "mine"$/],
];

test(
  "what a figure says of itself reaches the terminal as escapes, and short",
  async (folder, record) => {
    const hostile = `\u009b31m\u202e\u2066${"x".repeat(2e6)}`;
    const svg = draw(record);
    const changed = [
      svg.replace(/<title>.*?<\/title>/, `<title>${hostile}</title>`),
      svg.replace(/<metadata>.*?<\/metadata>/, `<metadata>${hostile}</metadata>`),
      svg.replace("<desc>", `<desc>${hostile}`),
      hostile,
    ];
    for (const text of changed) {
      await Deno.writeTextFile(`${folder}/x.svg`, text);
      const { status, err } = await verified(folder, "x.svg");
      assertEquals(status, 1);
      assert(err.length < 500, err.slice(0, 500));
      assertMatch(err, /\\u009b31m\\u202e\\u2066x+…?"/);
      assertEquals(escapeUnseen(err.trimEnd()), err.trimEnd());
    }
  },
);

for (const [fault, change, sentence] of faults) {
  test(
    `a figure with ${fault} is refused in one sentence, and verify ends with 1`,
    async (folder, record) => {
      const [svg, json] = change(draw(record), formatRecord(record));
      await Deno.writeTextFile(`${folder}/x.svg`, svg);
      await Deno.writeTextFile(`${folder}/x.json`, json);
      const { status, out, err } = await verified(folder, "x.svg");
      assertEquals([status, out, err.split("\n").length], [1, "", 2]);
      assertMatch(err.trimEnd(), sentence);
      assertEquals(err.startsWith(`Cannot verify ${folder}/x.svg: `), true);
    },
  );
}

test("a figure that is not there, a folder, and a picture are refused by name", async (folder) => {
  await Deno.writeFile(`${folder}/x.png`, Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff));
  const { status, err } = await verified(folder, "none.svg", "x.png", "");
  assertEquals(status, 1);
  const [none, picture, itself] = err.split("\n");
  assertStringIncludes(none, `Cannot verify ${folder}/none.svg: ENOENT: no such file`);
  assertEquals(
    picture,
    `Cannot verify ${folder}/x.png: it must be an SVG file in UTF-8, got other bytes`,
  );
  assertStringIncludes(itself, `Cannot verify ${folder}/: `);
});

test("verify says of each of several figures whether it is sound", async (folder, record) => {
  await Deno.writeTextFile(`${folder}/y.svg`, draw(record).replace("loss", "lost"));
  const { status, out, err } = await verified(folder, "y.svg", "x.svg");
  assertEquals(status, 1);
  assertStringIncludes(out, `${folder}/x.svg is what its record draws`);
  assertStringIncludes(err, `Cannot verify ${folder}/y.svg: `);
});

for (const flag of [["--all"], ["--steps", "3"], ["--explain"], ["--workers", "2"]]) {
  Deno.test(`verify of a figure refuses ${flag[0]}, for it trains nothing`, async () => {
    await assertRejects(
      () => runHere(verify, ["x.svg", ...flag]),
      UsageError,
      `${flag[0]} has no meaning with figures`,
    );
  });
}

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
