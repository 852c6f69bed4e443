// A 3×3 convolution of stride 1, channels last, in Winograd's way F(2×2, 3×3): of 4×4 input pixels come 2×2
// output pixels with 16 products in place of 36.
//
//   out = Aᵀ[ Σ_ci (G w Gᵀ) ⊙ (Bᵀ x B) ]A + bias        Aᵀ = ⎛1  1  1  0⎞
//                                                            ⎝0  1 −1 −1⎠
//
// and then, if asked for, max(0, out). The sums over ci are 16 products of matrices, [tiles × inChannels] ·
// [inChannels × outChannels], of rows of tiles that are taken in blocks whose inputs and products stay in the
// second-level cache. Each number's order of operations is fixed by the shapes alone: neither the blocks nor
// the parts change it.
//
// S. Winograd, "Arithmetic Complexity of Computations", 1980; A. Lavin and S. Gray, "Fast Algorithms for
// Convolutional Neural Networks", 2015.

import { multiply } from "./matrix_product";
import { padImage } from "./pad_image";
import { transformInput } from "./winograd_input";

/**
 * The rows of tiles from firstRow on, before lastRow, counted over all images. `scratch` is for one padded
 * image, v and m for the transformed inputs and the products of `rowsInBlock` rows of tiles, 16 planes each, of vPlane
 * and mPlane bytes; `u` has the transformed filter.
 */
export function winograd(
  x: i32,
  u: i32,
  bias: i32,
  relu: bool,
  out: i32,
  scratch: i32,
  v: i32,
  m: i32,
  vPlane: i32,
  mPlane: i32,
  rowsInBlock: i32,
  firstRow: i32,
  lastRow: i32,
  inHeight: i32,
  inWidth: i32,
  inChannels: i32,
  outHeight: i32,
  outWidth: i32,
  outChannels: i32,
  padTop: i32,
  padLeft: i32,
): void {
  const pixel = inChannels << 2, outPixel = outChannels << 2;
  const tilesY = (outHeight + 1) >> 1, tilesX = (outWidth + 1) >> 1;
  const height = (tilesY << 1) + 2, width = (tilesX << 1) + 2;
  // Windows may all lie in the padding, and the input may go on beyond the last of them.
  padTop = min(padTop, height);
  padLeft = min(padLeft, width);
  const rows = min(inHeight, height - padTop), columns = min(inWidth, width - padLeft);
  const padBottom = height - padTop - rows, padRight = (width - padLeft - columns) * pixel;
  const image = inHeight * inWidth * pixel, row = width * pixel;
  const uPlane = inChannels * outPixel;
  for (let first = firstRow; first < lastRow; first += rowsInBlock) {
    const end = min(first + rowsInBlock, lastRow);
    for (let r = first; r < end; r++) {
      const b = r / tilesY, ty = r % tilesY;
      if (ty == 0 || r == firstRow) {
        padImage(
          x + b * image,
          scratch,
          rows,
          columns * pixel,
          inWidth * pixel,
          padTop,
          padBottom,
          padLeft * pixel,
          padRight,
        );
      }
      const to = v + (r - first) * tilesX * pixel;
      transformInput(scratch + (ty << 1) * row, row, pixel, to, vPlane, tilesX);
    }
    const count = ((end - first) * tilesX + 3) & ~3;
    for (let k = 0; k < 16; k++) {
      const from = v + k * vPlane, to = m + k * mPlane;
      multiply(from, u + k * uPlane, 0, false, to, count, inChannels, outChannels);
    }
    for (let r = first; r < end; r++) {
      const b = r / tilesY, y = r % tilesY << 1;
      transformOutput(
        m + (r - first) * tilesX * outPixel,
        mPlane,
        bias,
        relu,
        out + (b * outHeight + y) * outWidth * outPixel,
        y + 1 < outHeight,
        outWidth,
        outPixel,
      );
    }
  }
}

/** Aᵀ m A of a row of tiles, to two rows of the output, or to one if it is the last of an odd number. */
function transformOutput(
  m: i32,
  plane: i32,
  bias: i32,
  relu: bool,
  out: i32,
  two: bool,
  width: i32,
  outPixel: i32,
): void {
  const below = two ? width * outPixel : 0;
  const zero = f32x4.splat(0);
  const plane4 = plane << 2;
  for (let x = 0; x < width; x += 2) {
    const right = x + 1 < width ? outPixel : 0;
    for (let co = 0; co < outPixel; co += 16) {
      // Sums over the rows of the tile, a column at a time.
      let p = m + co, q = p;
      let a = v128.load(q);
      q += plane4;
      let b = v128.load(q);
      q += plane4;
      let c = v128.load(q);
      q += plane4;
      let d = v128.load(q);
      let y00 = f32x4.add(f32x4.add(a, b), c), y10 = f32x4.sub(f32x4.sub(b, c), d);
      p += plane;
      q = p;
      a = v128.load(q);
      q += plane4;
      b = v128.load(q);
      q += plane4;
      c = v128.load(q);
      q += plane4;
      d = v128.load(q);
      let top = f32x4.add(f32x4.add(a, b), c), low = f32x4.sub(f32x4.sub(b, c), d);
      y00 = f32x4.add(y00, top);
      y10 = f32x4.add(y10, low);
      let y01 = top, y11 = low;
      p += plane;
      q = p;
      a = v128.load(q);
      q += plane4;
      b = v128.load(q);
      q += plane4;
      c = v128.load(q);
      q += plane4;
      d = v128.load(q);
      top = f32x4.add(f32x4.add(a, b), c);
      low = f32x4.sub(f32x4.sub(b, c), d);
      y00 = f32x4.add(y00, top);
      y10 = f32x4.add(y10, low);
      y01 = f32x4.sub(y01, top);
      y11 = f32x4.sub(y11, low);
      p += plane;
      q = p;
      a = v128.load(q);
      q += plane4;
      b = v128.load(q);
      q += plane4;
      c = v128.load(q);
      q += plane4;
      d = v128.load(q);
      y01 = f32x4.sub(y01, f32x4.add(f32x4.add(a, b), c));
      y11 = f32x4.sub(y11, f32x4.sub(f32x4.sub(b, c), d));
      if (bias != 0) {
        const add = v128.load(bias + co);
        y00 = f32x4.add(y00, add);
        y01 = f32x4.add(y01, add);
        y10 = f32x4.add(y10, add);
        y11 = f32x4.add(y11, add);
      }
      if (relu) {
        y00 = f32x4.max(zero, y00);
        y01 = f32x4.max(zero, y01);
        y10 = f32x4.max(zero, y10);
        y11 = f32x4.max(zero, y11);
      }
      // Where a tile reaches beyond the output, what belongs there is written over by what belongs here.
      const to = out + co;
      v128.store(to + below + right, y11);
      v128.store(to + below, y10);
      v128.store(to + right, y01);
      v128.store(to, y00);
    }
    m += outPixel;
    out += outPixel << 1;
  }
}
