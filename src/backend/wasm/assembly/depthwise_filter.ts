// The gradient of a depthwise convolution with respect to its filter:
//
//   dw[ky, kx, c, q] =
//     Σ_{b, oy, ox} x[b, oy·strideY − top + ky·dilationY, …, c] · dy[b, oy, ox, c·multiplier + q]

import { addProducts } from "./depthwise_products";
import { endTap, firstTap, linesLike } from "./depthwise_line";
import { isRow, linesAtOnce } from "./depthwise_rows";

/**
 * One part of the input channels, of all images: the order of additions is fixed by the shapes alone. The
 * sums of each image are made in `sums`, which is as large as `dw`, so that fewer are rounded together.
 */
export function depthwiseFilterGradient(
  x: i32,
  dy: i32,
  dw: i32,
  sums: i32,
  firstChannel: i32,
  lastChannel: i32,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  multiplier: i32,
  outHeight: i32,
  outWidth: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideY: i32,
  strideX: i32,
  dilationY: i32,
  dilationX: i32,
  padTop: i32,
  padLeft: i32,
): void {
  const pixel = channels << 2, outPixel = pixel * multiplier, row = width * pixel;
  const skip = firstChannel << 2, part = (lastChannel - firstChannel) << 2;
  const outSkip = skip * multiplier, outPart = part * multiplier;
  const isWide = multiplier == 1 && part >= 16;
  const most = linesAtOnce(row);
  const taps = filterHeight * filterWidth;
  for (let i = 0; i < taps; i++) memory.fill(dw + i * outPixel + outSkip, 0, outPart);
  let from = dy + outSkip;
  for (let b = 0; b < batch; b++) {
    for (let i = 0; i < taps; i++) memory.fill(sums + i * outPixel + outSkip, 0, outPart);
    const image = x + b * height * row + skip;
    for (let oy = 0; oy < outHeight; oy++) {
      const top = oy * strideY - padTop;
      const first = firstTap(top, dilationY, height);
      const rows = endTap(top, dilationY, height, filterHeight) - first;
      if (isWide && strideX <= 2 && dilationX == 1 && isRow(filterWidth, rows, padLeft)) {
        const lines = linesLike(
          top,
          strideY,
          dilationY,
          height,
          filterHeight,
          min(most, outHeight - oy),
        );
        tapSums(
          image + (top + first * dilationY) * row,
          dilationY * row,
          strideY * row,
          from,
          outWidth * outPixel,
          lines,
          sums + first * filterWidth * outPixel + outSkip,
          filterWidth * outPixel,
          part,
          padLeft,
          strideX,
          width,
          outWidth,
          filterWidth,
          rows,
          pixel,
        );
        from += lines * outWidth * outPixel;
        oy += lines - 1;
        continue;
      }
      for (let ky = 0; ky < filterHeight; ky++) {
        const iy = oy * strideY - padTop + ky * dilationY;
        if (<u32> iy >= <u32> height) continue;
        const at = image + iy * row, to = sums + ky * filterWidth * outPixel + outSkip;
        let kx = 0;
        for (; isWide && kx + 3 <= filterWidth; kx += 3) {
          threeTaps(
            at,
            from,
            to + kx * pixel,
            part,
            kx * dilationX - padLeft,
            dilationX,
            strideX,
            width,
            outWidth,
            pixel,
          );
        }
        for (; isWide && kx < filterWidth; kx++) {
          const start = kx * dilationX - padLeft;
          const first = firstTap(start, strideX, width);
          const end = endTap(start, strideX, width, outWidth);
          oneTap(at, from, to + kx * pixel, part, start, strideX, first, end, pixel);
        }
        for (; kx < filterWidth; kx++) {
          for (let ox = 0; ox < outWidth; ox++) {
            const ix = ox * strideX - padLeft + kx * dilationX;
            if (<u32> ix >= <u32> width) continue;
            const gradients = from + ox * outPixel;
            addProducts(at + ix * pixel, gradients, to + kx * outPixel, part, multiplier);
          }
        }
      }
      from += outWidth * outPixel;
    }
    for (let i = 0; i < taps; i++) {
      const at = i * outPixel + outSkip;
      for (let byte = 0; byte < outPart; byte += 4) {
        store<f32>(dw + at + byte, load<f32>(dw + at + byte) + load<f32>(sums + at + byte));
      }
    }
  }
}

