import { assertEquals } from "@std/assert";
import { inWords, probability, threeDigits } from "../../../experiments/claims/numbers.ts";
import type { Region } from "../../../experiments/claims/region.ts";

const NUMBERS: readonly [value: number, text: string][] = [
  [0, "0"],
  [0.14, "0.140"],
  [1.4, "1.40"],
  [14.26, "14.3"],
  [149.7, "150"],
  [1875, "1875"],
  [0.99996, "1.00"],
  [9.999, "10.0"],
  [-0.0045, "−0.00450"],
  [0.00001234, "1.23×10⁻⁵"],
  [1e-12, "1.00×10⁻¹²"],
];

for (const [value, text] of NUMBERS) {
  Deno.test(`${value} is shown as ${text}`, () => assertEquals(threeDigits(value), text));
}

const REGIONS: readonly [region: Region, words: string][] = [
  [{ below: 1 / 2 }, "below 0.5"],
  [{ above: 1.25 }, "above 1.25"],
  [{ below: 1e-6 }, "below 1×10⁻⁶"],
  [{ above: -0.01, below: 0.01 }, "between −0.01 and 0.01"],
  [{ above: 145, below: 200 }, "between 145 and 200"],
  [{ below: 0 }, "below 0"],
];

for (const [region, words] of REGIONS) {
  Deno.test(`the region ${JSON.stringify(region)} is ${words}`, () => {
    assertEquals(inWords(region), words);
  });
}

Deno.test("a probability below 0.001 is shown as that", () => {
  assertEquals([1 / 1024, 0.0527, 1].map(probability), ["< 0.001", "0.053", "1.000"]);
});
