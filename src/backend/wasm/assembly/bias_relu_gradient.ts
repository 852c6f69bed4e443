// The gradient of a ReLU behind a bias, and that of the bias: one pass over the images computes both, where the
// first is in registers.

import { BLOCK } from "./column_sums";

/**
 * For y = max(0, x + bias): dx[r, c] = dy[r, c] · (1 where y[r, c] > 0, else 0), NaN where y is, and
 * sums[n, c] = Σ_r dx[r, c] over the rows r of run n, for some of the runs, of `run` rows each.
 */
export function biasReluGradient(
  dy: i32,
  y: i32,
  dx: i32,
  sums: i32,
  firstRun: i32,
  lastRun: i32,
  run: i32,
  rows: i32,
  columns: i32,
): void {
  const row = columns << 2;
  for (let n = firstRun; n < lastRun; n++) {
    const first = n * run * row, end = min(rows, (n + 1) * run) * row;
    const to = sums + n * row;
    let c = 0;
    for (; c + BLOCK <= columns; c += BLOCK) {
      const at = first + (c << 2);
      gradientBlock(dy + at, y + at, dx + at, dx + end, to + (c << 2), row);
    }
    for (; c + 4 <= columns; c += 4) {
      let sum = f32x4.splat(0);
      for (let at = first + (c << 2); at < end; at += row) {
        const gradient = f32x4.mul(v128.load(dy + at), slopes(v128.load(y + at)));
        v128.store(dx + at, gradient);
        sum = f32x4.add(sum, gradient);
      }
      v128.store(to + (c << 2), sum);
    }
    for (; c < columns; c++) {
      let sum: f32 = 0;
      for (let at = first + (c << 2); at < end; at += row) {
        const gradient = load<f32>(dy + at) * slope(load<f32>(y + at));
        store<f32>(dx + at, gradient);
        sum += gradient;
      }
      store<f32>(to + (c << 2), sum);
    }
  }
}

function gradientBlock(dy: i32, y: i32, dx: i32, end: i32, out: i32, row: i32): void {
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
  for (; dx < end; dx += row) {
    const g0 = f32x4.mul(v128.load(dy), slopes(v128.load(y)));
    const g1 = f32x4.mul(v128.load(dy, 16), slopes(v128.load(y, 16)));
    const g2 = f32x4.mul(v128.load(dy, 32), slopes(v128.load(y, 32)));
    const g3 = f32x4.mul(v128.load(dy, 48), slopes(v128.load(y, 48)));
    v128.store(dx, g0);
    v128.store(dx, g1, 16);
    v128.store(dx, g2, 32);
    v128.store(dx, g3, 48);
    s0 = f32x4.add(s0, g0);
    s1 = f32x4.add(s1, g1);
    s2 = f32x4.add(s2, g2);
    s3 = f32x4.add(s3, g3);
    dy += row;
    y += row;
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
}

/** ReLU's slopes where its results are y: 1 above 0, NaN for NaN, else 0. @inline */
function slopes(y: v128): v128 {
  const steps = v128.and(f32x4.gt(y, f32x4.splat(0)), f32x4.splat(1));
  return v128.or(steps, f32x4.ne(y, y)); // all bits set are a NaN
}

/** The slope of one number, as {@linkcode slopes}. @inline */
function slope(y: f32): f32 {
  return y != y ? y : y > 0 ? <f32> 1 : <f32> 0;
}
