import {
  assertEquals,
  assertMatch,
  assertNotMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { bench } from "../../../experiments/benchmarks/bench.ts";
import { markdown } from "../../../experiments/benchmarks/markdown.ts";
import { UsageError } from "../../../experiments/commands/flags.ts";
import { runHere } from "../../support/run_here.ts";
import { report } from "./a_report.ts";

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

const text = markdown(report);

/** The cells of the row that begins with this name. */
function row(name: string): string[] {
  const line = text.split("\n").find((line) => line.startsWith(`| ${name} `))!;
  return line.split("|").slice(2, -1).map((cell) => cell.trim());
}

Deno.test("the report opens with the machine, its load and the date", () => {
  assertMatch(text, /^# A training step/);
  assertStringIncludes(text, "Made-up 9000, 2 cores, linux x86_64");
  assertStringIncludes(text, "Deno 2.0.0, TensorFlow.js 4.0.0; 2000-01-01T00:00:00.000Z");
  assertStringIncludes(text, "kept 0.25 of the cores busy");
});

Deno.test("a contender's row has its time, its rounds' range, ratio, GFLOPS and peak memory", () => {
  assertEquals(row("ours, wasm, 1 core"), ["40", "30–50", "1.25×", "40", "300"]);
});

Deno.test("a contender of one round has no range", () => {
  assertEquals(row("PyTorch, 1 thread")[1], "only one");
});

Deno.test("a report from a busy machine says that it is worth little", () => {
  const machine = { ...report.machine, load: 2 };
  assertStringIncludes(markdown({ ...report, machine }), "measure again when they are done");
  assertNotMatch(text, /measure again/);
});

Deno.test("an absent contender is in the table, and a note says why", () => {
  assertEquals(row("ours, WebGPU"), ["absent", "", "", "", ""]);
  assertStringIncludes(text, "- ours, WebGPU is absent: no adapter\n");
});

Deno.test("a note says what a contender ran on", () => {
  assertStringIncludes(text, "- PyTorch, 1 thread ran on PyTorch 9\n");
});

Deno.test("a product's distance is from the arithmetic's limit where that is the longer", () => {
  assertEquals(row("Conv2D 3×3, 3→5"), ["2", "20", "50.0 %", "25", "", "2"]);
});

Deno.test("another kernel's distance is from the memory's limit", () => {
  assertEquals(row("MaxPoolGrad"), ["1", "10", "25.0 %", "", "2", "5"]);
});

Deno.test("kernels below one per cent share a row", () => {
  assertEquals(row("2 others"), ["4", "0.4", "1.0 %", "", "", ""]);
  assertNotMatch(text, /Neg|Abs/);
});

Deno.test("what is left of the step is outside kernels, and the shares make a whole", () => {
  assertEquals(row("outside kernels"), ["", "9.6", "24.0 %", "", "", ""]);
  const wasm = text.slice(text.indexOf("## Ours on wasm, one core, by kernel"));
  const shares = [...wasm.matchAll(/([\d.]+) %/g)].map(([, share]) => Number(share));
  assertEquals(shares.reduce((sum, share) => sum + share), 100);
});

Deno.test("a size has its time, that of an image, and GFLOPS", () => {
  assertEquals(row("batch 8, images 16×16, 64 channels"), ["4", "0.5", "25"]);
});

Deno.test("getting going has its parts and both ways", () => {
  assertEquals(row("imports"), ["400"]);
  assertEquals(row("from import to a built model"), ["600"]);
  assertEquals(row("from the start of `figures` to its first step"), ["900"]);
});

Deno.test("a short measurement says so, a whole one does not", () => {
  assertNotMatch(text, /--quick/);
  assertStringIncludes(markdown({ ...report, quick: true }), "Short measurement (--quick)");
});

Deno.test("a report read back from JSON gives the same text", () => {
  assertEquals(markdown(JSON.parse(JSON.stringify(report))), text);
});

Deno.test("a step on the GPU has its ratio to PyTorch's eager one, and what it asks of the device", () => {
  const captured = row("ours, captured");
  assertEquals(captured, ["32", "1", "1", "0.25×", "0.5", "88", "0", "1"]);
  assertEquals(row("TensorFlow.js, eager"), ["32", "1", "40", "10×", "", "300", "300", "20"]);
  assertEquals(row("Convolution"), ["9", "300", "75.0 %"]);
});

Deno.test("a machine without a GPU is said to have none", () => {
  const gpu = { absent: "only software" };
  assertStringIncludes(markdown({ ...report, gpu }), "Not measured: only software.\n");
});
