/**
 * How far a mean over few seeds can be trusted.
 *
 * @module
 */

import { mean, quantile } from "@residual/connection/analysis";
import { normalCdf, normalQuantile } from "./normal.ts";
import { randomIndices } from "./random.ts";

/** The numbers from one to another. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 10_000;
const SEED = 1;
const LEVEL = 0.95;

/**
 * The 95 % bootstrap interval of the mean, bias-corrected and accelerated (Efron, 1987): of 10,000
 * resampled means, the quantiles at
 *
 * `Φ(z₀ + (z₀ + z) / (1 − a(z₀ + z)))` for `z = ±1.96`,
 *
 * with `z₀` the normal quantile of the share of them below the mean (one equal to it counts as
 * half) and `a = Σd³ / (6 (Σd²)^1.5)`, `d = value − mean`. The same values always give the same
 * interval. Of ten normal values it holds the true mean in nine cases of ten rather than in 95 of a
 * hundred: a resample varies less than a sample, by √(1 − 1/n).
 *
 * @throws {RangeError} If there is no value.
 */
export function bootstrapInterval(values: readonly number[]): Interval {
  if (values.length === 0) throw new RangeError("Cannot resample no values: one is needed");
  const means = resampledMeans(values);
  const bias = normalQuantile(shareBelow(means, mean(values)));
  const acceleration = accelerationOf(values);
  const limit = (p: number) => {
    const z = bias + normalQuantile(p);
    return quantile(means, normalCdf(bias + z / (1 - acceleration * z)));
  };
  return { low: limit((1 - LEVEL) / 2), high: limit((1 + LEVEL) / 2) };
}

/** The means of the resamples, in rising order. */
function resampledMeans(values: readonly number[]): Float64Array {
  const index = randomIndices(values.length, { seed: SEED });
  const means = new Float64Array(RESAMPLES);
  for (let resample = 0; resample < RESAMPLES; resample++) {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[index()];
    means[resample] = sum / values.length;
  }
  return means.sort();
}

function shareBelow(sorted: Float64Array, value: number): number {
  let halves = 0;
  for (const other of sorted) halves += other < value ? 2 : other === value ? 1 : 0;
  return halves / (2 * sorted.length);
}

/** The acceleration, which is 0 if the values are all the same. */
function accelerationOf(values: readonly number[]): number {
  const center = mean(values);
  const sumOf = (power: number) => values.reduce((sum, x) => sum + (x - center) ** power, 0);
  const spread = sumOf(2);
  return spread === 0 ? 0 : sumOf(3) / (6 * spread ** 1.5);
}
