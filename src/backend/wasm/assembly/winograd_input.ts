// What Winograd's way needs of an input, for a convolution, F(2×2, 3×3), and for its filter gradient,
// F(3×3, 2×2):
//
//                                                     ⎛1  0 −1  0⎞
//   v[4·i + j, tile, ci] = (Bᵀ x B)[i, j]        Bᵀ = ⎜0  1  1  0⎟
//                                                     ⎜0 −1  1  0⎟
//                                                     ⎝0  1  0 −1⎠
//
// of each tile of 4×4 pixels, which begin two apart.

/**
 * A row of tiles, four channels at a time; `plane` bytes lie between v's planes. Tiles side by side share two
 * columns, which stay in registers, so that each takes 8 loads and 24 additions.
 */
export function transformInput(
  x: i32,
  row: i32,
  pixel: i32,
  v: i32,
  plane: i32,
  tiles: i32,
): void {
  const plane4 = plane << 2;
  for (let c = 0; c < pixel; c += 16) {
    let p = x + c, q = p;
    let a = v128.load(q);
    q += row;
    let b = v128.load(q);
    q += row;
    let d = v128.load(q);
    q += row;
    let e = v128.load(q);
    let s0 = f32x4.sub(a, d), s1 = f32x4.add(b, d), s2 = f32x4.sub(d, b), s3 = f32x4.sub(b, e);
    p += pixel;
    q = p;
    a = v128.load(q);
    q += row;
    b = v128.load(q);
    q += row;
    d = v128.load(q);
    q += row;
    e = v128.load(q);
    let t0 = f32x4.sub(a, d), t1 = f32x4.add(b, d), t2 = f32x4.sub(d, b), t3 = f32x4.sub(b, e);
    let to = v + c;
    for (let tile = tiles; tile > 0; tile--) {
      p += pixel;
      q = p;
      a = v128.load(q);
      q += row;
      b = v128.load(q);
      q += row;
      d = v128.load(q);
      q += row;
      e = v128.load(q);
      const u0 = f32x4.sub(a, d), u1 = f32x4.add(b, d), u2 = f32x4.sub(d, b), u3 = f32x4.sub(b, e);
      q = to;
      v128.store(q, f32x4.sub(s0, u0));
      q += plane4;
      v128.store(q, f32x4.sub(s1, u1));
      q += plane4;
      v128.store(q, f32x4.sub(s2, u2));
      q += plane4;
      v128.store(q, f32x4.sub(s3, u3));
      q = to + plane;
      v128.store(q, f32x4.add(t0, u0));
      q += plane4;
      v128.store(q, f32x4.add(t1, u1));
      q += plane4;
      v128.store(q, f32x4.add(t2, u2));
      q += plane4;
      v128.store(q, f32x4.add(t3, u3));
      q = to + 2 * plane;
      v128.store(q, f32x4.sub(u0, t0));
      q += plane4;
      v128.store(q, f32x4.sub(u1, t1));
      q += plane4;
      v128.store(q, f32x4.sub(u2, t2));
      q += plane4;
      v128.store(q, f32x4.sub(u3, t3));
      p += pixel;
      q = p;
      a = v128.load(q);
      q += row;
      b = v128.load(q);
      q += row;
      d = v128.load(q);
      q += row;
      e = v128.load(q);
      s0 = u0;
      s1 = u1;
      s2 = u2;
      s3 = u3;
      const w0 = f32x4.sub(a, d), w1 = f32x4.add(b, d), w2 = f32x4.sub(d, b), w3 = f32x4.sub(b, e);
      q = to + 3 * plane;
      v128.store(q, f32x4.sub(t0, w0));
      q += plane4;
      v128.store(q, f32x4.sub(t1, w1));
      q += plane4;
      v128.store(q, f32x4.sub(t2, w2));
      q += plane4;
      v128.store(q, f32x4.sub(t3, w3));
      t0 = w0;
      t1 = w1;
      t2 = w2;
      t3 = w3;
      to += pixel;
    }
  }
}
