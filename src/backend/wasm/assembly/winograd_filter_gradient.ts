// The filter gradient of a 3×3 convolution of stride 1, channels last, in Winograd's way F(3×3, 2×2): a tile of
// 2×2 pixels of dy over 4×4 of x gives 3×3 taps with 16 products in place of 36.
//
//   dw = Aᵀ[ Σ_tiles (Bᵀ x B) ⊙ (G dy Gᵀ) ]A             ⎛ 1    0 ⎞        ⎛1  1  1  0⎞
//                                                    G = ⎜1/2  1/2⎟   Aᵀ = ⎜0  1 −1  0⎟
//   with Bᵀ as in winograd_input.ts                      ⎜1/2 −1/2⎟        ⎝0  1  1 −1⎠
//                                                        ⎝ 0    1 ⎠
//
// The sums are 16 products of matrices, [inChannels × tiles] · [tiles × outChannels]. Rows of tiles are taken
// in blocks, blocks in groups: a block is summed by itself, then the blocks of a group, then the groups. That
// has a seventh of the error of one long sum; and groups can be summed by several threads, since how many there
// are depends on the shapes alone.
//
// Input channels are a multiple of 4, output channels of 8.

import { padImage } from "./pad_image";
import { transformInput } from "./winograd_input";

/**
 * The sums of the groups from firstGroup on, before lastGroup, of `groups`, each of 16 · inChannels · outChannels
 * numbers. They lie at `sums` one after the other; but those of a part that begins with the first group are
 * added up in the first place, and the second is for each of them in turn. `xImage` and `dyImage` are for a
 * padded image each, v and d for the transformed tiles of `rowsInBlock` rows, 16 planes each, of vPlane and dPlane
 * bytes.
 */
export function winogradFilterGradient(
  x: i32,
  dy: i32,
  xImage: i32,
  dyImage: i32,
  v: i32,
  d: i32,
  sums: i32,
  vPlane: i32,
  dPlane: i32,
  rowsInBlock: i32,
  firstGroup: i32,
  lastGroup: i32,
  groups: i32,
  batch: i32,
  inHeight: i32,
  inWidth: i32,
  inChannels: i32,
  outHeight: i32,
  outWidth: i32,
  outChannels: i32,
  padTop: i32,
  padLeft: i32,
): void {
  const pixel = inChannels << 2, dyPixel = outChannels << 2;
  const tilesY = (outHeight + 1) >> 1, tilesX = (outWidth + 1) >> 1;
  const oddY = outHeight & 1, oddX = outWidth & 1;
  const height = (tilesY << 1) + 2, width = (tilesX << 1) + 2;
  padTop = min(padTop, height);
  padLeft = min(padLeft, width);
  const rows = min(inHeight, height - padTop), columns = min(inWidth, width - padLeft);
  const padBottom = height - padTop - rows, padRight = (width - padLeft - columns) * pixel;
  const row = width * pixel, dyRow = (tilesX << 1) * dyPixel;
  const image = inHeight * inWidth * pixel, dySize = outHeight * outWidth * dyPixel;
  const plane = inChannels * dyPixel;
  const last = batch * tilesY, blocks = (last + rowsInBlock - 1) / rowsInBlock;
  for (let group = firstGroup; group < lastGroup; group++) {
    const place = firstGroup == 0 ? min(group, 1) : group - firstGroup;
    const sum = sums + (plane << 4) * place;
    const firstBlock = blocks * group / groups, lastBlock = blocks * (group + 1) / groups;
    for (let block = firstBlock; block < lastBlock; block++) {
      const first = block * rowsInBlock, end = min(first + rowsInBlock, last);
      for (let r = first; r < end; r++) {
        const b = r / tilesY, ty = r % tilesY, tile = (r - first) * tilesX;
        const dyFrom = dy + b * dySize;
        if (ty == 0 || (r == first && block == firstBlock)) {
          padImage(
            x + b * image,
            xImage,
            rows,
            columns * pixel,
            inWidth * pixel,
            padTop,
            padBottom,
            padLeft * pixel,
            padRight,
          );
          if (oddY | oddX) {
            const dyWidth = outWidth * dyPixel;
            padImage(dyFrom, dyImage, outHeight, dyWidth, dyWidth, 0, oddY, 0, oddX * dyPixel);
          }
        }
        transformInput(xImage + (ty << 1) * row, row, pixel, v + tile * pixel, vPlane, tilesX);
        const from = (oddY | oddX ? dyImage : dyFrom) + (ty << 1) * dyRow;
        transformGradient(from, dyRow, dyPixel, d + tile * dyPixel, dPlane, tilesX);
      }
      const tiles = (end - first) * tilesX;
      for (let k = 0; k < 16; k++) {
        addProduct(
          v + k * vPlane,
          d + k * dPlane,
          sum + k * plane,
          tiles,
          inChannels,
          outChannels,
          block == firstBlock,
        );
      }
    }
    if (place == 1 && firstGroup == 0) addNumbers(sums, sum, plane << 4);
  }
}

