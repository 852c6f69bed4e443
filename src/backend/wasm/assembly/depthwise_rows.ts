// Rows of a depthwise convolution with three or five taps beside each other. A column of x is read once, and
// goes into the sums of all pixels that see it; sums that are not complete are in registers, as are the
// weights, for several lines of pixels.
//
// In all of them, `x` is the first of the rows that the first line sees, `xRow` bytes before the next, and
// `xLine` before that of the next line; a row has `size` columns, `lead` columns behind the place of the first
// tap of the first pixel. A line has `count` pixels.

/** Whether rows of so many taps are computed here. */
export function isRow(taps: i32, rows: i32, lead: i32): bool {
  return (taps == 5 || (taps == 3 && rows <= 3)) && rows > 0 && <u32> lead < <u32> taps;
}

/** How many lines of pixels use the weights that were read: what they read is to stay in the fastest cache. */
export function linesAtOnce(rowBytes: i32): i32 {
  return max(1, (8 << 10) / rowBytes);
}

/** `out[line, i] = Σ_{row, k} x[line + row, i − lead + k] · w[row, k]`, pixels `step` bytes apart. */
export function slide(
  x: i32,
  xRow: i32,
  xLine: i32,
  w: i32,
  wRow: i32,
  out: i32,
  outLine: i32,
  lines: i32,
  count: i32,
  lead: i32,
  size: i32,
  taps: i32,
  rows: i32,
  step: i32,
  pixel: i32,
): void {
  const columns = min(size, count + taps - 1 - lead), last = pixel - 16;
  for (let block = 0; block < pixel; block += 16) { // The last block begins early enough.
    const c = min(block, last), to = out + c;
    let from = x + c, tap = w + c;
    if (taps == 5) {
      slideFive(from, xLine, tap, to, outLine, lines, count, lead, columns, step, pixel, false);
      for (let row = 1; row < rows; row++) {
        from += xRow;
        tap += wRow;
        slideFive(from, xLine, tap, to, outLine, lines, count, lead, columns, step, pixel, true);
      }
    } else if (rows == 3) {
      slideThree(
        from,
        xRow,
        xLine,
        tap,
        wRow,
        to,
        outLine,
        lines,
        count,
        lead,
        columns,
        3,
        step,
        pixel,
      );
    } else if (rows == 2) {
      slideThree(
        from,
        xRow,
        xLine,
        tap,
        wRow,
        to,
        outLine,
        lines,
        count,
        lead,
        columns,
        2,
        step,
        pixel,
      );
    } else {
      slideThree(
        from,
        xRow,
        xLine,
        tap,
        wRow,
        to,
        outLine,
        lines,
        count,
        lead,
        columns,
        1,
        step,
        pixel,
      );
    }
  }
}

/** Three taps of `rows` rows, a number that is known here: what it leaves out is not compiled. @inline */
function slideThree(
  x: i32,
  xRow: i32,
  xLine: i32,
  w: i32,
  wRow: i32,
  out: i32,
  outLine: i32,
  lines: i32,
  count: i32,
  lead: i32,
  columns: i32,
  rows: i32,
  step: i32,
  pixel: i32,
): void {
  const zero = f32x4.splat(0);
  const u0 = v128.load(w), v0 = v128.load(w + pixel), w0 = v128.load(w + 2 * pixel);
  if (rows > 1) w += wRow;
  const u1 = v128.load(w), v1 = v128.load(w + pixel), w1 = v128.load(w + 2 * pixel);
  if (rows > 2) w += wRow;
  const u2 = v128.load(w), v2 = v128.load(w + pixel), w2 = v128.load(w + 2 * pixel);
  for (; lines > 0; lines--) {
    let a = zero, b = zero, at = x, to = out, left = columns;
    for (let skip = 2 - lead; skip > 0 && left > 0; skip--) { // No pixel is complete yet.
      a = f32x4.add(b, products(at, xRow, v0, v1, v2, rows));
      b = products(at, xRow, u0, u1, u2, rows);
      at += step;
      left--;
    }
    for (; left > 0; left--) {
      const x0 = v128.load(at);
      let y = f32x4.mul(x0, w0), p = f32x4.mul(x0, v0), q = f32x4.mul(x0, u0);
      if (rows > 1) {
        const x1 = v128.load(at + xRow);
        y = f32x4.add(y, f32x4.mul(x1, w1));
        p = f32x4.add(p, f32x4.mul(x1, v1));
        q = f32x4.add(q, f32x4.mul(x1, u1));
      }
      if (rows > 2) {
        const x2 = v128.load(at + 2 * xRow);
        y = f32x4.add(y, f32x4.mul(x2, w2));
        p = f32x4.add(p, f32x4.mul(x2, v2));
        q = f32x4.add(q, f32x4.mul(x2, u2));
      }
      v128.store(to, f32x4.add(a, y));
      a = f32x4.add(b, p);
      b = q;
      at += step;
      to += step;
    }
    for (const end = out + count * step; to != end; to += step) {
      v128.store(to, a);
      a = b;
      b = zero;
    }
    x += xLine;
    out += outLine;
  }
}

