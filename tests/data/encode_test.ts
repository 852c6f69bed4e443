import { assertEquals, assertLessOrEqual } from "@std/assert";
import { imageEncoder } from "../../src/data/encode.ts";

Deno.test("imageEncoder gives the float32 nearest to value/255, for all 256 values", () => {
  const values = imageEncoder({ from: [16, 16], side: 16, channels: 1 })(
    Uint8Array.from({ length: 256 }, (_, value) => value),
  );
  values.forEach((x, value) => {
    // x has 24 bits and 255 has 8, so that x·255 is exact in a double.
    const halfUnitInLastPlace = 2 ** (Math.floor(Math.log2(value / 255)) - 24);
    assertLessOrEqual(Math.abs(x * 255 - value), halfUnitInLastPlace * 255);
  });
});

Deno.test("imageEncoder repeats each value in its channels, pixel after pixel", () => {
  const encode = imageEncoder({ from: [1, 1], side: 1, channels: 3 });
  assertEquals([...encode(new Uint8Array([0, 255]))], [0, 0, 0, 1, 1, 1]);
});
