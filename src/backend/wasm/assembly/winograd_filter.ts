// A 3×3 filter as Winograd's way F(2×2, 3×3) needs it, in blocks of eight output channels:
//
//                                                        ⎛ 1    0    0 ⎞
//   u[ξ, co / 8, ci, co mod 8] = (G w Gᵀ)[ξ]         G = ⎜1/2  1/2  1/2⎟
//                                                        ⎜1/2 −1/2  1/2⎟
//                                                        ⎝ 0    0    1 ⎠
//
// Input channels are a multiple of 4, output channels of 8; of the rotated filter it is the other way round.

/** Of w[ky, kx, ci, co]. */
export function winogradFilter(w: i32, u: i32, inChannels: i32, outChannels: i32): void {
  const row = outChannels << 2, tap = inChannels * row;
  for (let ci = 0; ci < inChannels; ci++) {
    for (let co = 0; co < outChannels; co += 4) {
      const from = w + ci * row + (co << 2);
      const to = u + (((co >> 3) * inChannels + ci) << 5) + ((co & 4) << 2);
      transformFilter(from, tap, to, tap);
    }
  }
}

/**
 * Of w[2 − ky, 2 − kx, ci, co], rotated by half a turn with its channels swapped, which makes a convolution the
 * input gradient: u[ξ, ci / 8, co, ci mod 8]. `corner` is for 9·4 numbers.
 */
export function winogradRotatedFilter(
  w: i32,
  u: i32,
  corner: i32,
  inChannels: i32,
  outChannels: i32,
): void {
  const row = outChannels << 2, tap = inChannels * row;
  for (let ci = 0; ci < inChannels; ci += 4) {
    for (let co = 0; co < outChannels; co++) {
      for (let k = 0; k < 9; k++) {
        const from = w + k * tap + ci * row + (co << 2), to = corner + ((8 - k) << 4);
        store<f32>(to, load<f32>(from));
        store<f32>(to, load<f32>(from + row), 4);
        store<f32>(to, load<f32>(from + 2 * row), 8);
        store<f32>(to, load<f32>(from + 3 * row), 12);
      }
      const to = u + (((ci >> 3) * outChannels + co) << 5) + ((ci & 4) << 2);
      transformFilter(corner, 16, to, tap);
    }
  }
}

/** G w Gᵀ of four channels: nine taps `tap` bytes apart to sixteen, `plane` bytes apart. */
function transformFilter(w: i32, tap: i32, u: i32, plane: i32): void {
  const w1 = w + 3 * tap, w2 = w + 6 * tap;
  const a0 = v128.load(w), a1 = v128.load(w + tap), a2 = v128.load(w + 2 * tap);
  const b0 = v128.load(w1), b1 = v128.load(w1 + tap), b2 = v128.load(w1 + 2 * tap);
  const c0 = v128.load(w2), c1 = v128.load(w2 + tap), c2 = v128.load(w2 + 2 * tap);
  const e0 = f32x4.add(a0, c0), e1 = f32x4.add(a1, c1), e2 = f32x4.add(a2, c2);
  const rows = plane << 2;
  transformRow(a0, a1, a2, u, plane);
  u += rows;
  transformRow(half(f32x4.add(e0, b0)), half(f32x4.add(e1, b1)), half(f32x4.add(e2, b2)), u, plane);
  u += rows;
  transformRow(half(f32x4.sub(e0, b0)), half(f32x4.sub(e1, b1)), half(f32x4.sub(e2, b2)), u, plane);
  u += rows;
  transformRow(c0, c1, c2, u, plane);
}

/** Three taps of a row, times Gᵀ. */
function transformRow(a: v128, b: v128, c: v128, u: i32, plane: i32): void {
  const even = f32x4.add(a, c);
  v128.store(u, a);
  v128.store(u + plane, half(f32x4.add(even, b)));
  v128.store(u + 2 * plane, half(f32x4.sub(even, b)));
  v128.store(u + 3 * plane, c);
}

/** Half of each number. @inline */
function half(x: v128): v128 {
  return f32x4.mul(x, f32x4.splat(0.5));
}