/** The products of a column with one tap of each row. @inline */
function products(x: i32, xRow: i32, w0: v128, w1: v128, w2: v128, rows: i32): v128 {
  let sum = f32x4.mul(v128.load(x), w0);
  if (rows > 1) sum = f32x4.add(sum, f32x4.mul(v128.load(x + xRow), w1));
  if (rows > 2) sum = f32x4.add(sum, f32x4.mul(v128.load(x + 2 * xRow), w2));
  return sum;
}

/** Five taps of a row, added to what is there if `adds`. @inline */
function slideFive(
  x: i32,
  xLine: i32,
  w: i32,
  out: i32,
  outLine: i32,
  lines: i32,
  count: i32,
  lead: i32,
  columns: i32,
  step: i32,
  pixel: i32,
  adds: bool,
): void {
  const zero = f32x4.splat(0);
  const w0 = v128.load(w), w1 = v128.load(w + pixel), w2 = v128.load(w + 2 * pixel);
  const w3 = v128.load(w + 3 * pixel), w4 = v128.load(w + 4 * pixel);
  for (; lines > 0; lines--) {
    let a = zero, b = zero, c = zero, d = zero, at = x, to = out, left = columns;
    for (let skip = 4 - lead; skip > 0 && left > 0; skip--) { // No pixel is complete yet.
      const value = v128.load(at);
      a = f32x4.add(b, f32x4.mul(value, w3));
      b = f32x4.add(c, f32x4.mul(value, w2));
      c = f32x4.add(d, f32x4.mul(value, w1));
      d = f32x4.mul(value, w0);
      at += step;
      left--;
    }
    for (; left > 0; left--) {
      const value = v128.load(at);
      put(to, f32x4.add(a, f32x4.mul(value, w4)), adds);
      a = f32x4.add(b, f32x4.mul(value, w3));
      b = f32x4.add(c, f32x4.mul(value, w2));
      c = f32x4.add(d, f32x4.mul(value, w1));
      d = f32x4.mul(value, w0);
      at += step;
      to += step;
    }
    for (const end = out + count * step; to != end; to += step) {
      put(to, a, adds);
      a = b;
      b = c;
      c = d;
      d = zero;
    }
    x += xLine;
    out += outLine;
  }
}

/** Puts a sum in its place, or adds it to what is there if `adds`. @inline */
function put(to: i32, value: v128, adds: bool): void {
  v128.store(to, adds ? f32x4.add(v128.load(to), value) : value);
}

