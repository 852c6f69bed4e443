import { assert, assertEquals } from "@std/assert";
import { randomIndices, randomNumbers } from "../../../experiments/statistics/random.ts";

Deno.test("the 10,000th number from seed 1 is the one that the C++ standard gives", () => {
  const next = randomNumbers(1);
  for (let i = 1; i < 10_000; i++) next();
  assertEquals(next(), 399268537); // ISO C++ [rand.predef], minstd_rand
});

Deno.test("each index is as likely as any other", () => {
  const index = randomIndices(10, { seed: 3 });
  const counts = new Array(10).fill(0);
  for (let i = 0; i < 100_000; i++) counts[index()]++;
  // χ² with 9 degrees of freedom is below 27.9 in 999 of 1000 cases.
  const chiSquare = counts.reduce((sum, count) => sum + (count - 1e4) ** 2 / 1e4, 0);
  assert(chiSquare < 27.9, `χ² ${chiSquare}`);
});

Deno.test("no index reaches the limit, even from the generator's greatest number", () => {
  // The generator's inverse of its greatest state: 48271·s ≡ −1, found with the extended Euclid.
  const modulus = 2n ** 31n - 1n;
  let inverse = 1n;
  for (let [base, power] = [48271n, modulus - 2n]; power > 0n; power /= 2n) {
    if (power % 2n === 1n) inverse = inverse * base % modulus;
    base = base * base % modulus;
  }
  const seed = Number((modulus - inverse) % modulus);
  assertEquals(randomNumbers(seed)(), 2 ** 31 - 2);
  assertEquals(randomIndices(10, { seed })(), 9);
});
