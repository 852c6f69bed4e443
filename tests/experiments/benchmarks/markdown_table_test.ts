import { assertEquals, assertThrows } from "@std/assert";
import { digits, table } from "../../../experiments/benchmarks/markdown_table.ts";

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
