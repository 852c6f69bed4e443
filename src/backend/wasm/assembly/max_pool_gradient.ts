// The gradient of max pooling, channels last: each window's gradient goes to its first maximum in
// row-major order, or to its first NaN, as in PyTorch. Windows may overlap; padding is never a maximum. `y`
// are the maxima. The images of one part of the batch.

export function maxPoolGradient(
  x: i32,
  y: i32,
  dy: i32,
  dx: i32,
  firstImage: i32,
  lastImage: i32,
  inHeight: i32,
  inWidth: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideY: i32,
  strideX: i32,
  padTop: i32,
  padLeft: i32,
): void {
  const pixel = channels << 2;
  const imageSize = inHeight * inWidth * pixel;
  // Windows that neither overlap nor leave gaps are written once, zeros and all, instead of twice.
  const tiled = strideY == filterHeight && strideX == filterWidth && (channels & 3) == 0 &&
    padTop == 0 && padLeft == 0 && outHeight * strideY == inHeight && outWidth * strideX == inWidth;
  const firstWindow = firstImage * outHeight * outWidth * pixel;
  y += firstWindow;
  dy += firstWindow;
  if (tiled) {
    const row = inWidth * pixel;
    for (let b = firstImage; b < lastImage; b++) {
      for (let oy = 0; oy < outHeight; oy++) {
        for (let ox = 0; ox < outWidth; ox++) {
          const first = b * imageSize + oy * strideY * row + ox * strideX * pixel;
          let offset = 0;
          for (; offset + 64 <= pixel; offset += 64) {
            const at = first + offset;
            sixteen(
              x + at,
              y + offset,
              dy + offset,
              dx + at,
              pixel,
              row,
              filterHeight,
              filterWidth,
            );
          }
          for (; offset < pixel; offset += 16) {
            tile(
              x,
              y + offset,
              dy + offset,
              dx,
              first + offset,
              pixel,
              row,
              filterHeight,
              filterWidth,
            );
          }
          y += pixel;
          dy += pixel;
        }
      }
    }
    return;
  }
  memory.fill(dx + firstImage * imageSize, 0, (lastImage - firstImage) * imageSize);
  const full = channels & ~3;
  for (let b = firstImage; b < lastImage; b++) {
    const image = b * imageSize;
    for (let oy = 0; oy < outHeight; oy++) {
      const y0 = max(0, oy * strideY - padTop);
      const y1 = min(inHeight, oy * strideY - padTop + filterHeight);
      for (let ox = 0; ox < outWidth; ox++) {
        const x0 = max(0, ox * strideX - padLeft);
        const x1 = min(inWidth, ox * strideX - padLeft + filterWidth);
        const first = image + (y0 * inWidth + x0) * pixel;
        for (let c = 0; c < full; c += 4) {
          const offset = c << 2;
          let best = v128.load(x + first + offset);
          let where = i32x4.splat(first + offset);
          for (let iy = y0; iy < y1; iy++) {
            let at = image + (iy * inWidth + x0) * pixel + offset;
            for (let ix = x0; ix < x1; ix++) {
              const value = v128.load(x + at);
              const larger = f32x4.gt(value, best);
              best = v128.bitselect(value, best, larger);
              where = v128.bitselect(i32x4.splat(at), where, larger);
              at += pixel;
            }
          }
          const most = v128.load(y + offset);
          if (v128.any_true(f32x4.ne(most, most))) {
            where = firstNaN(x, first + offset, pixel, inWidth * pixel, y1 - y0, x1 - x0, where);
          }
          addTo(dx + i32x4.extract_lane(where, 0), load<f32>(dy + offset));
          addTo(dx + i32x4.extract_lane(where, 1) + 4, load<f32>(dy + offset, 4));
          addTo(dx + i32x4.extract_lane(where, 2) + 8, load<f32>(dy + offset, 8));
          addTo(dx + i32x4.extract_lane(where, 3) + 12, load<f32>(dy + offset, 12));
        }
        for (let c = full; c < channels; c++) {
          const offset = c << 2;
          let best = load<f32>(x + first + offset);
          let where = first + offset;
          for (let iy = y0; iy < y1; iy++) {
            let at = image + (iy * inWidth + x0) * pixel + offset;
            for (let ix = x0; ix < x1; ix++) {
              const value = load<f32>(x + at);
              if (value > best) {
                best = value;
                where = at;
              }
              at += pixel;
            }
          }
          const most = load<f32>(y + offset);
          if (most != most) {
            for (let iy = y1 - 1; iy >= y0; iy--) {
              for (let ix = x1 - 1; ix >= x0; ix--) {
                const at = image + (iy * inWidth + ix) * pixel + offset;
                const value = load<f32>(x + at);
                if (value != value) where = at;
              }
            }
          }
          addTo(dx + where, load<f32>(dy + offset));
        }
        y += pixel;
        dy += pixel;
      }
    }
  }
}

