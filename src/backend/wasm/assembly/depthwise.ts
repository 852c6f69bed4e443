// A depthwise convolution, channels last, in which each input channel has `multiplier` filters of its own:
//
//   out[b, oy, ox, c·multiplier + q] =
//     Σ_{ky, kx} x[b, oy·strideY − top + ky·dilationY, ox·strideX − left + kx·dilationX, c] · w[ky, kx, c, q]
//
// and its gradients with respect to the input and the filter. The convolution and the filter's gradient
// work on images that are padded into `scratch`, so that their loops need no checks at the edges.

import { padImage } from "./pad_image";

/** The images of one part of the batch. */
export function depthwise(
  x: i32,
  w: i32,
  out: i32,
  scratch: i32,
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
  const pixel = channels << 2, outPixel = pixel * multiplier;
  const paddedHeight = (outHeight - 1) * strideY + (filterHeight - 1) * dilationY + 1;
  const paddedWidth = (outWidth - 1) * strideX + (filterWidth - 1) * dilationX + 1;
  const row = paddedWidth * pixel;
  const tap = dilationX * pixel, tapRow = dilationY * row - filterWidth * tap;
  const step = strideX * pixel;
  // Four channels at once; the last block begins early enough to be full.
  const inBlocks = multiplier == 1 && channels >= 4, last = pixel - 16;
  let to = out + firstImage * outHeight * outWidth * outPixel;
  for (let b = firstImage; b < lastImage; b++) {
    const image = x + b * height * width * pixel;
    padTo(image, scratch, height, width, paddedHeight, paddedWidth, pixel, padTop, padLeft);
    for (let oy = 0; oy < outHeight; oy++) {
      let from = scratch + oy * strideY * row, ox = 0;
      for (; inBlocks && ox + 4 <= outWidth; ox += 4) {
        for (let block = 0; block < pixel; block += 16) {
          const c = min(block, last);
          fourPixels(from + c, w + c, to + c, pixel, filterHeight, filterWidth, tap, tapRow, step);
        }
        from += step << 2;
        to += outPixel << 2;
      }
      for (; inBlocks && ox < outWidth; ox++) {
        for (let block = 0; block < pixel; block += 16) {
          const c = min(block, last);
          onePixel(from + c, w + c, to + c, pixel, filterHeight, filterWidth, tap, tapRow);
        }
        from += step;
        to += outPixel;
      }
      for (; ox < outWidth; ox++) {
        eachChannel(from, w, to, pixel, multiplier, filterHeight, filterWidth, tap, tapRow);
        from += step;
        to += outPixel;
      }
    }
  }
}

/** The part of an image that windows reach, with zeros around it. */
function padTo(
  image: i32,
  scratch: i32,
  height: i32,
  width: i32,
  paddedHeight: i32,
  paddedWidth: i32,
  pixel: i32,
  padTop: i32,
  padLeft: i32,
): void {
  // Windows may all lie in the padding.
  padTop = min(padTop, paddedHeight);
  padLeft = min(padLeft, paddedWidth);
  const rows = min(height, paddedHeight - padTop), columns = min(width, paddedWidth - padLeft);
  padImage(
    image,
    scratch,
    rows,
    columns * pixel,
    width * pixel,
    padTop,
    paddedHeight - padTop - rows,
    padLeft * pixel,
    (paddedWidth - padLeft - columns) * pixel,
  );
}

/** Four channels of four pixels beside each other. */
function fourPixels(
  x: i32,
  w: i32,
  out: i32,
  pixel: i32,
  filterHeight: i32,
  filterWidth: i32,
  tap: i32,
  tapRow: i32,
  step: i32,
): void {
  let a = f32x4.splat(0), b = a, c = a, d = a;
  for (let ky = filterHeight; ky > 0; ky--) {
    for (let kx = filterWidth; kx > 0; kx--) {
      const weights = v128.load(w);
      a = f32x4.add(a, f32x4.mul(v128.load(x), weights));
      let at = x + step;
      b = f32x4.add(b, f32x4.mul(v128.load(at), weights));
      at += step;
      c = f32x4.add(c, f32x4.mul(v128.load(at), weights));
      at += step;
      d = f32x4.add(d, f32x4.mul(v128.load(at), weights));
      w += pixel;
      x += tap;
    }
    x += tapRow;
  }
  v128.store(out, a);
  out += pixel;
  v128.store(out, b);
  out += pixel;
  v128.store(out, c);
  out += pixel;
  v128.store(out, d);
}

/** Four channels of one pixel. */
function onePixel(
  x: i32,
  w: i32,
  out: i32,
  pixel: i32,
  filterHeight: i32,
  filterWidth: i32,
  tap: i32,
  tapRow: i32,
): void {
  let sum = f32x4.splat(0);
  for (let ky = filterHeight; ky > 0; ky--) {
    for (let kx = filterWidth; kx > 0; kx--) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(x), v128.load(w)));
      w += pixel;
      x += tap;
    }
    x += tapRow;
  }
  v128.store(out, sum);
}

