import { assertEquals, assertThrows } from "@std/assert";
import { onlyShape, sumShape } from "../../src/layers/residual_base.ts";

const to = "its input";

Deno.test("sumShape returns the shape that both sides have", () => {
  assertEquals(sumShape([null, 8, 8, 64], [null, 8, 8, 64], { to }), [null, 8, 8, 64]);
});

Deno.test("sumShape fills in a dimension that one side knows", () => {
  assertEquals(sumShape([null, 8, null], [32, null, null], { to }), [32, 8, null]);
});

Deno.test("sumShape refuses different sizes with both shapes in the message", () => {
  assertThrows(
    () => sumShape([null, 8, 8, 32], [null, 8, 8, 64], { to }),
    RangeError,
    "Cannot add the block's output to its input: shapes must be equal, " +
      "got [null,8,8,32] and [null,8,8,64]",
  );
});

Deno.test("sumShape refuses a dimension of 1, which an addition would broadcast", () => {
  assertThrows(
    () => sumShape([null, 8, 8, 1], [null, 8, 8, 64], { to }),
    RangeError,
    "[null,8,8,1]",
  );
});

Deno.test("sumShape refuses different ranks, in either order", () => {
  assertThrows(() => sumShape([null, 8], [null, 1, 8], { to }), RangeError, "[null,8]");
  assertThrows(() => sumShape([null, 1, 8], [null, 8], { to }), RangeError, "[null,1,8]");
});

Deno.test("onlyShape takes a shape out of a list of one", () => {
  assertEquals(onlyShape([[null, 2]], { of: to }), [null, 2]);
  assertEquals(onlyShape([null, 2], { of: to }), [null, 2]);
});

Deno.test("onlyShape refuses two shapes", () => {
  assertThrows(
    () => onlyShape([[null, 2], [null, 2]], { of: to }),
    RangeError,
    "Cannot build a residual connection: its input must be one tensor, got 2",
  );
});
