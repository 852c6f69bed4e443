// Sums over all axes but the last, as the gradient of a bias needs them: out[c] = Σ_r x[r, c]. The columns
// of one part, in sixteens where there are so many. Runs of rows are summed first and their sums then, which
// keeps the rounding errors of long columns small.

/** Rows in a run. */
const RUN: i32 = 256;

export function columnSums(
  x: i32,
  out: i32,
  firstColumn: i32,
  lastColumn: i32,
  rows: i32,
  columns: i32,
): void {
  const row = columns << 2;
  let c = firstColumn;
  for (; c + 16 <= lastColumn; c += 16) sixteenColumns(x + (c << 2), out + (c << 2), rows, row);
  for (; c < lastColumn; c++) oneColumn(x + (c << 2), out + (c << 2), rows, row);
}

function sixteenColumns(x: i32, out: i32, rows: i32, row: i32): void {
  let t0 = f32x4.splat(0), t1 = t0, t2 = t0, t3 = t0;
  while (rows > 0) {
    const end = x + min(rows, RUN) * row;
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
    for (; x < end; x += row) {
      s0 = f32x4.add(s0, v128.load(x));
      s1 = f32x4.add(s1, v128.load(x, 16));
      s2 = f32x4.add(s2, v128.load(x, 32));
      s3 = f32x4.add(s3, v128.load(x, 48));
    }
    t0 = f32x4.add(t0, s0);
    t1 = f32x4.add(t1, s1);
    t2 = f32x4.add(t2, s2);
    t3 = f32x4.add(t3, s3);
    rows -= RUN;
  }
  v128.store(out, t0);
  v128.store(out, t1, 16);
  v128.store(out, t2, 32);
  v128.store(out, t3, 48);
}

function oneColumn(x: i32, out: i32, rows: i32, row: i32): void {
  let total: f32 = 0;
  while (rows > 0) {
    const end = x + min(rows, RUN) * row;
    let sum: f32 = 0;
    for (; x < end; x += row) sum += load<f32>(x);
    total += sum;
    rows -= RUN;
  }
  store<f32>(out, total);
}