/** `out[line, i] = Σ_{row, k} x[2·line + row, 2i − lead + k] · w[row, k]` */
export function slideByTwo(
  x: i32,
  xRow: i32,
  xLine: i32,
  w: i32,
  wRow: i32,
  out: i32,
  outLine: i32,
  lines: i32,
  count: i32,
  lead: i32,
  size: i32,
  taps: i32,
  rows: i32,
  pixel: i32,
): void {
  const last = pixel - 16, odd = rows & 1;
  for (let block = 0; block < pixel; block += 16) {
    const c = min(block, last), to = out + c;
    let from = x + c, tap = w + c;
    if (taps == 5) {
      if (odd) {
        fiveByTwo(
          from,
          xRow,
          xLine,
          tap,
          wRow,
          to,
          outLine,
          lines,
          count,
          lead,
          size,
          1,
          pixel,
          false,
        );
      } else {
        fiveByTwo(
          from,
          xRow,
          xLine,
          tap,
          wRow,
          to,
          outLine,
          lines,
          count,
          lead,
          size,
          2,
          pixel,
          false,
        );
      }
      from += (2 - odd) * xRow;
      tap += (2 - odd) * wRow;
      for (let row = 2 - odd; row < rows; row += 2) {
        fiveByTwo(
          from,
          xRow,
          xLine,
          tap,
          wRow,
          to,
          outLine,
          lines,
          count,
          lead,
          size,
          2,
          pixel,
          true,
        );
        from += 2 * xRow;
        tap += 2 * wRow;
      }
    } else if (rows == 3) {
      threeByTwo(from, xRow, xLine, tap, wRow, to, outLine, lines, count, lead, size, 3, pixel);
    } else if (rows == 2) {
      threeByTwo(from, xRow, xLine, tap, wRow, to, outLine, lines, count, lead, size, 2, pixel);
    } else {
      threeByTwo(from, xRow, xLine, tap, wRow, to, outLine, lines, count, lead, size, 1, pixel);
    }
  }
}

/** Three taps of `rows` rows. @inline */
function threeByTwo(
  x: i32,
  xRow: i32,
  xLine: i32,
  w: i32,
  wRow: i32,
  out: i32,
  outLine: i32,
  lines: i32,
  count: i32,
  lead: i32,
  size: i32,
  rows: i32,
  pixel: i32,
): void {
  const zero = f32x4.splat(0), step = pixel << 1;
  const u0 = v128.load(w), v0 = v128.load(w + pixel), w0 = v128.load(w + 2 * pixel);
  if (rows > 1) w += wRow;
  const u1 = v128.load(w), v1 = v128.load(w + pixel), w1 = v128.load(w + 2 * pixel);
  if (rows > 2) w += wRow;
  const u2 = v128.load(w), v2 = v128.load(w + pixel), w2 = v128.load(w + 2 * pixel);
  // The pixels whose last tap, and the first two of the next pixel, are inside.
  const inside = max(0, min(count - 1, (size - 2 + lead) >> 1));
  for (; lines > 0; lines--) {
    let a = zero, column = 2 - lead, at = x + column * pixel, to = out;
    if (lead == 0) a = products(x, xRow, u0, u1, u2, rows);
    if (column > 0 && column <= size) {
      a = f32x4.add(a, products(at - pixel, xRow, v0, v1, v2, rows));
    }
    for (let left = inside; left > 0; left--) {
      const x0 = v128.load(at);
      let y = f32x4.mul(x0, w0), q = f32x4.mul(x0, u0);
      q = f32x4.add(q, f32x4.mul(v128.load(at + pixel), v0));
      if (rows > 1) {
        const x1 = v128.load(at + xRow);
        y = f32x4.add(y, f32x4.mul(x1, w1));
        q = f32x4.add(q, f32x4.mul(x1, u1));
        q = f32x4.add(q, f32x4.mul(v128.load(at + xRow + pixel), v1));
      }
      if (rows > 2) {
        const x2 = v128.load(at + 2 * xRow);
        y = f32x4.add(y, f32x4.mul(x2, w2));
        q = f32x4.add(q, f32x4.mul(x2, u2));
        q = f32x4.add(q, f32x4.mul(v128.load(at + 2 * xRow + pixel), v2));
      }
      v128.store(to, f32x4.add(a, y));
      a = q;
      at += step;
      to += pixel;
    }
    column += inside << 1;
    for (let left = count - inside; left > 0; left--) {
      let y = a;
      a = zero;
      if (column < size) {
        y = f32x4.add(y, products(at, xRow, w0, w1, w2, rows));
        if (left > 1) a = products(at, xRow, u0, u1, u2, rows);
      }
      if (column + 1 < size && left > 1) {
        a = f32x4.add(a, products(at + pixel, xRow, v0, v1, v2, rows));
      }
      v128.store(to, y);
      at += step;
      to += pixel;
      column += 2;
    }
    x += xLine;
    out += outLine;
  }
}

