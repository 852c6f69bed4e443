import { assertEquals } from "@std/assert";
import { workOf } from "../../../experiments/benchmarks/kernel_work.ts";

const of = (...shape: number[]) => ({ shape });

Deno.test("a convolution takes its filter once at each place of its output", () => {
  const work = workOf("Conv2D", { x: of(2, 4, 4, 3), filter: of(3, 3, 3, 5) }, [of(2, 4, 4, 5)]);
  assertEquals(work, {
    what: "3×3, 3→5",
    flop: 2 * (2 * 4 * 4) * (3 * 3 * 3 * 5),
    bytes: 4 * (2 * 4 * 4 * 3 + 3 * 3 * 3 * 5 + 2 * 4 * 4 * 5),
  });
});

Deno.test("both of a convolution's gradients are as much work as the convolution", () => {
  const [x, filter, dy] = [of(2, 4, 4, 3), of(3, 3, 3, 5), of(2, 4, 4, 5)];
  const forward = workOf("Conv2D", { x, filter }, [dy]);
  assertEquals(workOf("Conv2DBackpropInput", { dy, filter }, [x]), forward);
  assertEquals(workOf("Conv2DBackpropFilter", { x, dy }, [filter]), forward);
});

Deno.test("a fused convolution's bytes include the bias", () => {
  const inputs = { x: of(1, 2, 2, 1), filter: of(1, 1, 1, 1), bias: of(1) };
  assertEquals(workOf("FusedConv2D", inputs, [of(1, 2, 2, 1)]).bytes, 4 * (4 + 1 + 1 + 4));
});

for (const [a, b] of [[of(1, 2, 3), of(1, 3, 5)], [of(1, 3, 2), of(1, 5, 3)]]) {
  Deno.test(`the product of [${a.shape}] and [${b.shape}], 2×3 by 3×5, is 2·2·3·5 operations`, () => {
    assertEquals(workOf("BatchMatMul", { a, b }, [of(1, 2, 5)]).flop, 60);
  });
}

Deno.test("a batch of products counts each", () => {
  const work = workOf("BatchMatMul", { a: of(4, 2, 3), b: of(4, 3, 5) }, [of(4, 2, 5)]);
  assertEquals(work.flop, 4 * 60);
});

Deno.test("a list of inputs counts whole, and an absent input not at all", () => {
  const work = workOf("AddN", { many: [of(3), of(3)], none: undefined }, [of(3)]);
  assertEquals(work, { flop: 0, bytes: 4 * 9 });
});

Deno.test("another view of the same bytes moves none", () => {
  assertEquals(workOf("Reshape", { x: of(2, 3) }, [of(6)]), { flop: 0, bytes: 0 });
});
