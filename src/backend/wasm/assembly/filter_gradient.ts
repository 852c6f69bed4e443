// The filter gradient of a convolution, channels last, in SIMD without relaxed operations:
//
//   dw[ky, kx, ci, co] = Σ_{b, oy, ox} x[b, oy·strideY − padTop + ky, ox·strideX − padLeft + kx, ci] · dy[b, oy, ox, co]
//
// For each tap (ky, kx) this is a matrix product xᵀ·dy over the pixels that the tap sees. Pixels are
// taken in chunks that stay in the first-level cache; a tile of `dw` (4 input × 8 output channels)
// stays in registers over a chunk. The order of additions is fixed by the shapes alone.

/** Pixels in a chunk: x and dy of so many pixels of 64 channels fit into 32 KiB. */
const CHUNK: i32 = 64;

export function filterGradient(
  x: i32,
  dy: i32,
  dw: i32,
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
  const xPixel: i32 = inChannels << 2;
  const dyPixel: i32 = outChannels << 2;
  const tap: i32 = inChannels * dyPixel;
  memory.fill(dw, 0, tap * filterHeight * filterWidth);
  const rowsPerChunk = max(1, CHUNK / outWidth);
  for (let b = 0; b < batch; b++) {
    for (let top = 0; top < outHeight; top += rowsPerChunk) {
      const bottom = min(top + rowsPerChunk, outHeight);
      for (let ky = 0; ky < filterHeight; ky++) {
        const oy0 = max(top, firstInside(padTop - ky, strideY));
        const oy1 = min(bottom, firstInside(inHeight + padTop - ky, strideY));
        if (oy0 >= oy1) continue;
        for (let kx = 0; kx < filterWidth; kx++) {
          const ox0 = max(0, firstInside(padLeft - kx, strideX));
          const ox1 = min(outWidth, firstInside(inWidth + padLeft - kx, strideX));
          if (ox0 >= ox1) continue;
          const iy = oy0 * strideY - padTop + ky;
          const ix = ox0 * strideX - padLeft + kx;
          addProduct(
            x + ((b * inHeight + iy) * inWidth + ix) * xPixel,
            dy + ((b * outHeight + oy0) * outWidth + ox0) * dyPixel,
            dw + (ky * filterWidth + kx) * tap,
            oy1 - oy0,
            ox1 - ox0,
            inChannels,
            outChannels,
            strideY * inWidth * xPixel,
            strideX * xPixel,
            outWidth * dyPixel,
          );
        }
      }
    }
  }
}

/** The first output index o with o·stride ≥ from. */
// @ts-ignore: decorators of AssemblyScript
@inline
function firstInside(from: i32, stride: i32): i32 {
  return from <= 0 ? 0 : (from + stride - 1) / stride;
}

/** dw[ci, co] += Σ over rows × columns of x[·, ci]·dy[·, co]. */
function addProduct(
  x: i32,
  dy: i32,
  dw: i32,
  rows: i32,
  columns: i32,
  inChannels: i32,
  outChannels: i32,
  xRow: i32,
  xPixel: i32,
  dyRow: i32,
): void {
  const dyPixel: i32 = outChannels << 2;
  const full = outChannels & ~7;
  let ci = 0;
  for (; ci + 4 <= inChannels; ci += 4) {
    for (let co = 0; co < full; co += 8) {
      tile4x8(x + (ci << 2), dy + (co << 2), dw + ci * dyPixel + (co << 2), rows, columns, xRow, xPixel, dyRow, dyPixel);
    }
  }
  for (; ci < inChannels; ci++) {
    for (let co = 0; co < full; co += 8) {
      tile1x8(x + (ci << 2), dy + (co << 2), dw + ci * dyPixel + (co << 2), rows, columns, xRow, xPixel, dyRow, dyPixel);
    }
  }
  for (let co = full; co < outChannels; co++) {
    for (ci = 0; ci < inChannels; ci++) {
      tile1x1(x + (ci << 2), dy + (co << 2), dw + ci * dyPixel + (co << 2), rows, columns, xRow, xPixel, dyRow, dyPixel);
    }
  }
}

function tile4x8(x: i32, dy: i32, dw: i32, rows: i32, columns: i32, xRow: i32, xPixel: i32, dyRow: i32, dyPixel: i32): void {
  const dw1 = dw + dyPixel, dw2 = dw1 + dyPixel, dw3 = dw2 + dyPixel;
  let a0 = v128.load(dw), b0 = v128.load(dw, 16);
  let a1 = v128.load(dw1), b1 = v128.load(dw1, 16);
  let a2 = v128.load(dw2), b2 = v128.load(dw2, 16);
  let a3 = v128.load(dw3), b3 = v128.load(dw3, 16);
  for (let row = 0; row < rows; row++) {
    let px = x, py = dy;
    for (let column = 0; column < columns; column++) {
      const lo = v128.load(py), hi = v128.load(py, 16);
      const x0 = v128.load32_splat(px);
      a0 = f32x4.add(a0, f32x4.mul(x0, lo));
      b0 = f32x4.add(b0, f32x4.mul(x0, hi));
      const x1 = v128.load32_splat(px, 4);
      a1 = f32x4.add(a1, f32x4.mul(x1, lo));
      b1 = f32x4.add(b1, f32x4.mul(x1, hi));
      const x2 = v128.load32_splat(px, 8);
      a2 = f32x4.add(a2, f32x4.mul(x2, lo));
      b2 = f32x4.add(b2, f32x4.mul(x2, hi));
      const x3 = v128.load32_splat(px, 12);
      a3 = f32x4.add(a3, f32x4.mul(x3, lo));
      b3 = f32x4.add(b3, f32x4.mul(x3, hi));
      px += xPixel;
      py += dyPixel;
    }
    x += xRow;
    dy += dyRow;
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

function tile1x8(x: i32, dy: i32, dw: i32, rows: i32, columns: i32, xRow: i32, xPixel: i32, dyRow: i32, dyPixel: i32): void {
  let a = v128.load(dw), b = v128.load(dw, 16);
  for (let row = 0; row < rows; row++) {
    let px = x, py = dy;
    for (let column = 0; column < columns; column++) {
      const x0 = v128.load32_splat(px);
      a = f32x4.add(a, f32x4.mul(x0, v128.load(py)));
      b = f32x4.add(b, f32x4.mul(x0, v128.load(py, 16)));
      px += xPixel;
      py += dyPixel;
    }
    x += xRow;
    dy += dyRow;
  }
  v128.store(dw, a);
  v128.store(dw, b, 16);
}

function tile1x1(x: i32, dy: i32, dw: i32, rows: i32, columns: i32, xRow: i32, xPixel: i32, dyRow: i32, dyPixel: i32): void {
  let a = load<f32>(dw);
  for (let row = 0; row < rows; row++) {
    let px = x, py = dy;
    for (let column = 0; column < columns; column++) {
      a += load<f32>(px) * load<f32>(py);
      px += xPixel;
      py += dyPixel;
    }
    x += xRow;
    dy += dyRow;
  }
  store<f32>(dw, a);
}