/** The channels of one pixel, each with its filters. */
function eachChannel(
  x: i32,
  w: i32,
  out: i32,
  pixel: i32,
  multiplier: i32,
  filterHeight: i32,
  filterWidth: i32,
  tap: i32,
  tapRow: i32,
): void {
  const outPixel = pixel * multiplier;
  memory.fill(out, 0, outPixel);
  for (let ky = filterHeight; ky > 0; ky--) {
    for (let kx = filterWidth; kx > 0; kx--) {
      addProducts(x, w, out, pixel, multiplier);
      w += outPixel;
      x += tap;
    }
    x += tapRow;
  }
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
  const pixel = channels << 2, outPixel = pixel * multiplier;
  const row = width * pixel, tapRow = filterWidth * outPixel;
  memory.fill(dx + firstImage * height * row, 0, (lastImage - firstImage) * height * row);
  let from = dy + firstImage * outHeight * outWidth * outPixel;
  for (let b = firstImage; b < lastImage; b++) {
    const image = dx + b * height * row;
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ox = 0; ox < outWidth; ox++) {
        for (let ky = 0; ky < filterHeight; ky++) {
          const iy = oy * strideY - padTop + ky * dilationY;
          if (<u32> iy >= <u32> height) continue;
          for (let kx = 0; kx < filterWidth; kx++) {
            const ix = ox * strideX - padLeft + kx * dilationX;
            if (<u32> ix >= <u32> width) continue;
            const tap = w + ky * tapRow + kx * outPixel;
            addSums(from, tap, image + iy * row + ix * pixel, pixel, multiplier);
          }
        }
        from += outPixel;
      }
    }
  }
}

/** dx[c] += Σ_q dy[c, q] · w[c, q] for each channel. */
function addSums(dy: i32, w: i32, dx: i32, pixel: i32, multiplier: i32): void {
  const end = dx + pixel;
  if (multiplier == 1) {
    for (; dx + 16 <= end; dx += 16) {
      v128.store(dx, f32x4.add(v128.load(dx), f32x4.mul(v128.load(dy), v128.load(w))));
      dy += 16;
      w += 16;
    }
  }
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
  scratch: i32,
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
  const pixel = channels << 2, outPixel = pixel * multiplier;
  const paddedHeight = (outHeight - 1) * strideY + (filterHeight - 1) * dilationY + 1;
  const paddedWidth = (outWidth - 1) * strideX + (filterWidth - 1) * dilationX + 1;
  const row = paddedWidth * pixel, tap = dilationX * pixel, step = strideX * pixel;
  const skip = firstChannel << 2, part = (lastChannel - firstChannel) << 2;
  const outSkip = skip * multiplier, outPart = part * multiplier;
  const blocks = multiplier == 1 ? part & ~15 : 0; // bytes of channels that are taken four at once
  const taps = filterHeight * filterWidth;
  for (let i = 0; i < taps; i++) memory.fill(dw + i * outPixel + outSkip, 0, outPart);
  let from = dy + outSkip;
  for (let b = 0; b < batch; b++) {
    for (let i = 0; i < taps; i++) memory.fill(sums + i * outPixel + outSkip, 0, outPart);
    const image = x + b * height * width * pixel;
    padTo(image, scratch, height, width, paddedHeight, paddedWidth, pixel, padTop, padLeft);
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ky = 0; ky < filterHeight; ky++) {
        const line = scratch + (oy * strideY + ky * dilationY) * row + skip;
        const to = sums + ky * filterWidth * outPixel + outSkip;
        for (let c = 0; c < blocks; c += 16) {
          let kx = 0;
          for (; kx + 3 <= filterWidth; kx += 3) {
            const at = line + kx * tap + c;
            threeTaps(at, from + c, to + kx * pixel + c, outWidth, tap, step, pixel);
          }
          for (; kx < filterWidth; kx++) {
            oneTap(line + kx * tap + c, from + c, to + kx * pixel + c, outWidth, step, pixel);
          }
        }
        if (blocks == part) continue;
        for (let kx = 0; kx < filterWidth; kx++) {
          let at = line + kx * tap + blocks, gradient = from + blocks;
          for (let ox = 0; ox < outWidth; ox++) {
            addProducts(at, gradient, to + kx * outPixel + blocks, part - blocks, multiplier);
            at += step;
            gradient += outPixel;
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

/** Four channels of three taps beside each other, along a row. */
function threeTaps(
  x: i32,
  dy: i32,
  sums: i32,
  outWidth: i32,
  tap: i32,
  step: i32,
  pixel: i32,
): void {
  let a = f32x4.splat(0), b = a, c = a;
  for (let left = outWidth; left > 0; left--) {
    const gradient = v128.load(dy);
    a = f32x4.add(a, f32x4.mul(v128.load(x), gradient));
    b = f32x4.add(b, f32x4.mul(v128.load(x + tap), gradient));
    c = f32x4.add(c, f32x4.mul(v128.load(x + (tap << 1)), gradient));
    x += step;
    dy += pixel;
  }
  v128.store(sums, f32x4.add(v128.load(sums), a));
  sums += pixel;
  v128.store(sums, f32x4.add(v128.load(sums), b));
  sums += pixel;
  v128.store(sums, f32x4.add(v128.load(sums), c));
}

/** Four channels of one tap, along a row. */
function oneTap(x: i32, dy: i32, sums: i32, outWidth: i32, step: i32, pixel: i32): void {
  let sum = f32x4.splat(0);
  for (let left = outWidth; left > 0; left--) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(x), v128.load(dy)));
    x += step;
    dy += pixel;
  }
  v128.store(sums, f32x4.add(v128.load(sums), sum));
}