/**
 * dw[ky, kx, ci, co] from the sum at `sums` and `others` more, which lie one after the other; they are added to
 * the first in this order.
 */
export function winogradFilterGradientResult(
  sums: i32,
  rest: i32,
  others: i32,
  dw: i32,
  inChannels: i32,
  outChannels: i32,
): void {
  const tap = inChannels * outChannels << 2, size = tap << 4;
  for (; others > 0; others--) {
    addNumbers(sums, rest, size);
    rest += size;
  }
  for (let at = 0; at < tap; at += 16) transformSum(sums + at, tap, dw + at, tap);
}

/** to += from, of so many bytes. */
function addNumbers(to: i32, from: i32, bytes: i32): void {
  const end = to + bytes;
  for (; to < end; to += 16) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
    from += 16;
  }
}

/** G dy Gᵀ of a row of tiles. */
function transformGradient(
  dy: i32,
  row: i32,
  pixel: i32,
  d: i32,
  plane: i32,
  tiles: i32,
): void {
  const half = f32x4.splat(0.5);
  const quarter = f32x4.splat(0.25);
  for (; tiles > 0; tiles--) {
    for (let c = 0; c < pixel; c += 16) {
      let p = dy + c, q = d + c;
      const a = v128.load(p), b = v128.load(p + pixel);
      p += row;
      const e = v128.load(p), f = v128.load(p + pixel);
      v128.store(q, a);
      q += plane;
      v128.store(q, f32x4.mul(half, f32x4.add(a, b)));
      q += plane;
      v128.store(q, f32x4.mul(half, f32x4.sub(a, b)));
      q += plane;
      v128.store(q, b);
      q += plane;
      const left = f32x4.add(a, e), right = f32x4.add(b, f);
      v128.store(q, f32x4.mul(half, left));
      q += plane;
      v128.store(q, f32x4.mul(quarter, f32x4.add(left, right)));
      q += plane;
      v128.store(q, f32x4.mul(quarter, f32x4.sub(left, right)));
      q += plane;
      v128.store(q, f32x4.mul(half, right));
      q += plane;
      const left1 = f32x4.sub(a, e), right1 = f32x4.sub(b, f);
      v128.store(q, f32x4.mul(half, left1));
      q += plane;
      v128.store(q, f32x4.mul(quarter, f32x4.add(left1, right1)));
      q += plane;
      v128.store(q, f32x4.mul(quarter, f32x4.sub(left1, right1)));
      q += plane;
      v128.store(q, f32x4.mul(half, right1));
      q += plane;
      v128.store(q, e);
      q += plane;
      v128.store(q, f32x4.mul(half, f32x4.add(e, f)));
      q += plane;
      v128.store(q, f32x4.mul(half, f32x4.sub(e, f)));
      q += plane;
      v128.store(q, f);
    }
    dy += pixel << 1;
    d += pixel;
  }
}

/** u[i, j] += Σ_t v[t, i] · d[t, j], i below `rows`, j below `columns`; or = if it is fresh. */
function addProduct(
  v: i32,
  d: i32,
  u: i32,
  tiles: i32,
  rows: i32,
  columns: i32,
  fresh: bool,
): void {
  const vTile = rows << 2, dTile = columns << 2;
  for (let i = 0; i < vTile; i += 16) {
    for (let j = 0; j < dTile; j += 32) {
      addFourByEight(v + i, vTile, d + j, dTile, u + j, tiles, fresh);
    }
    u += dTile << 2;
  }
}

