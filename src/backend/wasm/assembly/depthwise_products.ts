/** out[c, q] += x[c] · w[c, q] for each channel and each of its filters. */
export function addProducts(x: i32, w: i32, out: i32, pixel: i32, multiplier: i32): void {
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
