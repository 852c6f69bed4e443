import { assertEquals } from "@std/assert";
import { contenderResults } from "../../../experiments/benchmarks/contender_results.ts";

const contenders = [
  { name: "wasm", owner: "ours", peer: "PyTorch" },
  { name: "PyTorch", owner: "pytorch", peer: "PyTorch" },
] as const;

const samples = [
  { milliseconds: 30, peak: 200 },
  { milliseconds: 50, peak: 240 },
  { milliseconds: 40, peak: 220, note: "in the third round only" },
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
    peak: 220,
    ratio: 1,
  });
});

Deno.test("the ratio is the median divided by the peer's median", () => {
  const peer = [{ milliseconds: 16, peak: 300, note: "PyTorch 1.13" }];
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
  const peer = [{ milliseconds: 16, peak: 300, note: "PyTorch 1.13" }];
  const [, row] = contenderResults(contenders, [{ samples }, { samples: peer }], { flop });
  assertEquals("note" in row && row.note, "PyTorch 1.13");
});
