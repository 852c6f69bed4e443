import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import { articleNetwork } from "../../../experiments/article/networks.ts";
import { checksOf, holds, relativeDifferences } from "../../../experiments/parity/compare.ts";
import { replay, setWeights, toChannelsLast } from "../../../experiments/parity/replay.ts";
import { type Curves, parseTrace, type Trace } from "../../../experiments/parity/trace.ts";
import { loadMnist } from "../../../mod.ts";
import { testOn } from "../../support/on_backend.ts";
import { smallData } from "../../support/small_data.ts";
import { testWith } from "../../support/test_with.ts";
import { webgpu } from "../../support/webgpu.ts";
import { header, sealed, weightBytes } from "./a_trace.ts";

/** The given trace of PyTorch, seed 7, 300 steps. */
async function pytorch(): Promise<Trace> {
  const file = (name: string) => new URL(`../../reference/pytorch-seed7.${name}`, import.meta.url);
  const [json, weights] = await Promise.all([
    Deno.readTextFile(file("json")),
    Deno.readFile(file("weights.f32")),
  ]);
  return await parseTrace(json, weights);
}

async function madeUp(): Promise<Trace> {
  return await parseTrace(await sealed(header()), weightBytes());
}

function firstSteps({ loss, x_res, x_in }: Curves, steps: number): Curves {
  const cut = (curve: readonly number[]) => curve.slice(0, steps);
  return { loss: cut(loss), x_res: cut(x_res), x_in: cut(x_in) };
}

testWith("the given trace parses: 300 steps, 80,282 numbers within ±1/√fan_in", {
  needs: ["read"],
  fn: async () => {
    const { steps, weights } = await pytorch();
    assertEquals(steps, 300);
    const all = Object.values(weights);
    assertEquals(all.reduce((sum, { values }) => sum + values.length, 0), 80_282);
    assert(weights["cls.weight"].values.every((value) => Math.abs(value) <= 1 / 16));
    assert(all.every(({ values }) => values.every((value) => Math.abs(value) <= 1 / 4)));
  },
});

testOn("wasm", "20 replayed steps keep within every limit of PyTorch's", async () => {
  const trace = await pytorch();
  const ours = await replay(trace, { data: await loadMnist(), steps: 20 });
  const past = checksOf(ours, firstSteps(trace.curves, 20)).filter((check) => !holds(check));
  assertEquals(past, []);
});

testOn(webgpu, "two replayed steps are PyTorch's to 1e-4", async () => {
  const trace = await pytorch();
  const ours = await replay(trace, { data: await loadMnist(), steps: 2 });
  const theirs = firstSteps(trace.curves, 2);
  for (const measure of ["loss", "x_res", "x_in"] as const) {
    assertLess(Math.max(...relativeDifferences(ours[measure], theirs[measure])), 1e-4, measure);
  }
}, { needs: ["read"] });

testOn("cpu", "a replay starts from the trace's weights, in TensorFlow.js's layouts", async () => {
  const model = articleNetwork();
  setWeights(model, await madeUp());
  const weight = (name: string) =>
    model.weights.find(({ originalName }) => originalName === name)!.read().dataSync();
  // b1c1.bias is at 432 in the file. In [out, in, kh, kw] = [16, 3, 3, 3], 27 numbers are from one
  // output to the next and 9 from one input to the next.
  assertEquals(weight("b1c1/bias")[15], (432 + 15) / 1024);
  assertEquals([...weight("b1c1/kernel").slice(0, 3)], [0, 27 / 1024, 54 / 1024]);
  assertEquals(weight("b1c1/kernel")[16], 9 / 1024);
  model.dispose();
});

testOn("cpu", "a replay of more steps than the data has batches is refused", async () => {
  await assertRejects(
    async () => replay(await madeUp(), { data: smallData(), steps: 4 }),
    RangeError,
    "Cannot replay 4 steps: made up has 3 batches",
  );
});

testOn("wasm", "a replay ends with its signal's reason", async () => {
  const controller = new AbortController();
  const stopped = replay(await pytorch(), {
    data: smallData(),
    steps: 3,
    signal: controller.signal,
  });
  controller.abort(new Error("enough"));
  await assertRejects(() => stopped, Error, "enough");
});

/** Converts a weight that holds 0, 1, 2 … */
function convert(shape: readonly number[]): { shape: number[]; values: number[] } {
  const length = shape.reduce((product, size) => product * size);
  const tensor = toChannelsLast({ shape, values: Float32Array.from({ length }, (_, i) => i) });
  const values = Array.from(tensor.dataSync());
  tensor.dispose();
  return { shape: tensor.shape, values };
}

testOn("cpu", "a bias stays as it is", () => {
  assertEquals(convert([3]), { shape: [3], values: [0, 1, 2] });
});

testOn("cpu", "a convolution's [out, in, kh, kw] becomes [kh, kw, in, out]", () => {
  // Two outputs, one input, one row of three: output 0 has 0 1 2, output 1 has 3 4 5.
  assertEquals(convert([2, 1, 1, 3]), { shape: [1, 3, 1, 2], values: [0, 3, 1, 4, 2, 5] });
  // One output, two inputs, a column of two: input 0 has 0 above 1, input 1 has 2 above 3.
  assertEquals(convert([1, 2, 2, 1]), { shape: [2, 1, 2, 1], values: [0, 2, 1, 3] });
});

testOn(
  "cpu",
  "the classifier's inputs go from channel, row, column to row, column, channel",
  () => {
    // One output, three channels of 2×2 pixels: 0 1 / 2 3, then 4 5 / 6 7, then 8 9 / 10 11.
    const { shape, values } = convert([1, 12]);
    assertEquals(shape, [12, 1]);
    assertEquals(values, [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]);
  },
);

testOn("cpu", "the classifier's [out, in] becomes [in, out]", () => {
  assertEquals(convert([2, 4]), { shape: [4, 2], values: [0, 4, 1, 5, 2, 6, 3, 7] });
});
