// The filter gradient of a convolution, channels last:
//
//   dw[ky, kx, ci, co] = Σ_{b, oy, ox} x[b, oy·stride − top + ky, ox·stride − left + kx, ci] · dy[b, oy, ox, co]
//
// Each image is padded into `scratch` first; the values under a row ky of the filter, over kx and ci,
// then lie side by side, and dw[ky] is a matrix product xᵀ·dy over the output's pixels. Pixels are taken
// in chunks that stay in the first-level cache; a tile of dw (four of kx, ci × eight output channels)
// stays in registers over a chunk. One part of the tiles is computed, in an order of additions that is
// fixed by the shapes alone.

import { padImage } from "./pad_image";

/** Pixels in a chunk: x and dy of so many pixels of 64 channels fit into 32 KiB. */
const CHUNK: i32 = 64;

export function filterGradient(
  x: i32,
  dy: i32,
  dw: i32,
  scratch: i32,
  firstTile: i32,
  lastTile: i32,
  batch: i32,
  inHeight: i32,
  inWidth: i32,
  inChannels: i32,
  outHeight: i32,
  outWidth: i32,
  outChannels: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideY: i32,
  strideX: i32,
  padTop: i32,
  padLeft: i32,
): void {
  const pixel = inChannels << 2, dyPixel = outChannels << 2;
  const height = (outHeight - 1) * strideY + filterHeight;
  const width = (outWidth - 1) * strideX + filterWidth;
  const rows = min(inHeight, height - padTop), columns = min(inWidth, width - padLeft);
  const padBottom = height - padTop - rows, padRight = width - padLeft - columns;
  const padded = (padTop | padBottom | padLeft | padRight) != 0 || columns != inWidth;
  const row = width * pixel;
  const run = filterWidth * inChannels;
  const runTiles = (run + 3) >> 2, blocks = (outChannels + 7) >> 3;
  const rowsInChunk = max(1, CHUNK / outWidth);
  for (let b = 0; b < batch; b++) {
    const image = x + b * inHeight * inWidth * pixel;
    if (padded) {
      padImage(
        image,
        scratch,
        rows,
        columns * pixel,
        inWidth * pixel,
        padTop,
        padBottom,
        padLeft * pixel,
        padRight * pixel,
      );
    }
    const from = padded ? scratch : image;
    for (let top = 0; top < outHeight; top += rowsInChunk) {
      const rowsHere = min(rowsInChunk, outHeight - top);
      const dyHere = dy + (b * outHeight + top) * outWidth * dyPixel;
      const xHere = from + top * strideY * row;
      for (let tile = firstTile; tile < lastTile; tile++) {
        const block = tile % blocks, rest = tile / blocks;
        const i = rest % runTiles << 2, ky = rest / runTiles;
        addTile(
          xHere + ky * row + (i << 2),
          dyHere + (block << 5),
          dw + (ky * run + i) * dyPixel + (block << 5),
          min(4, run - i),
          min(8, outChannels - (block << 3)),
          rowsHere,
          outWidth,
          strideY * row,
          strideX * pixel,
          dyPixel,
          b == 0 && top == 0,
        );
      }
    }
  }
}

/** dw[i, co] += Σ over rows × columns of x[·, i]·dy[·, co], or = if the tile is fresh. */
function addTile(
  x: i32,
  dy: i32,
  dw: i32,
  height: i32,
  width: i32,
  rows: i32,
  columns: i32,
  xRow: i32,
  xPixel: i32,
  dyPixel: i32,
  fresh: bool,
): void {
  if (width == 8) {
    if (height == 4) return fourByEight(x, dy, dw, rows, columns, xRow, xPixel, dyPixel, fresh);
    for (let i = 0; i < height; i++) {
      oneByEight(x + (i << 2), dy, dw + i * dyPixel, rows, columns, xRow, xPixel, dyPixel, fresh);
    }
    return;
  }
  for (let i = 0; i < height << 2; i += 4) {
    for (let co = 0; co < width << 2; co += 4) {
      oneByOne(x + i, dy + co, dw + co, rows, columns, xRow, xPixel, dyPixel, fresh);
    }
    dw += dyPixel;
  }
}

