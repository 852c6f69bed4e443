/** `deno task figures`, which trains, and `--record FILE`, which draws a record of the user's. */

import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { figures } from "../../../experiments/commands/figures.ts";
import { UsageError } from "../../../experiments/commands/flags.ts";
import { plots } from "../../../figures/mod.ts";
import { formatRecord, type RunRecord, sealRecord } from "../../../src/record/record.ts";
import { sampleRecord } from "../../figures/sample.ts";
import { forget, namesIn, recordIn, runHere, testInFolder } from "../../support/run_here.ts";
import { smallFiles } from "../../support/small_data.ts";

const FILES = [
  "residual-a.svg",
  "residual-experiment.json",
  "residual-experiment.svg",
  "residual.svg",
];

/** The flags of a run on the made-up data in a folder, with its figures in `out` below it. */
function flags(folder: string, ...more: string[]): string[] {
  const out = `${folder}/out`;
  return ["--data", folder, "--any-data", "--backend", "wasm", "--out", out, ...more];
}

/** Registers a test with the made-up data in a folder; the runs in `out` there are forgotten. */
function test(name: string, fn: (folder: string) => Promise<void>): void {
  testInFolder(name, smallFiles(), async (folder) => {
    try {
      await fn(folder);
    } finally {
      await forget(`${folder}/out`).catch(() => {}); // Not every test writes a record.
    }
  });
}

async function contents(folder: string): Promise<string[]> {
  return await Promise.all(FILES.map((name) => Deno.readTextFile(`${folder}/${name}`)));
}

Deno.test("figures --help prints every flag and draws nothing", async () => {
  const { status, out, err } = await runHere(figures, ["--only", "residual", "--help"]);
  assertEquals([status, err], [0, ""]);
  for (const flag of ["backend", "seed", "steps", "data", "any-data", "out", "fresh", "only"]) {
    assertMatch(out, new RegExp(`^  --${flag} `, "m"));
  }
});

for (const args of [["--bogus"], ["--steps", "0"], ["--only", "x"], ["--data", ""], ["--out="]]) {
  Deno.test(`figures ${args.join(" ")} is refused as a mistake in the call`, async () => {
    await assertRejects(() => runHere(figures, args), UsageError);
  });
}

test("figures trains, writes four files and prints their paths and the verdict", async (folder) => {
  const { status, out, err } = await runHere(figures, flags(folder));
  const lines = out.trimEnd().split("\n");
  assertEquals(status, 0);
  assertEquals(await namesIn(`${folder}/out`), FILES);
  assertEquals(lines.slice(0, -1).sort(), FILES.map((name) => `${folder}/out/${name}`));
  assertMatch(lines.at(-1)!, /^The gradient norm at x_in is .*; .*; test accuracy \d+\.\d %\.$/);
  assertMatch(err, /^wasm, as asked(, on \d+ threads)?\nstep 1\/3 .*\nstep 3\/3 .*\ntesting\n$/);
});