/** The first turn of the loop stands before it, as in matrix_product.ts. */
function addFourByEight(
  v: i32,
  vTile: i32,
  d: i32,
  dTile: i32,
  u: i32,
  tiles: i32,
  fresh: bool,
): void {
  let lo = v128.load(d), hi = v128.load(d, 16);
  let x = v128.load32_splat(v);
  let s0 = f32x4.mul(x, lo), t0 = f32x4.mul(x, hi);
  x = v128.load32_splat(v, 4);
  let s1 = f32x4.mul(x, lo), t1 = f32x4.mul(x, hi);
  x = v128.load32_splat(v, 8);
  let s2 = f32x4.mul(x, lo), t2 = f32x4.mul(x, hi);
  x = v128.load32_splat(v, 12);
  let s3 = f32x4.mul(x, lo), t3 = f32x4.mul(x, hi);
  v += vTile;
  d += dTile;
  tiles--;
  let v1 = v + vTile, d1 = d + dTile;
  const vStep = vTile << 1, dStep = dTile << 1;
  for (; tiles > 1; tiles -= 2) {
    lo = v128.load(d);
    hi = v128.load(d, 16);
    x = v128.load32_splat(v);
    s0 = f32x4.add(s0, f32x4.mul(x, lo));
    t0 = f32x4.add(t0, f32x4.mul(x, hi));
    x = v128.load32_splat(v, 4);
    s1 = f32x4.add(s1, f32x4.mul(x, lo));
    t1 = f32x4.add(t1, f32x4.mul(x, hi));
    x = v128.load32_splat(v, 8);
    s2 = f32x4.add(s2, f32x4.mul(x, lo));
    t2 = f32x4.add(t2, f32x4.mul(x, hi));
    x = v128.load32_splat(v, 12);
    s3 = f32x4.add(s3, f32x4.mul(x, lo));
    t3 = f32x4.add(t3, f32x4.mul(x, hi));
    lo = v128.load(d1);
    hi = v128.load(d1, 16);
    x = v128.load32_splat(v1);
    s0 = f32x4.add(s0, f32x4.mul(x, lo));
    t0 = f32x4.add(t0, f32x4.mul(x, hi));
    x = v128.load32_splat(v1, 4);
    s1 = f32x4.add(s1, f32x4.mul(x, lo));
    t1 = f32x4.add(t1, f32x4.mul(x, hi));
    x = v128.load32_splat(v1, 8);
    s2 = f32x4.add(s2, f32x4.mul(x, lo));
    t2 = f32x4.add(t2, f32x4.mul(x, hi));
    x = v128.load32_splat(v1, 12);
    s3 = f32x4.add(s3, f32x4.mul(x, lo));
    t3 = f32x4.add(t3, f32x4.mul(x, hi));
    v += vStep;
    v1 += vStep;
    d += dStep;
    d1 += dStep;
  }
  if (tiles > 0) {
    lo = v128.load(d);
    hi = v128.load(d, 16);
    x = v128.load32_splat(v);
    s0 = f32x4.add(s0, f32x4.mul(x, lo));
    t0 = f32x4.add(t0, f32x4.mul(x, hi));
    x = v128.load32_splat(v, 4);
    s1 = f32x4.add(s1, f32x4.mul(x, lo));
    t1 = f32x4.add(t1, f32x4.mul(x, hi));
    x = v128.load32_splat(v, 8);
    s2 = f32x4.add(s2, f32x4.mul(x, lo));
    t2 = f32x4.add(t2, f32x4.mul(x, hi));
    x = v128.load32_splat(v, 12);
    s3 = f32x4.add(s3, f32x4.mul(x, lo));
    t3 = f32x4.add(t3, f32x4.mul(x, hi));
  }
  if (!fresh) {
    const u1 = u + dTile, u2 = u1 + dTile, u3 = u2 + dTile;
    s0 = f32x4.add(v128.load(u), s0);
    t0 = f32x4.add(v128.load(u, 16), t0);
    s1 = f32x4.add(v128.load(u1), s1);
    t1 = f32x4.add(v128.load(u1, 16), t1);
    s2 = f32x4.add(v128.load(u2), s2);
    t2 = f32x4.add(v128.load(u2, 16), t2);
    s3 = f32x4.add(v128.load(u3), s3);
    t3 = f32x4.add(v128.load(u3, 16), t3);
  }
  v128.store(u, s0);
  v128.store(u, t0, 16);
  u += dTile;
  v128.store(u, s1);
  v128.store(u, t1, 16);
  u += dTile;
  v128.store(u, s2);
  v128.store(u, t2, 16);
  u += dTile;
  v128.store(u, s3);
  v128.store(u, t3, 16);
}

/** Aᵀ u A of four output channels: sixteen sums `plane` bytes apart to nine taps, `tap` bytes apart. */
function transformSum(u: i32, plane: i32, dw: i32, tap: i32): void {
  for (let ky = 0; ky < 3; ky++) {
    const m0 = sumOfRows(u, plane << 2, ky);
    const m1 = sumOfRows(u + plane, plane << 2, ky);
    const m2 = sumOfRows(u + 2 * plane, plane << 2, ky);
    const m3 = sumOfRows(u + 3 * plane, plane << 2, ky);
    v128.store(dw, f32x4.add(f32x4.add(m0, m1), m2));
    dw += tap;
    v128.store(dw, f32x4.sub(m1, m2));
    dw += tap;
    v128.store(dw, f32x4.sub(f32x4.add(m1, m2), m3));
    dw += tap;
  }
}

/** A column of u times row ky of Aᵀ. */
function sumOfRows(u: i32, row: i32, ky: i32): v128 {
  const b = v128.load(u + row), c = v128.load(u + 2 * row);
  if (ky == 0) return f32x4.add(f32x4.add(v128.load(u), b), c);
  if (ky == 1) return f32x4.sub(b, c);
  return f32x4.sub(f32x4.add(b, c), v128.load(u + 3 * row));
}