/** Adds to the sums of a filter's rows what lines of dy give, which see rows of x. */
function tapSums(
  x: i32,
  xRow: i32,
  xLine: i32,
  dy: i32,
  dyLine: i32,
  lines: i32,
  sums: i32,
  sumsRow: i32,
  part: i32,
  lead: i32,
  stride: i32,
  width: i32,
  outWidth: i32,
  taps: i32,
  rows: i32,
  pixel: i32,
): void {
  for (let block = 0; block < part; block += 16) {
    // The last block begins early enough; what it shares with the one before it is not added again.
    const c = min(block, part - 16), mask = lanesFrom(block - c);
    const from = x + c, gradients = dy + c;
    let to = sums + c;
    if (taps == 5) {
      for (let row = 0; row < rows; row++) {
        const at = from + row * xRow;
        if (stride == 1) {
          fiveTapSums(at, xLine, gradients, dyLine, lines, to, mask, lead, width, outWidth, pixel);
        } else {
          fiveTapSumsByTwo(
            at,
            xLine,
            gradients,
            dyLine,
            lines,
            to,
            mask,
            lead,
            width,
            outWidth,
            pixel,
          );
        }
        to += sumsRow;
      }
    } else if (rows == 3) {
      threeTapSums(
        from,
        xRow,
        xLine,
        gradients,
        dyLine,
        lines,
        to,
        sumsRow,
        mask,
        lead,
        stride,
        width,
        outWidth,
        pixel,
        3,
      );
    } else if (rows == 2) {
      threeTapSums(
        from,
        xRow,
        xLine,
        gradients,
        dyLine,
        lines,
        to,
        sumsRow,
        mask,
        lead,
        stride,
        width,
        outWidth,
        pixel,
        2,
      );
    } else {
      threeTapSums(
        from,
        xRow,
        xLine,
        gradients,
        dyLine,
        lines,
        to,
        sumsRow,
        mask,
        lead,
        stride,
        width,
        outWidth,
        pixel,
        1,
      );
    }
  }
}