test("figure and record say that other data was trained on, for one epoch of it", async (folder) => {
  await runHere(figures, flags(folder));
  const { configuration, columns } = await recordIn(`${folder}/out`);
  assertMatch(String(configuration.data), /^other data of MNIST's form \([0-9a-f]{8}\)$/);
  assertEquals([configuration.steps, columns.step], [3, [0, 1, 2]]);
  const svg = await Deno.readTextFile(`${folder}/out/residual-experiment.svg`);
  assertStringIncludes(svg, `not MNIST: ${configuration.data}`);
});

test("figures draws a finished run of the same key again, and says so", async (folder) => {
  await runHere(figures, flags(folder));
  const before = await contents(`${folder}/out`);
  const { status, err } = await runHere(figures, flags(folder));
  assertEquals(status, 0);
  assertMatch(
    err,
    /^wasm, as asked.*\nDrawn again from this machine's finished run of the same key; --fresh trains\n$/,
  );
  assertEquals(await contents(`${folder}/out`), before);
});

test("figures --workers gives the same numbers for any number, and the record says which", async (folder) => {
  const columns: unknown[] = [];
  for (const workers of [3, 1]) {
    await runHere(figures, flags(folder, "--workers", String(workers)));
    const record = await recordIn(`${folder}/out`);
    assertEquals(record.configuration.workers, workers);
    columns.push(record.columns);
    await forget(`${folder}/out`);
  }
  await runHere(figures, flags(folder));
  const record = await recordIn(`${folder}/out`);
  assertEquals(record.configuration.workers, undefined);
  assertEquals(columns, [record.columns, record.columns]);
});

test("figures --workers gives the same bytes from one execution to the next", async (folder) => {
  await runHere(figures, flags(folder, "--workers", "2"));
  const before = await contents(`${folder}/out`);
  const { err } = await runHere(figures, flags(folder, "--workers", "2", "--fresh"));
  assertMatch(err, /^wasm, as asked, on 2 threads\nstep 1\/3 .*\nstep 3/);
  assertEquals(await contents(`${folder}/out`), before);
});

test("figures --fresh trains again, to the same bytes", async (folder) => {
  await runHere(figures, flags(folder));
  const before = await contents(`${folder}/out`);
  const { err } = await runHere(figures, flags(folder, "--fresh"));
  assertStringIncludes(err, "step 3/3");
  assertEquals(await contents(`${folder}/out`), before);
});

for (const other of [["--seed", "1"], ["--steps", "2"]]) {
  test(`figures ${other.join(" ")} is another key: it trains`, async (folder) => {
    await runHere(figures, flags(folder));
    await forget(`${folder}/out`);
    const { err } = await runHere(figures, flags(folder, ...other));
    assertMatch(err, /^step \d\/\d/m);
    const { configuration } = await recordIn(`${folder}/out`);
    assertEquals(configuration[other[0].slice(2)], Number(other[1]));
  });
}

test("figures for more steps than one epoch of the data is refused", async (folder) => {
  const { message } = await assertRejects(
    () => runHere(figures, flags(folder, "--steps", "4")),
    UsageError,
  );
  assertMatch(
    message,
    /^--steps must be at most 3, one epoch of other data .* in batches of 32, got 4$/,
  );
  assertEquals(await namesIn(`${folder}/out`), []);
});

test("figures without --any-data refuses other data, and writes nothing", async (folder) => {
  const args = ["--data", folder, "--backend", "wasm", "--out", `${folder}/out`];
  await assertRejects(() => runHere(figures, args), RangeError, "--any-data");
  assertEquals(await namesIn(`${folder}/out`), []);
});

test("figures --only residual-experiment writes that figure and its record", async (folder) => {
  await runHere(figures, flags(folder, "--only", "residual-experiment"));
  assertEquals(await namesIn(`${folder}/out`), FILES.slice(1, 3));
});

testInFolder(
  "figures --all draws every figure, and writes no record of its own",
  {},
  async (folder) => {
    const { status, err } = await runHere(figures, ["--all", "--out", `${folder}/out`]);
    assertEquals([status, err], [0, ""]);
    assertEquals(
      await namesIn(`${folder}/out`),
      (await namesIn("figures/out")).filter((name) => name.endsWith(".svg")),
    );
  },
);

for (const moment of ["step", "testing"]) {
  test(`figures stopped at its first ${moment} writes and keeps nothing`, async (folder) => {
    const controller = new AbortController();
    const reason = new DOMException("Stopped", "AbortError");
    const args = flags(folder, "--fresh");
    await assertRejects(
      () => {
        const running = runHere(figures, args, { signal: controller.signal });
        const write = Deno.stderr.writeSync;
        Deno.stderr.writeSync = (bytes) => {
          if (new TextDecoder().decode(bytes).startsWith(moment)) controller.abort(reason);
          return write(bytes);
        };
        return running;
      },
      DOMException,
      "Stopped",
    );
    assertEquals(await namesIn(`${folder}/out`), []);
  });
}

testInFolder("figures --only residual needs neither data nor backend", {}, async (folder) => {
  const args = ["--only", "residual", "--data", "no/such/folder", "--out", `${folder}/a/b`];
  const { status, out, err } = await runHere(figures, args);
  assertEquals([status, out, err], [0, `${folder}/a/b/residual.svg\n`, ""]);
  assertMatch(await Deno.readTextFile(`${folder}/a/b/residual.svg`), /^<svg|^<\?xml/);
});

testInFolder("figures with files that are not IDX names the first", {
  "train-images-idx3-ubyte": new Uint8Array(100),
}, async (folder) => {
  for (const more of [[], ["--any-data"]]) {
    await assertRejects(
      () => runHere(figures, ["--data", folder, "--out", `${folder}/out`, ...more]),
      Error,
      `${folder}`,
    );
  }
  assertEquals(await namesIn(`${folder}/out`), []);
});

testInFolder("figures into a file instead of a folder fails by sentence", {
  out: new Uint8Array(0),
}, async (folder) => {
  await assertRejects(
    () => runHere(figures, ["--only", "residual", "--out", `${folder}/out`]),
    Error,
    `Cannot write ${folder}/out/residual.svg: `,
  );
  assert((await Deno.stat(`${folder}/out`)).isFile);
});

/** Registers a test with a record as `mine.json`. */
function testWithRecord(
  name: string,
  fn: (folder: string, record: RunRecord) => Promise<void>,
): void {
  testInFolder(name, {}, async (folder) => {
    const record = await sealRecord({ ...sampleRecord(30), results: { test_accuracy: 0.5 } });
    await Deno.writeTextFile(`${folder}/mine.json`, formatRecord(record));
    await fn(folder, record);
  });
}

const draw = (folder: string, ...more: string[]) =>
  runHere(figures, ["--record", `${folder}/mine.json`, "--out", `${folder}/out`, ...more]);

testWithRecord(
  "figures --record draws the article's figure from the record, and trains nothing",
  async (folder, record) => {
    const { status, out, err } = await draw(folder);
    assertEquals([status, err], [0, ""]);
    assertEquals(await namesIn(`${folder}/out`), [
      "residual-experiment.json",
      "residual-experiment.svg",
    ]);
    const written = await Deno.readTextFile(`${folder}/out/residual-experiment.svg`);
    assertEquals(written, plots["residual-experiment"](record));
    const kept = await Deno.readTextFile(`${folder}/out/residual-experiment.json`);
    assertEquals(kept, formatRecord(record));
    assertMatch(out, /\nThe gradient norm at x_in is .* test accuracy 50\.0 %\.\n$/);
  },
);

testWithRecord(
  "figures --record reads UTF-8 with and without a byte order mark, and refuses UTF-16",
  async (folder, record) => {
    await Deno.writeTextFile(`${folder}/mine.json`, `\ufeff${formatRecord(record)}`);
    assertEquals((await draw(folder)).status, 0);
    const kept = await Deno.readTextFile(`${folder}/out/residual-experiment.json`);
    assertEquals(kept, formatRecord(record));
    const units = Uint16Array.from(formatRecord(record), (unit) => unit.charCodeAt(0));
    await Deno.writeFile(`${folder}/mine.json`, new Uint8Array(units.buffer));
    await assertRejects(
      () => draw(folder),
      Error,
      `${folder}/mine.json: Cannot read the run record: it must be text in UTF-8, got UTF-16`,
    );
  },
);

for (
  const flag of [
    ["--backend", "wasm"],
    ["--seed", "1"],
    ["--steps", "3"],
    ["--workers", "2"],
    ["--data", "x"],
    ["--any-data"],
    ["--fresh"],
    ["--all"],
    ["--only", "residual"],
  ]
) {
  Deno.test(`figures --record refuses ${flag[0]}, for it trains nothing`, async () => {
    await assertRejects(
      () => runHere(figures, ["--record", "x.json", ...flag]),
      UsageError,
      `${flag[0]} has no meaning with --record`,
    );
  });
}

for (
  const [what, change, sentence] of [
    ["damaged", ["0.05", "0.06"], "Cannot trust the run record: its contents have checksum"],
    ["foreign", [/^[^]*$/, '{"name": "x"}'], "Cannot read the run record: its format must be"],
    ["newer", ["run@1", "run@2"], 'got "residual-connection/run@2"'],
    ["older", ["run@1", "run@0"], 'got "residual-connection/run@0"'],
    ["empty", [/^[^]*$/, ""], "Cannot read the run record: Unexpected end of JSON input"],
  ] as const
) {
  testWithRecord(
    `figures --record refuses a record that is ${what} by the parser's sentence`,
    async (folder, record) => {
      const text = formatRecord(record).replace(change[0], change[1]);
      await Deno.writeTextFile(`${folder}/mine.json`, text);
      const { message } = await assertRejects(() => draw(folder), Error, sentence);
      assertStringIncludes(message, `${folder}/mine.json: `);
      assertEquals(await namesIn(`${folder}/out`), []);
    },
  );
}

testWithRecord("figures --record refuses a file that is not there by name", async (folder) => {
  await Deno.remove(`${folder}/mine.json`);
  await assertRejects(
    () => draw(folder),
    Deno.errors.NotFound,
    `Cannot find the run record ${folder}/mine.json: a file must be there`,
  );
});

testWithRecord(
  "figures --record draws a record without the article's columns with a panel for each of its own",
  async (folder) => {
    const record = await sealRecord({
      configuration: {},
      environment: {},
      results: {},
      columns: { step: [0, 1], loss: [-1, -2], accuracy: [0.5, null] },
    });
    await Deno.writeTextFile(`${folder}/mine.json`, formatRecord(record));
    const { status, out } = await draw(folder);
    assertEquals([status, out], [0, `${folder}/out/run.svg\n${folder}/out/run.json\n`]);
    assertEquals(await Deno.readTextFile(`${folder}/out/run.svg`), plots["run"](record));
  },
);

testWithRecord("figures --record --only run draws any record's columns", async (folder, record) => {
  assertEquals((await draw(folder, "--only", "run")).status, 0);
  assertEquals(await namesIn(`${folder}/out`), ["run.json", "run.svg"]);
  assertEquals(await Deno.readTextFile(`${folder}/out/run.svg`), plots["run"](record));
});

testWithRecord(
  "figures --record refuses a record that lacks what the figure shows",
  async (folder) => {
    const { x_in: _, ...columns } = sampleRecord(3).columns;
    const record = await sealRecord({ ...sampleRecord(3), columns });
    await Deno.writeTextFile(`${folder}/mine.json`, formatRecord(record));
    await assertRejects(
      () => draw(folder, "--only", "residual-experiment"),
      TypeError,
      "the record must have a column x_in",
    );
    assertEquals(await namesIn(`${folder}/out`), []);
  },
);
