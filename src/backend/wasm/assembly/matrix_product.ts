// Products of matrices for the convolutions:
//
//   c[i, j] = Σ_k a[i, k] · b[k, j]
//
// A tile of four rows × eight columns stays in registers over the whole sum, which has the same order in
// every tile. V8 has no guard pages in Deno, so that it checks each access against the memory's size less the
// access's offset. It computes that limit once if the first turn of a loop is written out before it, which
// makes the loop a tenth faster, and again in each turn if not.

/** Rows in a block: those of 64 numbers fit into the first-level cache with eight columns of b. */
const BLOCK: i32 = 64;

/** The rows from firstRow on, before lastRow, in blocks that are read once for each eight columns. */
export function matrixProduct(
  a: i32,
  b: i32,
  bias: i32,
  relu: bool,
  c: i32,
  firstRow: i32,
  lastRow: i32,
  inner: i32,
  columns: i32,
): void {
  const aRow = inner << 2, cRow = columns << 2;
  for (let row = firstRow; row < lastRow; row += BLOCK) {
    const rows = min(BLOCK, lastRow - row);
    multiply(a + row * aRow, b, bias, relu, c + row * cRow, rows, inner, columns);
  }
}

/**
 * Some rows: c = a·b, plus a bias for each column if it is not at 0, and negative results 0 if asked
 * for. b lies in blocks of eight columns, `b[j / 8, k, j mod 8]`; `inner` is even, `columns` a multiple of 8.
 */
export function multiply(
  a: i32,
  b: i32,
  bias: i32,
  relu: bool,
  c: i32,
  rows: i32,
  inner: i32,
  columns: i32,
): void {
  const aRow = inner << 2, cRow = columns << 2;
  for (let j = 0; j < cRow; j += 32) {
    let from = a, to = c + j, left = rows;
    const add = bias == 0 ? 0 : bias + j;
    for (; left >= 4; left -= 4) {
      fourByEight(from, aRow, b, inner, add, relu, to, cRow);
      from += aRow << 2;
      to += cRow << 2;
    }
    for (; left > 0; left--) {
      oneByEight(from, b, inner, add, relu, to);
      from += aRow;
      to += cRow;
    }
    b += inner << 5;
  }
}

function fourByEight(
  a: i32,
  aRow: i32,
  b: i32,
  inner: i32,
  bias: i32,
  relu: bool,
  c: i32,
  cRow: i32,
): void {
  let p0 = a, p1 = p0 + aRow, p2 = p1 + aRow, p3 = p2 + aRow;
  let lo = v128.load(b), hi = v128.load(b, 16);
  let x = v128.load32_splat(p0);
  let s0 = f32x4.mul(x, lo), t0 = f32x4.mul(x, hi);
  x = v128.load32_splat(p1);
  let s1 = f32x4.mul(x, lo), t1 = f32x4.mul(x, hi);
  x = v128.load32_splat(p2);
  let s2 = f32x4.mul(x, lo), t2 = f32x4.mul(x, hi);
  x = v128.load32_splat(p3);
  let s3 = f32x4.mul(x, lo), t3 = f32x4.mul(x, hi);
  lo = v128.load(b, 32);
  hi = v128.load(b, 48);
  x = v128.load32_splat(p0, 4);
  s0 = f32x4.add(s0, f32x4.mul(x, lo));
  t0 = f32x4.add(t0, f32x4.mul(x, hi));
  x = v128.load32_splat(p1, 4);
  s1 = f32x4.add(s1, f32x4.mul(x, lo));
  t1 = f32x4.add(t1, f32x4.mul(x, hi));
  x = v128.load32_splat(p2, 4);
  s2 = f32x4.add(s2, f32x4.mul(x, lo));
  t2 = f32x4.add(t2, f32x4.mul(x, hi));
  x = v128.load32_splat(p3, 4);
  s3 = f32x4.add(s3, f32x4.mul(x, lo));
  t3 = f32x4.add(t3, f32x4.mul(x, hi));
  const end = b + (inner << 5);
  b += 64;
  p0 += 8;
  p1 += 8;
  p2 += 8;
  p3 += 8;
  while (b < end) {
    lo = v128.load(b);
    hi = v128.load(b, 16);
    x = v128.load32_splat(p0);
    s0 = f32x4.add(s0, f32x4.mul(x, lo));
    t0 = f32x4.add(t0, f32x4.mul(x, hi));
    x = v128.load32_splat(p1);
    s1 = f32x4.add(s1, f32x4.mul(x, lo));
    t1 = f32x4.add(t1, f32x4.mul(x, hi));
    x = v128.load32_splat(p2);
    s2 = f32x4.add(s2, f32x4.mul(x, lo));
    t2 = f32x4.add(t2, f32x4.mul(x, hi));
    x = v128.load32_splat(p3);
    s3 = f32x4.add(s3, f32x4.mul(x, lo));
    t3 = f32x4.add(t3, f32x4.mul(x, hi));
    lo = v128.load(b, 32);
    hi = v128.load(b, 48);
    x = v128.load32_splat(p0, 4);
    s0 = f32x4.add(s0, f32x4.mul(x, lo));
    t0 = f32x4.add(t0, f32x4.mul(x, hi));
    x = v128.load32_splat(p1, 4);
    s1 = f32x4.add(s1, f32x4.mul(x, lo));
    t1 = f32x4.add(t1, f32x4.mul(x, hi));
    x = v128.load32_splat(p2, 4);
    s2 = f32x4.add(s2, f32x4.mul(x, lo));
    t2 = f32x4.add(t2, f32x4.mul(x, hi));
    x = v128.load32_splat(p3, 4);
    s3 = f32x4.add(s3, f32x4.mul(x, lo));
    t3 = f32x4.add(t3, f32x4.mul(x, hi));
    b += 64;
    p0 += 8;
    p1 += 8;
    p2 += 8;
    p3 += 8;
  }
  store(c, s0, t0, bias, relu);
  c += cRow;
  store(c, s1, t1, bias, relu);
  c += cRow;
  store(c, s2, t2, bias, relu);
  c += cRow;
  store(c, s3, t3, bias, relu);
}

/** One row in the order of four. */
function oneByEight(a: i32, b: i32, inner: i32, bias: i32, relu: bool, c: i32): void {
  const end = a + (inner << 2);
  let x = v128.load32_splat(a);
  let s = f32x4.mul(x, v128.load(b)), t = f32x4.mul(x, v128.load(b, 16));
  for (a += 4; a < end; a += 4) {
    b += 32;
    x = v128.load32_splat(a);
    s = f32x4.add(s, f32x4.mul(x, v128.load(b)));
    t = f32x4.add(t, f32x4.mul(x, v128.load(b, 16)));
  }
  store(c, s, t, bias, relu);
}

/** Eight columns of a row with their bias, and without negative numbers if asked for. @inline */
function store(c: i32, s: v128, t: v128, bias: i32, relu: bool): void {
  if (bias != 0) {
    s = f32x4.add(s, v128.load(bias));
    t = f32x4.add(t, v128.load(bias, 16));
  }
  if (relu) {
    const zero = f32x4.splat(0);
    s = f32x4.max(zero, s);
    t = f32x4.max(zero, t);
  }
  v128.store(c, s);
  v128.store(c, t, 16);
}
