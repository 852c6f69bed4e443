// A convolution, channels last:
//
//   out[b, oy, ox, co] = bias[co] +
//     Σ_{ky, kx, ci} x[b, oy·strideY − top + ky·dilationY, ox·strideX − left + kx·dilationX, ci] · w[ky, kx, ci, co]
//
// and then, if asked for, max(0, out). The images of one part of the batch, without a bias if it is at 0.
// Each image is padded into `scratch` first; a tile of four pixels × eight output channels then stays in
// registers over the whole sum. In a padded image the values under a row of the filter, over kx and ci, lie
// side by side, or those under one tap, if the filter is dilated along the row. `rest` takes what a last
// block of fewer than eight output channels computes too much.

import { padImage } from "./pad_image";

export function convolution(
  x: i32,
  packed: i32,
  bias: i32,
  relu: bool,
  out: i32,
  scratch: i32,
  rest: i32,
  firstImage: i32,
  lastImage: i32,
  inHeight: i32,
  inWidth: i32,
  inChannels: i32,
  outHeight: i32,
  outWidth: i32,
  outChannels: i32,
  filterHeight: i32,
  filterWidth: i32,
  padTop: i32,
  padLeft: i32,
  strideY: i32,
  strideX: i32,
  dilationY: i32,
  dilationX: i32,
): void {
  const pixel = inChannels << 2, outPixel = outChannels << 2;
  const inRow = inWidth * pixel;
  const height = (outHeight - 1) * strideY + (filterHeight - 1) * dilationY + 1;
  const width = (outWidth - 1) * strideX + (filterWidth - 1) * dilationX + 1;
  // Windows may all lie in the padding.
  padTop = min(padTop, height);
  padLeft = min(padLeft, width);
  // TensorFlow.js cuts the output of a filter that is not square where padding is one number.
  const rows = min(inHeight, height - padTop), columns = min(inWidth, width - padLeft);
  const padBottom = height - padTop - rows, padRight = width - padLeft - columns;
  const padded = (padTop | padBottom | padLeft | padRight) != 0 || columns != inWidth;
  const row = width * pixel;
  const block = filterHeight * filterWidth * pixel << 3;
  // Without dilation along the row, its taps are one run of values.
  const runs = dilationX == 1 ? 1 : filterWidth;
  const run = dilationX == 1 ? filterWidth * pixel : pixel;
  const runStep = dilationX * pixel, rowStep = dilationY * row - runs * runStep;
  const stepX = strideX * pixel;
  for (let b = firstImage; b < lastImage; b++) {
    const image = x + b * inHeight * inRow;
    if (padded) {
      padImage(
        image,
        scratch,
        rows,
        columns * pixel,
        inRow,
        padTop,
        padBottom,
        padLeft * pixel,
        padRight * pixel,
      );
    }
    const from = padded ? scratch : image;
    for (let oy = 0; oy < outHeight; oy++) {
      const to = out + (b * outHeight + oy) * outWidth * outPixel;
      let w = packed;
      for (let co = 0; co < outPixel; co += 32) {
        const used = min(32, outPixel - co);
        const step = used < 32 ? 32 : outPixel;
        const lo = bias == 0 ? f32x4.splat(0) : v128.load(bias + co);
        const hi = bias == 0 ? f32x4.splat(0) : v128.load(bias + co, 16);
        let px = from + oy * strideY * row, po = to + co, ox = 0;
        for (; ox + 4 <= outWidth; ox += 4) {
          const here = used < 32 ? rest : po;
          fourPixels(
            px,
            w,
            lo,
            hi,
            relu,
            here,
            run,
            runs,
            runStep,
            filterHeight,
            rowStep,
            stepX,
            step,
          );
          if (used < 32) copyPixels(rest, po, 4, used, outPixel);
          px += stepX << 2;
          po += outPixel << 2;
        }
        for (; ox < outWidth; ox++) {
          const here = used < 32 ? rest : po;
          onePixel(px, w, lo, hi, relu, here, run, runs, runStep, filterHeight, rowStep);
          if (used < 32) copyPixels(rest, po, 1, used, outPixel);
          px += stepX;
          po += outPixel;
        }
        w += block;
      }
    }
  }
}

/** The first `width` bytes of each of `pixels` blocks. */
function copyPixels(from: i32, out: i32, pixels: i32, width: i32, outPixel: i32): void {
  for (; pixels > 0; pixels--) {
    memory.copy(out, from, width);
    from += 32;
    out += outPixel;
  }
}

