// A depthwise convolution, channels last, in which each input channel has `multiplier` filters of its own:
//
//   out[b, oy, ox, c·multiplier + q] =
//     Σ_{ky, kx} x[b, oy·strideY − top + ky·dilationY, ox·strideX − left + kx·dilationX, c] · w[ky, kx, c, q]
//
// and its gradients with respect to the input and the filter.

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
  const pixel = channels << 2, outPixel = pixel * multiplier;
  const row = width * pixel, tapRow = filterWidth * outPixel;
  let to = out + firstImage * outHeight * outWidth * outPixel;
  for (let b = firstImage; b < lastImage; b++) {
    const image = x + b * height * row;
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ox = 0; ox < outWidth; ox++) {
        memory.fill(to, 0, outPixel);
        for (let ky = 0; ky < filterHeight; ky++) {
          const iy = oy * strideY - padTop + ky * dilationY;
          if (<u32> iy >= <u32> height) continue;
          for (let kx = 0; kx < filterWidth; kx++) {
            const ix = ox * strideX - padLeft + kx * dilationX;
            if (<u32> ix >= <u32> width) continue;
            addProducts(
              image + iy * row + ix * pixel,
              w + ky * tapRow + kx * outPixel,
              to,
              pixel,
              multiplier,
            );
          }
        }
        to += outPixel;
      }
    }
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
 * sums of each image are made in `scratch`, which is as large as `dw`, so that fewer are rounded together.
 */
export function depthwiseFilterGradient(
  x: i32,
  dy: i32,
  dw: i32,
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
  const row = width * pixel, tapRow = filterWidth * outPixel;
  const skip = firstChannel << 2, part = (lastChannel - firstChannel) << 2;
  const outSkip = skip * multiplier, outPart = part * multiplier;
  const taps = filterHeight * filterWidth;
  for (let tap = 0; tap < taps; tap++) memory.fill(dw + tap * outPixel + outSkip, 0, outPart);
  let from = dy + outSkip;
  for (let b = 0; b < batch; b++) {
    for (let tap = 0; tap < taps; tap++) {
      memory.fill(scratch + tap * outPixel + outSkip, 0, outPart);
    }
    const image = x + b * height * row + skip;
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ox = 0; ox < outWidth; ox++) {
        for (let ky = 0; ky < filterHeight; ky++) {
          const iy = oy * strideY - padTop + ky * dilationY;
          if (<u32> iy >= <u32> height) continue;
          for (let kx = 0; kx < filterWidth; kx++) {
            const ix = ox * strideX - padLeft + kx * dilationX;
            if (<u32> ix >= <u32> width) continue;
            const to = scratch + ky * tapRow + kx * outPixel + outSkip;
            addProducts(image + iy * row + ix * pixel, from, to, part, multiplier);
          }
        }
        from += outPixel;
      }
    }
    for (let tap = 0; tap < taps; tap++) {
      const at = tap * outPixel + outSkip;
      for (let i = 0; i < outPart; i += 4) {
        store<f32>(dw + at + i, load<f32>(dw + at + i) + load<f32>(scratch + at + i));
      }
    }
  }
}
