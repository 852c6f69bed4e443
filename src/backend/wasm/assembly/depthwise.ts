// A depthwise convolution, channels last, in which each input channel has `multiplier` filters of its own:
//
//   out[b, oy, ox, c·multiplier + q] =
//     Σ_{ky, kx} x[b, oy·strideY − top + ky·dilationY, ox·strideX − left + kx·dilationX, c] · w[ky, kx, c, q]
//
// and its gradients with respect to the input and the filter. With one filter a channel, the convolution and
// its input gradient are sums over taps that are the same distance apart in both operands: `line` computes
// those of a row.

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
  let to = out + firstImage * outHeight * outWidth * outPixel;
  for (let b = firstImage; b < lastImage; b++) {
    const image = x + b * height * row;
    for (let oy = 0; oy < outHeight; oy++) {
      const top = oy * strideY - padTop;
      const first = firstTap(top, dilationY, height);
      const rows = max(0, endTap(top, dilationY, height, filterHeight) - first);
      const from = image + (top + first * dilationY) * row, taps = w + first * tapRow;
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
      for (let iy = 0; iy < height; iy++) {
        // The windows that see the row, from the last to the first, by rows of the filter `strideY` apart.
        const above = iy + padTop, offset = above % strideY, last = above / strideY;
        const back = strideY == 1 ? -dilationY : -1; // TensorFlow.js has none that is strided and dilated
        const first = firstTap(last, back, outHeight);
        const count = tapsFrom(offset, strideY, filterHeight);
        const rows = max(0, endTap(last, back, outHeight, count) - first);
        gradientLine(
          gradients + (last + first * back) * outWidth * pixel,
          w + (offset + first * strideY) * filterWidth * pixel,
          image + iy * row,
          width,
          outWidth,
          padLeft,
          strideX,
          dilationX,
          filterWidth,
          rows,
          back * outWidth * pixel,
          strideY * filterWidth * pixel,
          pixel,
        );
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

/** A row of the input's gradient, by columns that have the same place between two windows. */
function gradientLine(
  dy: i32,
  w: i32,
  dx: i32,
  width: i32,
  outWidth: i32,
  padLeft: i32,
  strideX: i32,
  dilationX: i32,
  filterWidth: i32,
  rows: i32,
  dyRow: i32,
  tapRow: i32,
  pixel: i32,
): void {
  const back = strideX == 1 ? -dilationX : -1;
  for (let column = 0; column < min(strideX, width); column++) {
    const before = column + padLeft, offset = before % strideX;
    line(
      dy,
      w + offset * pixel,
      dx + column * pixel,
      (width - 1 - column) / strideX + 1,
      outWidth,
      before / strideX,
      1,
      back,
      tapsFrom(offset, strideX, filterWidth),
      rows,
      dyRow,
      strideX * pixel,
      tapRow,
      strideX * pixel,
      pixel,
    );
  }
}

/** How many of a filter's taps there are from `offset` on, `stride` apart. */
function tapsFrom(offset: i32, stride: i32, filter: i32): i32 {
  return offset < filter ? (filter - offset + stride - 1) / stride : 0;
}

/** The first tap k at which `start + k·step` is at most `size − 1`, and at least 0. */
function firstTap(start: i32, step: i32, size: i32): i32 {
  if (step > 0) return start >= 0 ? 0 : (step - 1 - start) / step;
  return start < size ? 0 : (start - size - step) / -step;
}

/** The tap behind the last of `count` at which `start + k·step` is within `size`. */
function endTap(start: i32, step: i32, size: i32, count: i32): i32 {
  if (step > 0) return start >= size ? 0 : min(count, (size - start + step - 1) / step);
  return start < 0 ? 0 : min(count, start / -step + 1);
}

/**
 * `count` pixels, `outStep` bytes apart: `out[i] = Σ_{row, k} x[row, start + i·step + k·tapStep] · w[row, k]`,
 * where columns of x are from 0 to `size − 1`, and those of w are `wTap` bytes apart.
 */
function line(
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

/** out[c, q] += x[c] · w[c, q] for each channel and each of its filters. */
function addProducts(x: i32, w: i32, out: i32, pixel: i32, multiplier: i32): void {
  const end = x + pixel;
  if (multiplier == 1) {
    for (; x + 16 <= end; x += 16) {
      v128.store(out, f32x4.add(v128.load(out), f32x4.mul(v128.load(x), v128.load(w))));
      w += 16;
      out += 16;
    }
  }
  for (; x < end; x += 4) {
    const value = load<f32>(x);
    for (let q = multiplier; q > 0; q--) {
      store<f32>(out, load<f32>(out) + value * load<f32>(w));
      w += 4;
      out += 4;
    }
  }
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
  const taps = filterHeight * filterWidth;
  for (let i = 0; i < taps; i++) memory.fill(dw + i * outPixel + outSkip, 0, outPart);
  let from = dy + outSkip;
  for (let b = 0; b < batch; b++) {
    for (let i = 0; i < taps; i++) memory.fill(sums + i * outPixel + outSkip, 0, outPart);
    const image = x + b * height * row + skip;
    for (let oy = 0; oy < outHeight; oy++) {
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
