// Sums over all axes but the last, as the gradient of a bias needs them: out[c] = Σ_r x[r, c].

export function columnSums(x: i32, out: i32, rows: i32, columns: i32): void {
  const row: i32 = columns << 2;
  let c = 0;
  for (; c + 16 <= columns; c += 16) {
    let at = x + (c << 2);
    let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
    for (let r = 0; r < rows; r++) {
      s0 = f32x4.add(s0, v128.load(at));
      s1 = f32x4.add(s1, v128.load(at, 16));
      s2 = f32x4.add(s2, v128.load(at, 32));
      s3 = f32x4.add(s3, v128.load(at, 48));
      at += row;
    }
    const to = out + (c << 2);
    v128.store(to, s0);
    v128.store(to, s1, 16);
    v128.store(to, s2, 32);
    v128.store(to, s3, 48);
  }
  for (; c < columns; c++) {
    let at = x + (c << 2);
    let sum: f32 = 0;
    for (let r = 0; r < rows; r++) {
      sum += load<f32>(at);
      at += row;
    }
    store<f32>(out + (c << 2), sum);
  }
}