/** Five taps of one row or two, added to what is there if `adds`. @inline */
function fiveByTwo(
  x: i32,
  xRow: i32,
  xLine: i32,
  w: i32,
  wRow: i32,
  out: i32,
  outLine: i32,
  lines: i32,
  count: i32,
  lead: i32,
  size: i32,
  rows: i32,
  pixel: i32,
  adds: bool,
): void {
  const zero = f32x4.splat(0), step = pixel << 1;
  const s0 = v128.load(w), s1 = v128.load(w + pixel), s2 = v128.load(w + 2 * pixel);
  const s3 = v128.load(w + 3 * pixel), s4 = v128.load(w + 4 * pixel);
  if (rows > 1) w += wRow;
  const t0 = v128.load(w), t1 = v128.load(w + pixel), t2 = v128.load(w + 2 * pixel);
  const t3 = v128.load(w + 3 * pixel), t4 = v128.load(w + 4 * pixel);
  const inside = max(0, min(count, ((size - 2 + lead) >> 1) - 1));
  for (; lines > 0; lines--) {
    let a = zero, b = zero, column = -lead, at = x - lead * pixel, to = out;
    for (let i = -2; i < count; i++) { // From the first column that the first pixel sees.
      if (i == 0 && inside > 0) {
        for (let left = inside; left > 0; left--) {
          const x0 = v128.load(at), x1 = v128.load(at + pixel);
          let y = f32x4.add(b, f32x4.mul(x0, s4));
          b = f32x4.add(f32x4.add(a, f32x4.mul(x0, s2)), f32x4.mul(x1, s3));
          a = f32x4.add(f32x4.mul(x0, s0), f32x4.mul(x1, s1));
          if (rows > 1) {
            const x2 = v128.load(at + xRow), x3 = v128.load(at + xRow + pixel);
            y = f32x4.add(y, f32x4.mul(x2, t4));
            b = f32x4.add(f32x4.add(b, f32x4.mul(x2, t2)), f32x4.mul(x3, t3));
            a = f32x4.add(f32x4.add(a, f32x4.mul(x2, t0)), f32x4.mul(x3, t1));
          }
          put(to, y, adds);
          at += step;
          to += pixel;
        }
        column += inside << 1;
        i = inside;
        if (i == count) break;
      }
      let y = b;
      b = a;
      a = zero;
      if (<u32> column < <u32> size) {
        y = f32x4.add(y, products(at, xRow, s4, t4, zero, rows));
        b = f32x4.add(b, products(at, xRow, s2, t2, zero, rows));
        a = products(at, xRow, s0, t0, zero, rows);
      }
      if (<u32> (column + 1) < <u32> size) {
        b = f32x4.add(b, products(at + pixel, xRow, s3, t3, zero, rows));
        a = f32x4.add(a, products(at + pixel, xRow, s1, t1, zero, rows));
      }
      if (i >= 0) {
        put(to, y, adds);
        to += pixel;
      }
      at += step;
      column += 2;
    }
    x += xLine;
    out += outLine;
  }
}

/** `out[2·line, i] = Σ_{row, k} x[line + row, j] · w[row, k]` where `2j − lead + k = i` */
export function spreadByTwo(
  x: i32,
  xRow: i32,
  xLine: i32,
  w: i32,
  wRow: i32,
  out: i32,
  outLine: i32,
  lines: i32,
  count: i32,
  lead: i32,
  size: i32,
  taps: i32,
  rows: i32,
  pixel: i32,
): void {
  const last = pixel - 16;
  for (let block = 0; block < pixel; block += 16) {
    const c = min(block, last), to = out + c;
    let from = x + c, tap = w + c, row = 2 - (rows & 1);
    if (row == 1) {
      spread(
        from,
        xRow,
        xLine,
        tap,
        wRow,
        to,
        outLine,
        lines,
        count,
        lead,
        size,
        taps,
        1,
        pixel,
        false,
      );
    } else {
      spread(
        from,
        xRow,
        xLine,
        tap,
        wRow,
        to,
        outLine,
        lines,
        count,
        lead,
        size,
        taps,
        2,
        pixel,
        false,
      );
    }
    from += row * xRow;
    tap += row * wRow;
    for (; row < rows; row += 2) {
      spread(
        from,
        xRow,
        xLine,
        tap,
        wRow,
        to,
        outLine,
        lines,
        count,
        lead,
        size,
        taps,
        2,
        pixel,
        true,
      );
      from += 2 * xRow;
      tap += 2 * wRow;
    }
  }
}

