/**
 * The standard normal distribution.
 *
 * @module
 */

/**
 * `Φ(x)`, the probability of a value of at most `x`: Marsaglia's series `½ + φ(x)·(x + x³/3 +
 * x⁵/(3·5) + …)` (Journal of Statistical Software 11, 2004). Its absolute error is about 1e-15;
 * beyond ±8, where less than that is left, it is 0 or 1.
 */
export function normalCdf(x: number): number {
  if (Math.abs(x) > 8) return x < 0 ? 0 : 1;
  let [term, sum] = [x, x];
  for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
    term *= x * x / odd;
    sum += term;
  }
  return 0.5 + sum * density(x);
}

/**
 * The `x` with `Φ(x) = p`, by Newton's method from 0, from where it never overshoots: `Φ` bends
 * toward the axis on either side.
 *
 * @param p Between 0 and 1; either end gives an infinite `x`
 */
export function normalQuantile(p: number): number {
  if (p <= 0 || p >= 1) return p <= 0 ? -Infinity : Infinity;
  const outward = Math.sign(p - 0.5);
  let [x, step] = [0, outward * Infinity];
  while (outward * step > 1e-9) { // A step back is rounding.
    step = (p - normalCdf(x)) / density(x);
    x += step;
  }
  return x;
}

function density(x: number): number {
  return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
}
