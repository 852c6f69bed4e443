// Kernels that compute each number from those at the same place. The minimum and the maximum of
// WebAssembly's SIMD are NaN where an operand is, as in PyTorch; a comparison would lose it.

/**
 * out[i] = min(high, max(low, x[i])) for numbers from `first` on, before `last`. The limits come as their bits,
 * since threads hand each other whole numbers.
 */
export function clamp(
  x: i32,
  out: i32,
  first: i32,
  last: i32,
  lowBits: i32,
  highBits: i32,
): void {
  const low = reinterpret<f32>(lowBits), high = reinterpret<f32>(highBits);
  const lows = f32x4.splat(low), highs = f32x4.splat(high);
  const end = x + (last << 2);
  x += first << 2;
  out += first << 2;
  if (high == Infinity) { // as of ReLU: there is nothing above
    for (; x + 64 <= end; x += 64) {
      v128.store(out, f32x4.max(lows, v128.load(x)));
      v128.store(out, f32x4.max(lows, v128.load(x, 16)), 16);
      v128.store(out, f32x4.max(lows, v128.load(x, 32)), 32);
      v128.store(out, f32x4.max(lows, v128.load(x, 48)), 48);
      out += 64;
    }
  }
  for (; x + 16 <= end; x += 16) {
    v128.store(out, f32x4.min(highs, f32x4.max(lows, v128.load(x))));
    out += 16;
  }
  for (; x < end; x += 4) {
    store<f32>(out, min<f32>(high, max<f32>(low, load<f32>(x))));
    out += 4;
  }
}

/** out[i] = max(a[i], b[i]) for `count` numbers; an operand whose step is 0 is one number. */
export function maximum(a: i32, b: i32, out: i32, count: i32, aStep: i32, bStep: i32): void {
  const end = out + (count << 2);
  for (; out + 16 <= end; out += 16) {
    const left = aStep == 0 ? v128.load32_splat(a) : v128.load(a);
    const right = bStep == 0 ? v128.load32_splat(b) : v128.load(b);
    v128.store(out, f32x4.max(left, right));
    a += aStep << 2;
    b += bStep << 2;
  }
  for (; out < end; out += 4) {
    store<f32>(out, max<f32>(load<f32>(a), load<f32>(b)));
    a += aStep;
    b += bStep;
  }
}

/** out[i] = min(a[i], b[i]), as {@linkcode maximum}. */
export function minimum(a: i32, b: i32, out: i32, count: i32, aStep: i32, bStep: i32): void {
  const end = out + (count << 2);
  for (; out + 16 <= end; out += 16) {
    const left = aStep == 0 ? v128.load32_splat(a) : v128.load(a);
    const right = bStep == 0 ? v128.load32_splat(b) : v128.load(b);
    v128.store(out, f32x4.min(left, right));
    a += aStep << 2;
    b += bStep << 2;
  }
  for (; out < end; out += 4) {
    store<f32>(out, min<f32>(load<f32>(a), load<f32>(b)));
    a += aStep;
    b += bStep;
  }
}

/** out[i] = a[i] where that is at least 0, else a[i] · b[i], as {@linkcode maximum}. */
export function prelu(a: i32, b: i32, out: i32, count: i32, aStep: i32, bStep: i32): void {
  const end = out + (count << 2);
  const zero = f32x4.splat(0);
  for (; out + 16 <= end; out += 16) {
    const left = aStep == 0 ? v128.load32_splat(a) : v128.load(a);
    const right = bStep == 0 ? v128.load32_splat(b) : v128.load(b);
    v128.store(out, v128.bitselect(left, f32x4.mul(left, right), f32x4.ge(left, zero)));
    a += aStep << 2;
    b += bStep << 2;
  }
  for (; out < end; out += 4) {
    const left = load<f32>(a);
    store<f32>(out, left >= 0 ? left : left * load<f32>(b));
    a += aStep;
    b += bStep;
  }
}