function fourByEight(
  x: i32,
  dy: i32,
  dw: i32,
  rows: i32,
  columns: i32,
  xRow: i32,
  xPixel: i32,
  dyPixel: i32,
  fresh: bool,
): void {
  // V8 then has the limits of the loop's accesses, which depend on their offsets alone; see matrix_product.ts.
  v128.load(dw);
  v128.load(dw, 16);
  v128.load32_splat(dw);
  v128.load32_splat(dw, 4);
  v128.load32_splat(dw, 8);
  v128.load32_splat(dw, 12);
  const dw1 = dw + dyPixel, dw2 = dw1 + dyPixel, dw3 = dw2 + dyPixel;
  let a0 = f32x4.splat(0), b0 = a0, a1 = a0, b1 = a0, a2 = a0, b2 = a0, a3 = a0, b3 = a0;
  if (!fresh) {
    a0 = v128.load(dw);
    b0 = v128.load(dw, 16);
    a1 = v128.load(dw1);
    b1 = v128.load(dw1, 16);
    a2 = v128.load(dw2);
    b2 = v128.load(dw2, 16);
    a3 = v128.load(dw3);
    b3 = v128.load(dw3, 16);
  }
  for (; rows > 0; rows--) {
    let p = x;
    let column = columns;
    for (; column > 1; column -= 2) { // Two pixels at once: faster than one.
      let lo = v128.load(dy), hi = v128.load(dy, 16);
      let v = v128.load32_splat(p);
      a0 = f32x4.add(a0, f32x4.mul(v, lo));
      b0 = f32x4.add(b0, f32x4.mul(v, hi));
      v = v128.load32_splat(p, 4);
      a1 = f32x4.add(a1, f32x4.mul(v, lo));
      b1 = f32x4.add(b1, f32x4.mul(v, hi));
      v = v128.load32_splat(p, 8);
      a2 = f32x4.add(a2, f32x4.mul(v, lo));
      b2 = f32x4.add(b2, f32x4.mul(v, hi));
      v = v128.load32_splat(p, 12);
      a3 = f32x4.add(a3, f32x4.mul(v, lo));
      b3 = f32x4.add(b3, f32x4.mul(v, hi));
      p += xPixel;
      dy += dyPixel;
      lo = v128.load(dy);
      hi = v128.load(dy, 16);
      v = v128.load32_splat(p);
      a0 = f32x4.add(a0, f32x4.mul(v, lo));
      b0 = f32x4.add(b0, f32x4.mul(v, hi));
      v = v128.load32_splat(p, 4);
      a1 = f32x4.add(a1, f32x4.mul(v, lo));
      b1 = f32x4.add(b1, f32x4.mul(v, hi));
      v = v128.load32_splat(p, 8);
      a2 = f32x4.add(a2, f32x4.mul(v, lo));
      b2 = f32x4.add(b2, f32x4.mul(v, hi));
      v = v128.load32_splat(p, 12);
      a3 = f32x4.add(a3, f32x4.mul(v, lo));
      b3 = f32x4.add(b3, f32x4.mul(v, hi));
      p += xPixel;
      dy += dyPixel;
    }
    if (column > 0) {
      const lo = v128.load(dy), hi = v128.load(dy, 16);
      let v = v128.load32_splat(p);
      a0 = f32x4.add(a0, f32x4.mul(v, lo));
      b0 = f32x4.add(b0, f32x4.mul(v, hi));
      v = v128.load32_splat(p, 4);
      a1 = f32x4.add(a1, f32x4.mul(v, lo));
      b1 = f32x4.add(b1, f32x4.mul(v, hi));
      v = v128.load32_splat(p, 8);
      a2 = f32x4.add(a2, f32x4.mul(v, lo));
      b2 = f32x4.add(b2, f32x4.mul(v, hi));
      v = v128.load32_splat(p, 12);
      a3 = f32x4.add(a3, f32x4.mul(v, lo));
      b3 = f32x4.add(b3, f32x4.mul(v, hi));
      dy += dyPixel;
    }
    x += xRow;
  }
  v128.store(dw, a0);
  v128.store(dw, b0, 16);
  v128.store(dw1, a1);
  v128.store(dw1, b1, 16);
  v128.store(dw2, a2);
  v128.store(dw2, b2, 16);
  v128.store(dw3, a3);
  v128.store(dw3, b3, 16);
}

function oneByEight(
  x: i32,
  dy: i32,
  dw: i32,
  rows: i32,
  columns: i32,
  xRow: i32,
  xPixel: i32,
  dyPixel: i32,
  fresh: bool,
): void {
  let a = fresh ? f32x4.splat(0) : v128.load(dw), b = fresh ? f32x4.splat(0) : v128.load(dw, 16);
  for (; rows > 0; rows--) {
    let p = x;
    for (let column = columns; column > 0; column--) {
      const v = v128.load32_splat(p);
      a = f32x4.add(a, f32x4.mul(v, v128.load(dy)));
      b = f32x4.add(b, f32x4.mul(v, v128.load(dy, 16)));
      p += xPixel;
      dy += dyPixel;
    }
    x += xRow;
  }
  v128.store(dw, a);
  v128.store(dw, b, 16);
}

function oneByOne(
  x: i32,
  dy: i32,
  dw: i32,
  rows: i32,
  columns: i32,
  xRow: i32,
  xPixel: i32,
  dyPixel: i32,
  fresh: bool,
): void {
  let sum: f32 = fresh ? 0 : load<f32>(dw);
  for (; rows > 0; rows--) {
    let p = x;
    for (let column = columns; column > 0; column--) {
      sum += load<f32>(p) * load<f32>(dy);
      p += xPixel;
      dy += dyPixel;
    }
    x += xRow;
  }
  store<f32>(dw, sum);
}