/** Three taps of `rows` rows. @inline */
function threeTapSums(
  x: i32,
  xRow: i32,
  xLine: i32,
  dy: i32,
  dyLine: i32,
  lines: i32,
  sums: i32,
  sumsRow: i32,
  mask: v128,
  lead: i32,
  stride: i32,
  width: i32,
  outWidth: i32,
  pixel: i32,
  rows: i32,
): void {
  const zero = f32x4.splat(0);
  let a0 = zero, b0 = zero, c0 = zero, a1 = zero, b1 = zero, c1 = zero;
  let a2 = zero, b2 = zero, c2 = zero;
  for (; lines > 0; lines--) {
    if (stride == 1) {
      // By columns of x; `i` is the pixel that sees the column with its first tap.
      const end = min(width + lead, outWidth + 2);
      let at = x, gradient = dy + lead * pixel;
      for (let i = lead; i < end; i++) {
        if (i >= 2 && i < outWidth) {
          const full = min(outWidth, end);
          let d1 = v128.load(gradient - pixel), d2 = v128.load(gradient - 2 * pixel);
          for (; i < full; i++) {
            const d0 = v128.load(gradient), x0 = v128.load(at);
            a0 = f32x4.add(a0, f32x4.mul(x0, d0));
            b0 = f32x4.add(b0, f32x4.mul(x0, d1));
            c0 = f32x4.add(c0, f32x4.mul(x0, d2));
            if (rows > 1) {
              const x1 = v128.load(at + xRow);
              a1 = f32x4.add(a1, f32x4.mul(x1, d0));
              b1 = f32x4.add(b1, f32x4.mul(x1, d1));
              c1 = f32x4.add(c1, f32x4.mul(x1, d2));
            }
            if (rows > 2) {
              const x2 = v128.load(at + 2 * xRow);
              a2 = f32x4.add(a2, f32x4.mul(x2, d0));
              b2 = f32x4.add(b2, f32x4.mul(x2, d1));
              c2 = f32x4.add(c2, f32x4.mul(x2, d2));
            }
            d2 = d1;
            d1 = d0;
            at += pixel;
            gradient += pixel;
          }
          if (i == end) break;
        }
        if (i < outWidth) {
          const d = v128.load(gradient);
          a0 = f32x4.add(a0, f32x4.mul(v128.load(at), d));
          if (rows > 1) a1 = f32x4.add(a1, f32x4.mul(v128.load(at + xRow), d));
          if (rows > 2) a2 = f32x4.add(a2, f32x4.mul(v128.load(at + 2 * xRow), d));
        }
        if (<u32> (i - 1) < <u32> outWidth) {
          const d = v128.load(gradient - pixel);
          b0 = f32x4.add(b0, f32x4.mul(v128.load(at), d));
          if (rows > 1) b1 = f32x4.add(b1, f32x4.mul(v128.load(at + xRow), d));
          if (rows > 2) b2 = f32x4.add(b2, f32x4.mul(v128.load(at + 2 * xRow), d));
        }
        if (<u32> (i - 2) < <u32> outWidth) {
          const d = v128.load(gradient - 2 * pixel);
          c0 = f32x4.add(c0, f32x4.mul(v128.load(at), d));
          if (rows > 1) c1 = f32x4.add(c1, f32x4.mul(v128.load(at + xRow), d));
          if (rows > 2) c2 = f32x4.add(c2, f32x4.mul(v128.load(at + 2 * xRow), d));
        }
        at += pixel;
        gradient += pixel;
      }
    } else {
      // By pixels, of which the third column is the next one's first.
      let column = -lead, at = x - lead * pixel, gradient = dy;
      for (let i = 0; i < outWidth; i++) {
        if (column >= 0 && column + 2 < width) {
          let p0 = v128.load(at), p1 = zero, p2 = zero;
          if (rows > 1) p1 = v128.load(at + xRow);
          if (rows > 2) p2 = v128.load(at + 2 * xRow);
          for (; i < outWidth && column + 2 < width; i++) {
            const d = v128.load(gradient);
            a0 = f32x4.add(a0, f32x4.mul(p0, d));
            b0 = f32x4.add(b0, f32x4.mul(v128.load(at + pixel), d));
            p0 = v128.load(at + 2 * pixel);
            c0 = f32x4.add(c0, f32x4.mul(p0, d));
            if (rows > 1) {
              a1 = f32x4.add(a1, f32x4.mul(p1, d));
              b1 = f32x4.add(b1, f32x4.mul(v128.load(at + xRow + pixel), d));
              p1 = v128.load(at + xRow + 2 * pixel);
              c1 = f32x4.add(c1, f32x4.mul(p1, d));
            }
            if (rows > 2) {
              a2 = f32x4.add(a2, f32x4.mul(p2, d));
              b2 = f32x4.add(b2, f32x4.mul(v128.load(at + 2 * xRow + pixel), d));
              p2 = v128.load(at + 2 * xRow + 2 * pixel);
              c2 = f32x4.add(c2, f32x4.mul(p2, d));
            }
            column += 2;
            at += 2 * pixel;
            gradient += pixel;
          }
          if (i == outWidth) break;
        }
        const d = v128.load(gradient);
        if (<u32> column < <u32> width) {
          a0 = f32x4.add(a0, f32x4.mul(v128.load(at), d));
          if (rows > 1) a1 = f32x4.add(a1, f32x4.mul(v128.load(at + xRow), d));
          if (rows > 2) a2 = f32x4.add(a2, f32x4.mul(v128.load(at + 2 * xRow), d));
        }
        if (<u32> (column + 1) < <u32> width) {
          b0 = f32x4.add(b0, f32x4.mul(v128.load(at + pixel), d));
          if (rows > 1) b1 = f32x4.add(b1, f32x4.mul(v128.load(at + xRow + pixel), d));
          if (rows > 2) b2 = f32x4.add(b2, f32x4.mul(v128.load(at + 2 * xRow + pixel), d));
        }
        if (<u32> (column + 2) < <u32> width) {
          c0 = f32x4.add(c0, f32x4.mul(v128.load(at + 2 * pixel), d));
          if (rows > 1) c1 = f32x4.add(c1, f32x4.mul(v128.load(at + xRow + 2 * pixel), d));
          if (rows > 2) c2 = f32x4.add(c2, f32x4.mul(v128.load(at + 2 * xRow + 2 * pixel), d));
        }
        column += 2;
        at += 2 * pixel;
        gradient += pixel;
      }
    }
    x += xLine;
    dy += dyLine;
  }
  addTo(sums, v128.and(a0, mask));
  addTo(sums + pixel, v128.and(b0, mask));
  addTo(sums + 2 * pixel, v128.and(c0, mask));
  if (rows > 1) {
    sums += sumsRow;
    addTo(sums, v128.and(a1, mask));
    addTo(sums + pixel, v128.and(b1, mask));
    addTo(sums + 2 * pixel, v128.and(c1, mask));
  }
  if (rows > 2) {
    sums += sumsRow;
    addTo(sums, v128.and(a2, mask));
    addTo(sums + pixel, v128.and(b2, mask));
    addTo(sums + 2 * pixel, v128.and(c2, mask));
  }
}

