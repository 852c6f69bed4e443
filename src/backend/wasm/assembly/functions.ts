// Functions of one number, from operations that WebAssembly rounds the same on every machine. They compute in
// float64 and round once at the end.

/** High and low part of ln 2: whole multiples of the high part are exact. */
const LN2_HIGH: f64 = 6.93147180369123816490e-1, LN2_LOW: f64 = 1.90821492927058770002e-10;

const LOG2_E: f64 = 1.4426950408889634;

/** eˣ, as float32: x = k ln 2 + r with a whole k and |r| ≤ ln 2 / 2, and eʳ from its Taylor series. */
export function exp(x: f32): f32 {
  if (x != x) return x;
  if (x < -104) return 0; // less than half of the smallest float32
  if (x > 89) return Infinity;
  const k = nearest<f64>(<f64> x * LOG2_E);
  const r = <f64> x - k * LN2_HIGH - k * LN2_LOW;
  let series: f64 = 1 + r * (1.0 / 12);
  series = 1 + r * (1.0 / 11) * series;
  series = 1 + r * (1.0 / 10) * series;
  series = 1 + r * (1.0 / 9) * series;
  series = 1 + r * (1.0 / 8) * series;
  series = 1 + r * (1.0 / 7) * series;
  series = 1 + r * (1.0 / 6) * series;
  series = 1 + r * (1.0 / 5) * series;
  series = 1 + r * (1.0 / 4) * series;
  series = 1 + r * (1.0 / 3) * series;
  series = 1 + r * (1.0 / 2) * series;
  series = 1 + r * series;
  return <f32> (series * reinterpret<f64>((<i64> k + 1023) << 52));
}

/** ln x, as float32, of a normal number above 0, infinity or NaN: x = 2ᵏ m, and ln m = 2 artanh((m − 1) / (m + 1)). */
export function log(x: f32): f32 {
  if (x != x || x == Infinity) return x;
  const bits = reinterpret<i64>(<f64> x);
  let k = (bits >> 52) - 1023;
  let m = reinterpret<f64>(bits & 0xfffffffffffff | 0x3ff0000000000000); // 1 ≤ m < 2
  if (m > 1.4142135623730951) {
    m *= 0.5;
    k++;
  }
  const s = (m - 1) / (m + 1); // |s| < 0.172
  const square = s * s;
  let series: f64 = 1.0 / 19;
  series = 1.0 / 17 + square * series;
  series = 1.0 / 15 + square * series;
  series = 1.0 / 13 + square * series;
  series = 1.0 / 11 + square * series;
  series = 1.0 / 9 + square * series;
  series = 1.0 / 7 + square * series;
  series = 1.0 / 5 + square * series;
  series = 1.0 / 3 + square * series;
  series = 1 + square * series;
  const exponent = <f64> k;
  return <f32> (exponent * LN2_HIGH + (2 * s * series + exponent * LN2_LOW));
}
