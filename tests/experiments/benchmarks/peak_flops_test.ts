import { assertEquals } from "@std/assert";
import { loopModule } from "../../../experiments/benchmarks/peak_flops.ts";

/** The sum over the chains, where each of x = 1 … 12 has become x/2 + 1 so many times. */
function expected(turns: number): number {
  let sum = 0;
  for (let chain = 1; chain <= 12; chain++) {
    let x = chain;
    for (let turn = 0; turn < turns; turn++) x = x / 2 + 1;
    sum += x;
  }
  return sum;
}

for (const turns of [1, 2, 10]) {
  Deno.test(`run for ${turns}, the loop that shows wasm's limit multiplies and adds so often in each chain`, () => {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(loopModule()));
    assertEquals((exports.run as (turns: number) => number)(turns), expected(turns));
  });
}