/** Five taps of a row, by columns of x. */
function fiveTapSums(
  x: i32,
  xLine: i32,
  dy: i32,
  dyLine: i32,
  lines: i32,
  sums: i32,
  mask: v128,
  lead: i32,
  width: i32,
  outWidth: i32,
  pixel: i32,
): void {
  const zero = f32x4.splat(0);
  let a = zero, b = zero, c = zero, d = zero, e = zero;
  const end = min(width + lead, outWidth + 4);
  for (; lines > 0; lines--) {
    let at = x, gradient = dy + lead * pixel;
    for (let i = lead; i < end; i++) {
      if (i >= 4 && i < outWidth) {
        const full = min(outWidth, end);
        let d1 = v128.load(gradient - pixel), d2 = v128.load(gradient - 2 * pixel);
        let d3 = v128.load(gradient - 3 * pixel), d4 = v128.load(gradient - 4 * pixel);
        for (; i < full; i++) {
          const value = v128.load(at), d0 = v128.load(gradient);
          a = f32x4.add(a, f32x4.mul(value, d0));
          b = f32x4.add(b, f32x4.mul(value, d1));
          c = f32x4.add(c, f32x4.mul(value, d2));
          d = f32x4.add(d, f32x4.mul(value, d3));
          e = f32x4.add(e, f32x4.mul(value, d4));
          d4 = d3;
          d3 = d2;
          d2 = d1;
          d1 = d0;
          at += pixel;
          gradient += pixel;
        }
        if (i == end) break;
      }
      const value = v128.load(at);
      if (i < outWidth) a = f32x4.add(a, f32x4.mul(value, v128.load(gradient)));
      if (<u32> (i - 1) < <u32> outWidth) {
        b = f32x4.add(b, f32x4.mul(value, v128.load(gradient - pixel)));
      }
      if (<u32> (i - 2) < <u32> outWidth) {
        c = f32x4.add(c, f32x4.mul(value, v128.load(gradient - 2 * pixel)));
      }
      if (<u32> (i - 3) < <u32> outWidth) {
        d = f32x4.add(d, f32x4.mul(value, v128.load(gradient - 3 * pixel)));
      }
      if (<u32> (i - 4) < <u32> outWidth) {
        e = f32x4.add(e, f32x4.mul(value, v128.load(gradient - 4 * pixel)));
      }
      at += pixel;
      gradient += pixel;
    }
    x += xLine;
    dy += dyLine;
  }
  addTo(sums, v128.and(a, mask));
  addTo(sums + pixel, v128.and(b, mask));
  addTo(sums + 2 * pixel, v128.and(c, mask));
  addTo(sums + 3 * pixel, v128.and(d, mask));
  addTo(sums + 4 * pixel, v128.and(e, mask));
}

/** Five taps of a row, by pixels, of which the last three columns are the next one's first. */
function fiveTapSumsByTwo(
  x: i32,
  xLine: i32,
  dy: i32,
  dyLine: i32,
  lines: i32,
  sums: i32,
  mask: v128,
  lead: i32,
  width: i32,
  outWidth: i32,
  pixel: i32,
): void {
  const zero = f32x4.splat(0);
  let a = zero, b = zero, c = zero, d = zero, e = zero;
  for (; lines > 0; lines--) {
    let column = -lead, at = x - lead * pixel, gradient = dy;
    for (let i = 0; i < outWidth; i++) {
      if (column >= 0 && column + 4 < width) {
        let x0 = v128.load(at), x1 = v128.load(at + pixel), x2 = v128.load(at + 2 * pixel);
        for (; i < outWidth && column + 4 < width; i++) {
          const value = v128.load(gradient);
          const x3 = v128.load(at + 3 * pixel), x4 = v128.load(at + 4 * pixel);
          a = f32x4.add(a, f32x4.mul(x0, value));
          b = f32x4.add(b, f32x4.mul(x1, value));
          c = f32x4.add(c, f32x4.mul(x2, value));
          d = f32x4.add(d, f32x4.mul(x3, value));
          e = f32x4.add(e, f32x4.mul(x4, value));
          x0 = x2;
          x1 = x3;
          x2 = x4;
          column += 2;
          at += 2 * pixel;
          gradient += pixel;
        }
        if (i == outWidth) break;
      }
      const value = v128.load(gradient);
      if (<u32> column < <u32> width) a = f32x4.add(a, f32x4.mul(v128.load(at), value));
      if (<u32> (column + 1) < <u32> width) {
        b = f32x4.add(b, f32x4.mul(v128.load(at + pixel), value));
      }
      if (<u32> (column + 2) < <u32> width) {
        c = f32x4.add(c, f32x4.mul(v128.load(at + 2 * pixel), value));
      }
      if (<u32> (column + 3) < <u32> width) {
        d = f32x4.add(d, f32x4.mul(v128.load(at + 3 * pixel), value));
      }
      if (<u32> (column + 4) < <u32> width) {
        e = f32x4.add(e, f32x4.mul(v128.load(at + 4 * pixel), value));
      }
      column += 2;
      at += 2 * pixel;
      gradient += pixel;
    }
    x += xLine;
    dy += dyLine;
  }
  addTo(sums, v128.and(a, mask));
  addTo(sums + pixel, v128.and(b, mask));
  addTo(sums + 2 * pixel, v128.and(c, mask));
  addTo(sums + 3 * pixel, v128.and(d, mask));
  addTo(sums + 4 * pixel, v128.and(e, mask));
}

