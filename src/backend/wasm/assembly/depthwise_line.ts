// Rows of a depthwise convolution with any taps, four or eight channels at once: where the taps are inside of
// the row, four pixels at once.

/** How many of a filter's taps there are from `offset` on, `stride` apart. */
export function tapsFrom(offset: i32, stride: i32, filter: i32): i32 {
  return offset < filter ? (filter - offset + stride - 1) / stride : 0;
}

/** The first tap k at which `start + k·step` is at most `size − 1`, and at least 0. */
export function firstTap(start: i32, step: i32, size: i32): i32 {
  if (step > 0) return start >= 0 ? 0 : (step - 1 - start) / step;
  return start < size ? 0 : (start - size - step) / -step;
}

/** The tap behind the last of `count` at which `start + k·step` is within `size`. */
export function endTap(start: i32, step: i32, size: i32, count: i32): i32 {
  if (step > 0) return start >= size ? 0 : min(count, (size - start + step - 1) / step);
  return start < 0 ? 0 : min(count, start / -step + 1);
}

/** How many lines, at most `most`, each `next` behind the one before, have the taps of that at `start`. */
export function linesLike(
  start: i32,
  next: i32,
  step: i32,
  size: i32,
  count: i32,
  most: i32,
): i32 {
  const first = firstTap(start, step, size), end = endTap(start, step, size, count);
  let lines = 1;
  for (; lines < most; lines++) {
    start += next;
    if (firstTap(start, step, size) != first || endTap(start, step, size, count) != end) break;
  }
  return lines;
}

/**
 * `count` pixels, `outStep` bytes apart: `out[i] = Σ_{row, k} x[row, start + i·step + k·tapStep] · w[row, k]`,
 * where columns of x are from 0 to `size − 1`, and those of w are `wTap` bytes apart.
 */
export function line(
  x: i32,
  w: i32,
  out: i32,
  count: i32,
  size: i32,
  start: i32,
  step: i32,
  tapStep: i32,
  taps: i32,
  rows: i32,
  xRow: i32,
  wTap: i32,
  wRow: i32,
  outStep: i32,
  pixel: i32,
): void {
  const reach = (taps - 1) * tapStep, xTap = tapStep * pixel;
  let inside = firstTap(start + min(0, reach), step, size);
  let outside = endTap(start + max(0, reach), step, size, count);
  if (taps == 0 || inside >= outside) inside = outside = count; // each pixel is at an edge
  for (let i = 0; i < count; i++) {
    if (i == inside) {
      pixels(
        x + (start + i * step) * pixel,
        w,
        out,
        outside - inside,
        pixel,
        rows,
        taps,
        xTap,
        xRow - taps * xTap,
        wTap,
        wRow - taps * wTap,
        step * pixel,
        outStep,
      );
      out += (outside - inside) * outStep;
      i = outside;
      if (i == count) break;
    }
    const at = start + i * step;
    const first = firstTap(at, tapStep, size);
    const some = max(0, endTap(at, tapStep, size, taps) - first);
    pixels(
      x + (at + first * tapStep) * pixel,
      w + first * wTap,
      out,
      1,
      pixel,
      rows,
      some,
      xTap,
      xRow - some * xTap,
      wTap,
      wRow - some * wTap,
      0,
      0,
    );
    out += outStep;
  }
}

/**
 * Pixels whose taps are all inside, with every channel: eight at once, then four, the last of which begin
 * early enough. `xSkip` and `wSkip` lead from behind a row's last tap to the next row's first.
 */
function pixels(
  x: i32,
  w: i32,
  out: i32,
  count: i32,
  pixel: i32,
  rows: i32,
  taps: i32,
  xTap: i32,
  xSkip: i32,
  wTap: i32,
  wSkip: i32,
  step: i32,
  outStep: i32,
): void {
  const eights = pixel & ~31, last = pixel - 16;
  const isWide = count >= 4;
  while (count >= 4 || (isWide && count > 0)) {
    if (count < 4) { // The last four begin early enough, and are computed again.
      x -= (4 - count) * step;
      out -= (4 - count) * outStep;
      count = 4;
    }
    for (let c = 0; c < eights; c += 32) {
      eightChannels(x + c, w + c, out + c, rows, taps, xTap, xSkip, wTap, wSkip, step, outStep);
    }
    for (let block = eights; block < pixel; block += 16) {
      const c = min(block, last);
      fourChannels(x + c, w + c, out + c, rows, taps, xTap, xSkip, wTap, wSkip, step, outStep);
    }
    x += step << 2;
    out += outStep << 2;
    count -= 4;
  }
  for (; count > 0; count--) {
    for (let block = 0; block < pixel; block += 16) {
      const c = min(block, last);
      onePixel(x + c, w + c, out + c, rows, taps, xTap, xSkip, wTap, wSkip);
    }
    x += step;
    out += outStep;
  }
}

