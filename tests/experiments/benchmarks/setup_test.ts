import { assertEquals } from "@std/assert";
import { joinRuns } from "../../../experiments/benchmarks/setup.ts";

/** A run whose parts take so long. */
function run(...milliseconds: number[]) {
  const parts = ["Deno's start", "imports", "backend's start", "building the model", "first step"];
  return parts.map((part, i) => ({ part, milliseconds: milliseconds[i] }));
}

Deno.test("each part has its median over the processes, in the order of the way", () => {
  const { parts } = joinRuns([run(1, 10, 3, 4, 5), run(2, 30, 5, 6, 7), run(9, 20, 4, 5, 6)]);
  assertEquals(parts, run(2, 20, 4, 5, 6));
});

Deno.test("the way to a model is imports, backend and model, the median of the processes' sums", () => {
  const { toModel } = joinRuns([run(1, 10, 9, 1, 5), run(1, 30, 1, 1, 7), run(1, 20, 1, 9, 6)]);
  assertEquals(toModel, 30); // 20, 32, 30; the parts' medians would give 20 + 1 + 1
});