/**
 * Sixteen channels of one window, whose maxima are known: the first number that is its window's maximum gets
 * the gradient. Where a maximum is NaN no number equals it, and the gradient goes where {@linkcode tile} finds it.
 */
function sixteen(
  x: i32,
  y: i32,
  dy: i32,
  dx: i32,
  pixel: i32,
  row: i32,
  height: i32,
  width: i32,
): void {
  const y0 = v128.load(y), y1 = v128.load(y, 16), y2 = v128.load(y, 32), y3 = v128.load(y, 48);
  const n0 = f32x4.ne(y0, y0), n1 = f32x4.ne(y1, y1), n2 = f32x4.ne(y2, y2), n3 = f32x4.ne(y3, y3);
  if (v128.any_true(v128.or(v128.or(n0, n1), v128.or(n2, n3)))) {
    for (let offset = 0; offset < 64; offset += 16) {
      tile(x + offset, y + offset, dy + offset, dx + offset, 0, pixel, row, height, width);
    }
    return;
  }
  // What is left to be given away. 0 is added as where windows overlap, so that -0 becomes 0 here, too.
  const zero = f32x4.splat(0);
  let g0 = f32x4.add(v128.load(dy), zero), g1 = f32x4.add(v128.load(dy, 16), zero);
  let g2 = f32x4.add(v128.load(dy, 32), zero), g3 = f32x4.add(v128.load(dy, 48), zero);
  const next = row - width * pixel;
  for (let iy = 0; iy < height; iy++) {
    for (const end = x + width * pixel; x < end; x += pixel) {
      const e0 = f32x4.eq(v128.load(x), y0), e1 = f32x4.eq(v128.load(x, 16), y1);
      const e2 = f32x4.eq(v128.load(x, 32), y2), e3 = f32x4.eq(v128.load(x, 48), y3);
      v128.store(dx, v128.and(g0, e0));
      v128.store(dx, v128.and(g1, e1), 16);
      v128.store(dx, v128.and(g2, e2), 32);
      v128.store(dx, v128.and(g3, e3), 48);
      g0 = v128.andnot(g0, e0);
      g1 = v128.andnot(g1, e1);
      g2 = v128.andnot(g2, e2);
      g3 = v128.andnot(g3, e3);
      dx += pixel;
    }
    x += next;
    dx += next;
  }
}

/** Four channels of one window: finds where each is largest, then writes every pixel of the window. */
function tile(
  x: i32,
  y: i32,
  dy: i32,
  dx: i32,
  first: i32,
  pixel: i32,
  row: i32,
  height: i32,
  width: i32,
): void {
  let best = v128.load(x + first);
  let where = i32x4.splat(first);
  for (let iy = 0; iy < height; iy++) {
    let at = first + iy * row;
    for (let ix = 0; ix < width; ix++) {
      const value = v128.load(x + at);
      const larger = f32x4.gt(value, best);
      best = v128.bitselect(value, best, larger);
      where = v128.bitselect(i32x4.splat(at), where, larger);
      at += pixel;
    }
  }
  const most = v128.load(y);
  if (v128.any_true(f32x4.ne(most, most))) {
    where = firstNaN(x, first, pixel, row, height, width, where);
  }
  const gradient = v128.load(dy);
  for (let iy = 0; iy < height; iy++) {
    let at = first + iy * row;
    for (let ix = 0; ix < width; ix++) {
      const here = i32x4.eq(i32x4.splat(at), where);
      // 0 is added as where windows overlap, so that -0 becomes 0 here, too.
      v128.store(dx + at, f32x4.add(v128.and(gradient, here), f32x4.splat(0)));
      at += pixel;
    }
  }
}

/** For four channels of one window, where each one's first NaN is, or `otherwise` where it has none. */
function firstNaN(
  x: i32,
  first: i32,
  pixel: i32,
  row: i32,
  height: i32,
  width: i32,
  otherwise: v128,
): v128 {
  let where = otherwise;
  for (let iy = height - 1; iy >= 0; iy--) {
    for (let ix = width - 1; ix >= 0; ix--) {
      const at = first + iy * row + ix * pixel;
      const value = v128.load(x + at);
      where = v128.bitselect(i32x4.splat(at), where, f32x4.ne(value, value));
    }
  }
  return where;
}

function addTo(at: i32, value: f32): void {
  store<f32>(at, load<f32>(at) + value);
}
