// A depthwise convolution, channels last, in which each input channel has `multiplier` filters of its own:
//
//   out[b, oy, ox, c·multiplier + q] =
//     Σ_{ky, kx} x[b, oy·strideY − top + ky·dilationY, ox·strideX − left + kx·dilationX, c] · w[ky, kx, c, q]
//
// and its gradient with respect to the input. With one filter a channel, both are sums over taps that are the
// same distance apart in both operands, which are computed by rows.

import { addProducts } from "./depthwise_products";
import { endTap, firstTap, line, linesLike, tapsFrom } from "./depthwise_line";
import { isRow, linesAtOnce, slide, slideByTwo, spreadByTwo } from "./depthwise_rows";

/** The images of one part of the batch. */
export function depthwise(
  x: i32,
  w: i32,
  out: i32,
  firstImage: i32,
  lastImage: i32,
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
  const tapRow = filterWidth * outPixel, isWide = multiplier == 1 && channels >= 4;
  const most = linesAtOnce(row);
  let to = out + firstImage * outHeight * outWidth * outPixel;
  for (let b = firstImage; b < lastImage; b++) {
    const image = x + b * height * row;
    for (let oy = 0; oy < outHeight; oy++) {
      const top = oy * strideY - padTop;
      const first = firstTap(top, dilationY, height);
      const rows = max(0, endTap(top, dilationY, height, filterHeight) - first);
      const from = image + (top + first * dilationY) * row, taps = w + first * tapRow;
      if (isWide && strideX <= 2 && dilationX == 1 && isRow(filterWidth, rows, padLeft)) {
        const lines = linesLike(
          top,
          strideY,
          dilationY,
          height,
          filterHeight,
          min(most, outHeight - oy),
        );
        if (strideX == 1) {
          slide(
            from,
            dilationY * row,
            strideY * row,
            taps,
            tapRow,
            to,
            outWidth * outPixel,
            lines,
            outWidth,
            padLeft,
            width,
            filterWidth,
            rows,
            pixel,
            pixel,
          );
        } else {
          slideByTwo(
            from,
            dilationY * row,
            strideY * row,
            taps,
            tapRow,
            to,
            outWidth * outPixel,
            lines,
            outWidth,
            padLeft,
            width,
            filterWidth,
            rows,
            pixel,
          );
        }
        to += lines * outWidth * outPixel;
        oy += lines - 1;
        continue;
      }
      if (isWide) {
        line(
          from,
          taps,
          to,
          outWidth,
          width,
          -padLeft,
          strideX,
          dilationX,
          filterWidth,
          rows,
          dilationY * row,
          pixel,
          tapRow,
          pixel,
          pixel,
        );
        to += outWidth * outPixel;
        continue;
      }
      for (let ox = 0; ox < outWidth; ox++) {
        memory.fill(to, 0, outPixel);
        for (let ky = 0; ky < rows; ky++) {
          for (let kx = 0; kx < filterWidth; kx++) {
            const ix = ox * strideX - padLeft + kx * dilationX;
            if (<u32> ix >= <u32> width) continue;
            const at = from + ky * dilationY * row + ix * pixel;
            addProducts(at, taps + ky * tapRow + kx * outPixel, to, pixel, multiplier);
          }
        }
        to += outPixel;
      }
    }
  }
}

/** The images of one part of the batch. */
export function depthwiseInputGradient(
  dy: i32,
  w: i32,
  dx: i32,
  firstImage: i32,
  lastImage: i32,
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
  const pixel = channels << 2, row = width * pixel;
  for (let b = firstImage; b < lastImage; b++) {
    const gradients = dy + b * outHeight * outWidth * pixel * multiplier;
    const image = dx + b * height * row;
    if (multiplier == 1 && channels >= 4) {
      for (let start = 0; start < min(strideY, height); start++) {
        for (let iy = start, lines = 1; iy < height; iy += lines * strideY) {
          lines = gradientLines(
            gradients,
            w,
            image + iy * row,
            (height - 1 - iy) / strideY + 1,
            iy + padTop,
            width,
            outHeight,
            outWidth,
            filterHeight,
            filterWidth,
            strideY,
            strideX,
            dilationY,
            dilationX,
            padLeft,
            pixel,
          );
        }
      }
      continue;
    }
    memory.fill(image, 0, height * row);
    addGradients(
      gradients,
      w,
      image,
      height,
      width,
      pixel,
      multiplier,
      outHeight,
      outWidth,
      filterHeight,
      filterWidth,
      strideY,
      strideX,
      dilationY,
      dilationX,
      padTop,
      padLeft,
    );
  }
}

