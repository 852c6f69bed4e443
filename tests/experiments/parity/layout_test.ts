import { assertEquals } from "@std/assert";
import { toChannelsLast } from "../../../experiments/parity/replay.ts";
import { testOn } from "../../support/on_backend.ts";

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