/** Taps of one row or two. @inline */
function spread(
  x: i32,
  xRow: i32,
  xLine: i32,
  w: i32,
  wRow: i32,
  out: i32,
  outLine: i32,
  lines: i32,
  count: i32,
  lead: i32,
  size: i32,
  taps: i32,
  rows: i32,
  pixel: i32,
  adds: bool,
): void {
  if (taps == 5) {
    spreadTaps(
      x,
      xRow,
      xLine,
      w,
      wRow,
      out,
      outLine,
      lines,
      count,
      lead,
      size,
      5,
      rows,
      pixel,
      adds,
    );
  } else {
    spreadTaps(
      x,
      xRow,
      xLine,
      w,
      wRow,
      out,
      outLine,
      lines,
      count,
      lead,
      size,
      3,
      rows,
      pixel,
      adds,
    );
  }
}

/** Three taps or five, a number that is known here, too. @inline */
function spreadTaps(
  x: i32,
  xRow: i32,
  xLine: i32,
  w: i32,
  wRow: i32,
  out: i32,
  outLine: i32,
  lines: i32,
  count: i32,
  lead: i32,
  size: i32,
  taps: i32,
  rows: i32,
  pixel: i32,
  adds: bool,
): void {
  const zero = f32x4.splat(0), step = pixel << 1;
  const s0 = v128.load(w), s1 = v128.load(w + pixel), s2 = v128.load(w + 2 * pixel);
  const s3 = taps == 5 ? v128.load(w + 3 * pixel) : zero;
  const s4 = taps == 5 ? v128.load(w + 4 * pixel) : zero;
  if (rows > 1) w += wRow;
  const t0 = v128.load(w), t1 = v128.load(w + pixel), t2 = v128.load(w + 2 * pixel);
  const t3 = taps == 5 ? v128.load(w + 3 * pixel) : zero;
  const t4 = taps == 5 ? v128.load(w + 4 * pixel) : zero;
  for (; lines > 0; lines--) {
    let a = zero, b = zero, c = zero, i = -lead, at = x, to = out - lead * pixel, left = size;
    let inside = 0;
    for (; left > 0; left--) {
      if (i >= 0) {
        inside = min(left, (count - i) >> 1);
        left -= inside;
        i += inside << 1;
        for (; inside > 0; inside--) {
          const d = v128.load(at);
          let y = f32x4.add(a, f32x4.mul(d, s0)), z = f32x4.mul(d, s1);
          if (taps == 5) {
            z = f32x4.add(b, z);
            a = f32x4.add(c, f32x4.mul(d, s2));
            b = f32x4.mul(d, s3);
            c = f32x4.mul(d, s4);
          } else {
            a = f32x4.mul(d, s2);
          }
          if (rows > 1) {
            const e = v128.load(at + xRow);
            y = f32x4.add(y, f32x4.mul(e, t0));
            z = f32x4.add(z, f32x4.mul(e, t1));
            a = f32x4.add(a, f32x4.mul(e, t2));
            if (taps == 5) {
              b = f32x4.add(b, f32x4.mul(e, t3));
              c = f32x4.add(c, f32x4.mul(e, t4));
            }
          }
          put(to, y, adds);
          put(to + pixel, z, adds);
          at += pixel;
          to += step;
        }
        if (left == 0) break;
      }
      const y = f32x4.add(a, products(at, xRow, s0, t0, zero, rows));
      const z = f32x4.add(b, products(at, xRow, s1, t1, zero, rows));
      a = f32x4.add(c, products(at, xRow, s2, t2, zero, rows));
      if (taps == 5) {
        b = products(at, xRow, s3, t3, zero, rows);
        c = products(at, xRow, s4, t4, zero, rows);
      }
      if (<u32> i < <u32> count) put(to, y, adds);
      if (<u32> (i + 1) < <u32> count) put(to + pixel, z, adds);
      at += pixel;
      to += step;
      i += 2;
    }
    for (; i < count; i++) {
      put(to, a, adds);
      a = b;
      b = c;
      c = zero;
      to += pixel;
    }
    x += xLine;
    out += outLine;
  }
}