/** Eight channels of four pixels. */
function eightChannels(
  x: i32,
  w: i32,
  out: i32,
  rows: i32,
  taps: i32,
  xTap: i32,
  xSkip: i32,
  wTap: i32,
  wSkip: i32,
  step: i32,
  outStep: i32,
): void {
  let a0 = f32x4.splat(0), b0 = a0, c0 = a0, d0 = a0, a1 = a0, b1 = a0, c1 = a0, d1 = a0;
  for (; rows > 0; rows--) {
    for (let left = taps; left > 0; left--) {
      const w0 = v128.load(w), w1 = v128.load(w, 16);
      let at = x;
      a0 = f32x4.add(a0, f32x4.mul(v128.load(at), w0));
      a1 = f32x4.add(a1, f32x4.mul(v128.load(at, 16), w1));
      at += step;
      b0 = f32x4.add(b0, f32x4.mul(v128.load(at), w0));
      b1 = f32x4.add(b1, f32x4.mul(v128.load(at, 16), w1));
      at += step;
      c0 = f32x4.add(c0, f32x4.mul(v128.load(at), w0));
      c1 = f32x4.add(c1, f32x4.mul(v128.load(at, 16), w1));
      at += step;
      d0 = f32x4.add(d0, f32x4.mul(v128.load(at), w0));
      d1 = f32x4.add(d1, f32x4.mul(v128.load(at, 16), w1));
      w += wTap;
      x += xTap;
    }
    w += wSkip;
    x += xSkip;
  }
  v128.store(out, a0);
  v128.store(out, a1, 16);
  out += outStep;
  v128.store(out, b0);
  v128.store(out, b1, 16);
  out += outStep;
  v128.store(out, c0);
  v128.store(out, c1, 16);
  out += outStep;
  v128.store(out, d0);
  v128.store(out, d1, 16);
}

/** Four channels of four pixels. */
function fourChannels(
  x: i32,
  w: i32,
  out: i32,
  rows: i32,
  taps: i32,
  xTap: i32,
  xSkip: i32,
  wTap: i32,
  wSkip: i32,
  step: i32,
  outStep: i32,
): void {
  let a = f32x4.splat(0), b = a, c = a, d = a;
  for (; rows > 0; rows--) {
    for (let left = taps; left > 0; left--) {
      const weights = v128.load(w);
      let at = x;
      a = f32x4.add(a, f32x4.mul(v128.load(at), weights));
      at += step;
      b = f32x4.add(b, f32x4.mul(v128.load(at), weights));
      at += step;
      c = f32x4.add(c, f32x4.mul(v128.load(at), weights));
      at += step;
      d = f32x4.add(d, f32x4.mul(v128.load(at), weights));
      w += wTap;
      x += xTap;
    }
    w += wSkip;
    x += xSkip;
  }
  v128.store(out, a);
  out += outStep;
  v128.store(out, b);
  out += outStep;
  v128.store(out, c);
  out += outStep;
  v128.store(out, d);
}

/** Four channels of one pixel. */
function onePixel(
  x: i32,
  w: i32,
  out: i32,
  rows: i32,
  taps: i32,
  xTap: i32,
  xSkip: i32,
  wTap: i32,
  wSkip: i32,
): void {
  let sum = f32x4.splat(0);
  for (; rows > 0; rows--) {
    for (let left = taps; left > 0; left--) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(x), v128.load(w)));
      w += wTap;
      x += xTap;
    }
    w += wSkip;
    x += xSkip;
  }
  v128.store(out, sum);
}