function fourPixels(
  x: i32,
  w: i32,
  lo0: v128,
  hi0: v128,
  relu: bool,
  out: i32,
  run: i32,
  runs: i32,
  runStep: i32,
  rows: i32,
  rowStep: i32,
  pixel: i32,
  outPixel: i32,
): void {
  // V8 then has the limits of the loop's accesses, which depend on their offsets alone; see matrix_product.ts.
  v128.load(w);
  v128.load(w, 16);
  v128.load(w, 32);
  v128.load(w, 48);
  v128.load32_splat(w);
  v128.load32_splat(w, 4);
  let a0 = lo0, b0 = hi0, a1 = lo0, b1 = hi0, a2 = lo0, b2 = hi0, a3 = lo0, b3 = hi0;
  for (; rows > 0; rows--) {
    for (let left = runs; left > 0; left--) {
      let p0 = x, p1 = x + pixel, p2 = p1 + pixel, p3 = p2 + pixel;
      const end = x + run;
      const even = end - 4;
      while (p0 < even) { // Two of the run at once: a quarter faster than one.
        let lo = v128.load(w), hi = v128.load(w, 16);
        let v = v128.load32_splat(p0);
        a0 = f32x4.add(a0, f32x4.mul(v, lo));
        b0 = f32x4.add(b0, f32x4.mul(v, hi));
        v = v128.load32_splat(p1);
        a1 = f32x4.add(a1, f32x4.mul(v, lo));
        b1 = f32x4.add(b1, f32x4.mul(v, hi));
        v = v128.load32_splat(p2);
        a2 = f32x4.add(a2, f32x4.mul(v, lo));
        b2 = f32x4.add(b2, f32x4.mul(v, hi));
        v = v128.load32_splat(p3);
        a3 = f32x4.add(a3, f32x4.mul(v, lo));
        b3 = f32x4.add(b3, f32x4.mul(v, hi));
        lo = v128.load(w, 32);
        hi = v128.load(w, 48);
        v = v128.load32_splat(p0, 4);
        a0 = f32x4.add(a0, f32x4.mul(v, lo));
        b0 = f32x4.add(b0, f32x4.mul(v, hi));
        v = v128.load32_splat(p1, 4);
        a1 = f32x4.add(a1, f32x4.mul(v, lo));
        b1 = f32x4.add(b1, f32x4.mul(v, hi));
        v = v128.load32_splat(p2, 4);
        a2 = f32x4.add(a2, f32x4.mul(v, lo));
        b2 = f32x4.add(b2, f32x4.mul(v, hi));
        v = v128.load32_splat(p3, 4);
        a3 = f32x4.add(a3, f32x4.mul(v, lo));
        b3 = f32x4.add(b3, f32x4.mul(v, hi));
        w += 64;
        p0 += 8;
        p1 += 8;
        p2 += 8;
        p3 += 8;
      }
      if (p0 < end) {
        const lo = v128.load(w), hi = v128.load(w, 16);
        let v = v128.load32_splat(p0);
        a0 = f32x4.add(a0, f32x4.mul(v, lo));
        b0 = f32x4.add(b0, f32x4.mul(v, hi));
        v = v128.load32_splat(p1);
        a1 = f32x4.add(a1, f32x4.mul(v, lo));
        b1 = f32x4.add(b1, f32x4.mul(v, hi));
        v = v128.load32_splat(p2);
        a2 = f32x4.add(a2, f32x4.mul(v, lo));
        b2 = f32x4.add(b2, f32x4.mul(v, hi));
        v = v128.load32_splat(p3);
        a3 = f32x4.add(a3, f32x4.mul(v, lo));
        b3 = f32x4.add(b3, f32x4.mul(v, hi));
        w += 32;
      }
      x += runStep;
    }
    x += rowStep;
  }
  if (relu) {
    const zero = f32x4.splat(0);
    a0 = f32x4.max(zero, a0);
    b0 = f32x4.max(zero, b0);
    a1 = f32x4.max(zero, a1);
    b1 = f32x4.max(zero, b1);
    a2 = f32x4.max(zero, a2);
    b2 = f32x4.max(zero, b2);
    a3 = f32x4.max(zero, a3);
    b3 = f32x4.max(zero, b3);
  }
  v128.store(out, a0);
  v128.store(out, b0, 16);
  out += outPixel;
  v128.store(out, a1);
  v128.store(out, b1, 16);
  out += outPixel;
  v128.store(out, a2);
  v128.store(out, b2, 16);
  out += outPixel;
  v128.store(out, a3);
  v128.store(out, b3, 16);
}

function onePixel(
  x: i32,
  w: i32,
  lo0: v128,
  hi0: v128,
  relu: bool,
  out: i32,
  run: i32,
  runs: i32,
  runStep: i32,
  rows: i32,
  rowStep: i32,
): void {
  let a = lo0, b = hi0;
  for (; rows > 0; rows--) {
    for (let left = runs; left > 0; left--) {
      const end = x + run;
      for (let p = x; p < end; p += 4) {
        const v = v128.load32_splat(p);
        a = f32x4.add(a, f32x4.mul(v, v128.load(w)));
        b = f32x4.add(b, f32x4.mul(v, v128.load(w, 16)));
        w += 32;
      }
      x += runStep;
    }
    x += rowStep;
  }
  if (relu) {
    const zero = f32x4.splat(0);
    a = f32x4.max(zero, a);
    b = f32x4.max(zero, b);
  }
  v128.store(out, a);
  v128.store(out, b, 16);
}
