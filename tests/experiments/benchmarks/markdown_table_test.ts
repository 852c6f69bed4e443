import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { contenderResults } from "../../../experiments/benchmarks/contender_results.ts";
import { digits, table } from "../../../experiments/benchmarks/markdown_table.ts";
import { runRounds } from "../../../experiments/benchmarks/rounds.ts";

Deno.test("a table's columns line up, numbers to the right", () => {
  assertEquals(
    table(["", "ms"], [["ours", "9.5"], ["PyTorch", "12.25"]]),
    [
      "|         |    ms |",
      "| ------- | ----: |",
      "| ours    |   9.5 |",
      "| PyTorch | 12.25 |",
      "",
    ].join("\n"),
  );
});

Deno.test("a bar or a line break in a cell does not end it", () => {
  assertEquals(table(["a|b"], [["c\nd"]]), "| a\\|b |\n| ---- |\n| c d  |\n");
});

Deno.test("a row with a cell too few is refused", () => {
  assertThrows(() => table(["a", "b"], [["1"]]), RangeError, "2 columns: got a row of 1");
});

const written: [number, string][] = [
  [0, "0"],
  [0.01234, "0.012"],
  [0.1234, "0.123"],
  [1.234, "1.23"],
  [12.34, "12.3"],
  [123.4, "123"],
  [54321.6, "54,322"],
  [2, "2"],
];
for (const [value, text] of written) {
  Deno.test(`${value} is written ${text}`, () => assertEquals(digits(value), text));
}

const contenders = [
  { name: "wasm", owner: "ours", peer: "PyTorch" },
  { name: "PyTorch", owner: "pytorch", peer: "PyTorch" },
] as const;

const samples = [
  { milliseconds: 30, limit: 60, peak: 200 },
  { milliseconds: 50, limit: 20, peak: 240 },
  { milliseconds: 40, limit: 50, peak: 220, note: "in the third round only" },
];
const flop = 1.6e9;

Deno.test("a row has the medians over the rounds, and every round's time", () => {
  const [row] = contenderResults(contenders, [{ samples }, { samples }], { flop });
  assertEquals(row, {
    name: "wasm",
    owner: "ours",
    milliseconds: 40,
    rounds: [30, 50, 40],
    gflops: 40, // 1.6e9 in 40 ms
    limit: 50,
    peak: 220,
    ratio: 1,
  });
});

Deno.test("the ratio is the median divided by the peer's median", () => {
  const peer = [{ milliseconds: 16, limit: 50, peak: 300, note: "PyTorch 1.13" }];
  const rows = contenderResults(contenders, [{ samples }, { samples: peer }], { flop });
  assertEquals(rows.map((row) => "ratio" in row && row.ratio), [2.5, 1]);
});

Deno.test("where the peer is absent there is no ratio, and its row says why", () => {
  const [ours, theirs] = contenderResults(contenders, [{ samples }, { absent: "no Python" }], {
    flop,
  });
  assertEquals("ratio" in ours, false);
  assertEquals(theirs, { name: "PyTorch", owner: "pytorch", absent: "no Python" });
});

Deno.test("a row says what it ran on", () => {
  const peer = [{ milliseconds: 16, limit: 50, peak: 300, note: "PyTorch 1.13" }];
  const [, row] = contenderResults(contenders, [{ samples }, { samples: peer }], { flop });
  assertEquals("note" in row && row.note, "PyTorch 1.13");
});

/** A benchmark that counts how often it ran. */
function counter(name: string, rounds?: number) {
  let turn = 0;
  return { name, rounds, measure: () => Promise.resolve(++turn) };
}

Deno.test("benchmarks run round by round: A B A B", async () => {
  const started: string[] = [];
  await runRounds([counter("A"), counter("B")], {
    rounds: 2,
    onStart: (name, round) => started.push(`${name}${round}`),
  });
  assertEquals(started, ["A0", "B0", "A1", "B1"]);
});

Deno.test("a benchmark of fewer rounds is left out of the last ones", async () => {
  const outcomes = await runRounds([counter("A"), counter("B", 1)], { rounds: 3 });
  assertEquals(outcomes, [{ samples: [1, 2, 3] }, { samples: [1] }]);
});

Deno.test("a benchmark that fails is absent with the error's message, and does not run again", async () => {
  let runs = 0;
  const measure = () => {
    runs++;
    return Promise.reject(new Error("no adapter"));
  };
  const outcomes = await runRounds([{ name: "A", measure }, counter("B")], { rounds: 2 });
  assertEquals(outcomes, [{ absent: "no adapter" }, { samples: [1, 2] }]);
  assertEquals(runs, 1);
});

Deno.test("aborted rounds end with the signal's reason, and no other benchmark runs", async () => {
  const controller = new AbortController();
  const first = {
    name: "A",
    measure: () => {
      controller.abort(new Error("enough"));
      return Promise.reject(new Error("killed"));
    },
  };
  const last = { name: "B", measure: () => Promise.reject(new Error("must not run")) };
  await assertRejects(
    () => runRounds([first, last], { rounds: 1, signal: controller.signal }),
    Error,
    "enough",
  );
});