/** Rows of the input's gradient, `strideY` apart, of which there are at most `most`: returns how many. */
function gradientLines(
  dy: i32,
  w: i32,
  dx: i32,
  most: i32,
  above: i32,
  width: i32,
  outHeight: i32,
  outWidth: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideY: i32,
  strideX: i32,
  dilationY: i32,
  dilationX: i32,
  padLeft: i32,
  pixel: i32,
): i32 {
  // The windows that see the first row, from the last to the first, by rows of the filter `strideY` apart.
  const offset = above % strideY, last = above / strideY;
  const back = strideY == 1 ? -dilationY : -1; // TensorFlow.js has none that is strided and dilated
  const first = firstTap(last, back, outHeight);
  const count = tapsFrom(offset, strideY, filterHeight);
  const rows = max(0, endTap(last, back, outHeight, count) - first);
  const dyLine = outWidth * pixel, from = dy + (last + first * back) * dyLine;
  const tapRow = filterWidth * pixel, taps = w + (offset + first * strideY) * tapRow;
  const dxLine = strideY * width * pixel, lead = width + padLeft - outWidth;
  const lines = linesLike(last, 1, back, outHeight, count, min(most, linesAtOnce(dyLine)));
  if (strideX == 1 && dilationX == 1 && isRow(filterWidth, rows, lead)) {
    // The taps go from the last to the first, and so do the pixels.
    slide(
      from + dyLine - pixel,
      back * dyLine,
      dyLine,
      taps,
      strideY * tapRow,
      dx + (width - 1) * pixel,
      dxLine,
      lines,
      width,
      lead,
      outWidth,
      filterWidth,
      rows,
      -pixel,
      pixel,
    );
    return lines;
  }
  if (strideX == 2 && dilationX == 1 && isRow(filterWidth, rows, padLeft)) {
    spreadByTwo(
      from,
      back * dyLine,
      dyLine,
      taps,
      strideY * tapRow,
      dx,
      dxLine,
      lines,
      width,
      padLeft,
      outWidth,
      filterWidth,
      rows,
      pixel,
    );
    return lines;
  }
  for (let column = 0; column < min(strideX, width); column++) {
    // Columns that have the same place between two windows.
    const before = column + padLeft, start = before % strideX;
    line(
      from,
      taps + start * pixel,
      dx + column * pixel,
      (width - 1 - column) / strideX + 1,
      outWidth,
      before / strideX,
      1,
      strideX == 1 ? -dilationX : -1,
      tapsFrom(start, strideX, filterWidth),
      rows,
      back * dyLine,
      strideX * pixel,
      strideY * tapRow,
      strideX * pixel,
      pixel,
    );
  }
  return 1;
}

/** One image's gradient where a channel has several filters, or there are few channels. */
function addGradients(
  dy: i32,
  w: i32,
  dx: i32,
  height: i32,
  width: i32,
  pixel: i32,
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
  const outPixel = pixel * multiplier, row = width * pixel, tapRow = filterWidth * outPixel;
  for (let oy = 0; oy < outHeight; oy++) {
    for (let ox = 0; ox < outWidth; ox++) {
      for (let ky = 0; ky < filterHeight; ky++) {
        const iy = oy * strideY - padTop + ky * dilationY;
        if (<u32> iy >= <u32> height) continue;
        for (let kx = 0; kx < filterWidth; kx++) {
          const ix = ox * strideX - padLeft + kx * dilationX;
          if (<u32> ix >= <u32> width) continue;
          const tap = w + ky * tapRow + kx * outPixel;
          addSums(dy, tap, dx + iy * row + ix * pixel, pixel, multiplier);
        }
      }
      dy += outPixel;
    }
  }
}

/** dx[c] += Σ_q dy[c, q] · w[c, q] for each channel. */
function addSums(dy: i32, w: i32, dx: i32, pixel: i32, multiplier: i32): void {
  const end = dx + pixel;
  for (; dx < end; dx += 4) {
    let sum = load<f32>(dx);
    for (let q = multiplier; q > 0; q--) {
      sum += load<f32>(dy) * load<f32>(w);
      dy += 4;
      w += 4;
    }
    store<f32>(dx, sum);
  }
}
