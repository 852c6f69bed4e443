import { assert, assertEquals } from "@std/assert";
import { shortestFloat32 } from "../../src/train/shortest_float32.ts";
import { random32 } from "../data/random.ts";
import { runs, written } from "../support/generated.ts";

const asFloat32 = (bits: number) => new Float32Array(new Uint32Array([bits]).buffer)[0];

/** The significant digits of a number, without zeros at the end. */
function digitsOf(value: number): number {
  return value.toExponential().replace(/e.*$/, "").replace(/\D/g, "").length;
}

/** Fails unless a number is exact as a float32 and one digit less would not be. */
function assertShortest(value: number): void {
  const short = shortestFloat32(value);
  assert(Math.fround(short) === value, `${value} became ${short}`);
  const digits = digitsOf(short);
  assert(digits <= 9, `${value} became ${short}, of ${digits} digits`);
  if (digits > 1) {
    const shorter = Number(value.toPrecision(digits - 1));
    assert(Math.fround(shorter) !== value, `${value} became ${short}, ${shorter} would do`);
  }
}

Deno.test("shortestFloat32 gives decimals as they were written", () => {
  const written = [0.1, 0.3, 2.302585, 1e-8, 3e-4, 123456, 1e30, 16777216, -0.5, 7, 0];
  assertEquals(written.map((value) => shortestFloat32(Math.fround(value))), written);
});

const RUNS = runs({ sample: 10_000, full: 200_000 });

Deno.test(`shortestFloat32 is exact, and no digit too long, for ${written(RUNS)} random floats`, () => {
  const random = random32(20);
  let finite = 0;
  for (let i = 0; i < RUNS; i++) {
    const value = asFloat32(random());
    if (!Number.isFinite(value)) continue;
    finite++;
    assertShortest(value);
  }
  assert(finite > 0.95 * RUNS);
});

Deno.test("shortestFloat32 is exact for subnormals, powers of 2, the least and the greatest", () => {
  const random = random32(4);
  for (let i = 0; i < RUNS / 20; i++) assertShortest(asFloat32((random() & 0x7fffff) || 1));
  for (let exponent = 1; exponent < 255; exponent++) {
    for (const bits of [exponent << 23, (exponent << 23) - 1, (exponent << 23) + 1]) {
      assertShortest(asFloat32(bits));
      assertShortest(-asFloat32(bits));
    }
  }
  assertEquals(shortestFloat32(asFloat32(1)), 1e-45);
  assertEquals(shortestFloat32(asFloat32(0x7f7fffff)), 3.4028235e38);
});

Deno.test("shortestFloat32 makes 0 of −0", () => {
  assert(Object.is(shortestFloat32(-0), 0));
  assert(Object.is(shortestFloat32(0), 0));
});

Deno.test("shortestFloat32 leaves alone what is not finite", () => {
  const values = [NaN, Infinity, -Infinity];
  assertEquals(values.map(shortestFloat32), values);
});