/** Adds to the sums of three taps beside each other what a row gives. */
function threeTaps(
  x: i32,
  dy: i32,
  sums: i32,
  part: i32,
  start: i32,
  dilation: i32,
  stride: i32,
  width: i32,
  outWidth: i32,
  pixel: i32,
): void {
  const step = stride * pixel, tap = dilation * pixel;
  // Where all three are inside of the row.
  let first = firstTap(start, stride, width);
  let end = endTap(start + 2 * dilation, stride, width, outWidth);
  if (first >= end) first = end = outWidth;
  for (let block = 0; block < part; block += 16) {
    // The last block begins early enough; what it shares with the one before it is not added again.
    const c = min(block, part - 16), mask = lanesFrom(block - c);
    let a = f32x4.splat(0), b = a, d = a;
    let at = x + (start + first * stride) * pixel + c, gradient = dy + first * pixel + c;
    for (let left = end - first; left > 0; left--) {
      const value = v128.load(gradient);
      a = f32x4.add(a, f32x4.mul(v128.load(at), value));
      b = f32x4.add(b, f32x4.mul(v128.load(at + tap), value));
      d = f32x4.add(d, f32x4.mul(v128.load(at + (tap << 1)), value));
      at += step;
      gradient += pixel;
    }
    for (let ox = first > 0 ? 0 : end; ox < outWidth; ox++) {
      if (ox == first) ox = end;
      if (ox == outWidth) break;
      const column = start + ox * stride;
      const value = v128.load(dy + ox * pixel + c), here = x + column * pixel + c;
      if (<u32> column < <u32> width) a = f32x4.add(a, f32x4.mul(v128.load(here), value));
      if (<u32> (column + dilation) < <u32> width) {
        b = f32x4.add(b, f32x4.mul(v128.load(here + tap), value));
      }
      if (<u32> (column + 2 * dilation) < <u32> width) {
        d = f32x4.add(d, f32x4.mul(v128.load(here + (tap << 1)), value));
      }
    }
    addTo(sums + c, v128.and(a, mask));
    addTo(sums + c + pixel, v128.and(b, mask));
    addTo(sums + c + (pixel << 1), v128.and(d, mask));
  }
}

/** Adds to the sums of one tap what the pixels from `first` to `end` of a row give. */
function oneTap(
  x: i32,
  dy: i32,
  sums: i32,
  part: i32,
  start: i32,
  stride: i32,
  first: i32,
  end: i32,
  pixel: i32,
): void {
  if (first >= end) return;
  const step = stride * pixel;
  const from = x + (start + first * stride) * pixel, gradients = dy + first * pixel;
  for (let block = 0; block < part; block += 16) {
    const c = min(block, part - 16), mask = lanesFrom(block - c);
    let at = from + c, gradient = gradients + c;
    let sum = f32x4.splat(0);
    for (let left = end - first; left > 0; left--) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(at), v128.load(gradient)));
      at += step;
      gradient += pixel;
    }
    addTo(sums + c, v128.and(sum, mask));
  }
}

/** All bits of the lanes behind so many bytes. */
function lanesFrom(bytes: i32): v128 {
  return i32x4.ge_s(i32x4(0, 4, 8, 12), i32x4.splat(bytes));
}

function addTo(sums: i32, value: v128): void {
  v128.store(sums, f32x4.add(v128.load(sums), value));
}
