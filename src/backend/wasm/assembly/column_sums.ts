// Sums over axes that are followed by others, as the gradient of a bias needs them: out[m, c] = Σ_r x[m, r, c]
// for the matrices m. Runs of rows are summed first and their sums then, which keeps the rounding errors of long
// columns small. Each thread sums runs of its own, so that the order of the additions is that of one thread.

/** Columns that are summed at once, those of a cache line. */
export const BLOCK: i32 = 16;

/**
 * sums[n, c] = Σ_r x[m, r, c] over the rows r of run n, for some of the runs, which have `run` rows each. They are
 * counted through all matrices, each of which begins a run.
 */
export function runSums(
  x: i32,
  sums: i32,
  firstRun: i32,
  lastRun: i32,
  run: i32,
  rows: i32,
  columns: i32,
): void {
  const row = columns << 2, runs = (rows + run - 1) / run;
  for (let n = firstRun; n < lastRun; n++) {
    const matrix = n / runs, first = (n - matrix * runs) * run;
    const start = x + matrix * rows * row;
    const from = start + first * row, end = start + min(rows, first + run) * row;
    const to = sums + n * row;
    let c = 0;
    for (; c + BLOCK <= columns; c += BLOCK) {
      sumBlock(from + (c << 2), end, to + (c << 2), row);
    }
    for (; c + 4 <= columns; c += 4) {
      let sum = f32x4.splat(0);
      for (let at = from + (c << 2); at < end; at += row) sum = f32x4.add(sum, v128.load(at));
      v128.store(to + (c << 2), sum);
    }
    for (; c < columns; c++) {
      let sum: f32 = 0;
      for (let at = from + (c << 2); at < end; at += row) sum += load<f32>(at);
      store<f32>(to + (c << 2), sum);
    }
  }
}

function sumBlock(x: i32, end: i32, out: i32, row: i32): void {
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
  for (; x < end; x += row) {
    s0 = f32x4.add(s0, v128.load(x));
    s1 = f32x4.add(s1, v128.load(x, 16));
    s2 = f32x4.add(s2, v128.load(x, 32));
    s3 = f32x4.add(s3, v128.load(x, 48));
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
}

/** out[m, c] = Σ_n sums[m, n, c] / divisor, in the order of the runs n. */
export function addRuns(
  sums: i32,
  out: i32,
  matrices: i32,
  runs: i32,
  columns: i32,
  divisor: i32,
): void {
  const row = columns << 2, count = <f32> divisor;
  for (let m = 0; m < matrices; m++) {
    for (let c = 0; c < row; c += 4) {
      let total: f32 = 0;
      for (let n = 0; n < runs; n++) total += load<f32>(sums + n * row + c);
      store<f32>(out + c, total / count);
    }
    sums += runs * row;
    out += row;
  }
}
