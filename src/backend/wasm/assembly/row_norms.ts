// The L2 norms of a matrix's rows. Squares of float32 numbers neither overflow nor vanish in float64, in which
// they are added up. Each part of a row is summed by one thread, so that the order of the additions is that of
// one thread.

/** sums[p] = Σ x² over part p of all rows' parts, for some of the parts; each row has `parts` of them. */
export function squareSums(
  x: i32,
  sums: i32,
  firstPart: i32,
  lastPart: i32,
  columns: i32,
  parts: i32,
  partSize: i32,
): void {
  for (let p = firstPart; p < lastPart; p++) {
    const row = p / parts, part = p - row * parts;
    const from = row * columns + part * partSize;
    const count = min(partSize, columns - part * partSize);
    store<f64>(sums + (p << 3), squareSum(x + (from << 2), count));
  }
}

function squareSum(x: i32, count: i32): f64 {
  let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
  const end = x + (count << 2);
  for (; x + 32 <= end; x += 32) {
    const a = f64x2.promote_low_f32x4(v128.load64_zero(x));
    const b = f64x2.promote_low_f32x4(v128.load64_zero(x, 8));
    const c = f64x2.promote_low_f32x4(v128.load64_zero(x, 16));
    const d = f64x2.promote_low_f32x4(v128.load64_zero(x, 24));
    s0 = f64x2.add(s0, f64x2.mul(a, a));
    s1 = f64x2.add(s1, f64x2.mul(b, b));
    s2 = f64x2.add(s2, f64x2.mul(c, c));
    s3 = f64x2.add(s3, f64x2.mul(d, d));
  }
  const pairs = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  let sum = f64x2.extract_lane(pairs, 0) + f64x2.extract_lane(pairs, 1);
  for (; x < end; x += 4) {
    const value = <f64> load<f32>(x);
    sum += value * value;
  }
  return sum;
}

/** out[r] = √Σ_p sums[r, p], in the order of the parts. */
export function rootsOfSums(sums: i32, out: i32, rows: i32, parts: i32): void {
  for (let r = 0; r < rows; r++) {
    let sum: f64 = 0;
    for (let p = 0; p < parts; p++) {
      sum += load<f64>(sums);
      sums += 8;
    }
    store<f32>(out + (r << 2), <f32> sqrt<f64>(sum));
  }
}
