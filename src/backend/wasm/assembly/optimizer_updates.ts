// The updates of optimizers, with the rounding of TensorFlow.js's operations: numbers from `first` on, before
// `last`. The state is updated in place, the weight's new numbers go to `out`. `settings` are float32 numbers one
// behind the other.

/** w ← w − αg; settings: −α. */
export function sgdUpdate(
  weight: i32,
  out: i32,
  gradient: i32,
  settings: i32,
  first: i32,
  last: i32,
): void {
  const minusRate = v128.load32_splat(settings);
  const end = weight + (last << 2);
  weight += first << 2;
  out += first << 2;
  gradient += first << 2;
  for (; weight + 16 <= end; weight += 16) {
    const change = f32x4.mul(v128.load(gradient), minusRate);
    v128.store(out, f32x4.add(v128.load(weight), change));
    out += 16;
    gradient += 16;
  }
  for (; weight < end; weight += 4) {
    store<f32>(out, load<f32>(weight) + load<f32>(gradient) * load<f32>(settings));
    out += 4;
    gradient += 4;
  }
}

/** a ← μa + g, w ← w − αa or, as Nesterov has it, w − α(g + μa); settings: −α, μ. */
export function momentumUpdate(
  weight: i32,
  out: i32,
  accumulation: i32,
  gradient: i32,
  settings: i32,
  nesterov: bool,
  first: i32,
  last: i32,
): void {
  const minusRate = v128.load32_splat(settings), momentum = v128.load32_splat(settings, 4);
  const end = weight + (last << 2);
  weight += first << 2;
  out += first << 2;
  accumulation += first << 2;
  gradient += first << 2;
  for (; weight + 16 <= end; weight += 16) {
    const g = v128.load(gradient);
    const a = f32x4.add(f32x4.mul(v128.load(accumulation), momentum), g);
    v128.store(accumulation, a);
    const direction = nesterov ? f32x4.add(g, f32x4.mul(a, momentum)) : a;
    v128.store(out, f32x4.add(v128.load(weight), f32x4.mul(direction, minusRate)));
    accumulation += 16;
    out += 16;
    gradient += 16;
  }
  for (; weight < end; weight += 4) {
    const g = load<f32>(gradient), mu = load<f32>(settings, 4);
    const a = load<f32>(accumulation) * mu + g;
    store<f32>(accumulation, a);
    const direction = nesterov ? g + a * mu : a;
    store<f32>(out, load<f32>(weight) + direction * load<f32>(settings));
    accumulation += 4;
    out += 4;
    gradient += 4;
  }
}

/**
 * m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², w ← w − α · m̂ / (√v̂ + ε) with m̂ = m/(1 − β₁ᵗ) and
 * v̂ = v/(1 − β₂ᵗ); settings: −α, β₁, 1 − β₁, β₂, 1 − β₂, ε. The accumulated βᵗ are one number each.
 */
export function adamUpdate(
  weight: i32,
  out: i32,
  firstMoment: i32,
  secondMoment: i32,
  gradient: i32,
  accumulatedBeta1: i32,
  accumulatedBeta2: i32,
  settings: i32,
  first: i32,
  last: i32,
): void {
  const one = f32x4.splat(1);
  const minusRate = v128.load32_splat(settings), epsilon = v128.load32_splat(settings, 20);
  const beta1 = v128.load32_splat(settings, 4), rest1 = v128.load32_splat(settings, 8);
  const beta2 = v128.load32_splat(settings, 12), rest2 = v128.load32_splat(settings, 16);
  const correction1 = f32x4.sub(one, v128.load32_splat(accumulatedBeta1));
  const correction2 = f32x4.sub(one, v128.load32_splat(accumulatedBeta2));
  const end = weight + (last << 2);
  weight += first << 2;
  out += first << 2;
  firstMoment += first << 2;
  secondMoment += first << 2;
  gradient += first << 2;
  for (; weight + 16 <= end; weight += 16) {
    const g = v128.load(gradient);
    const m = f32x4.add(f32x4.mul(v128.load(firstMoment), beta1), f32x4.mul(g, rest1));
    const square = f32x4.mul(g, g);
    const v = f32x4.add(f32x4.mul(v128.load(secondMoment), beta2), f32x4.mul(square, rest2));
    v128.store(firstMoment, m);
    v128.store(secondMoment, v);
    const deviation = f32x4.add(f32x4.sqrt(f32x4.div(v, correction2)), epsilon);
    const change = f32x4.mul(f32x4.div(f32x4.div(m, correction1), deviation), minusRate);
    v128.store(out, f32x4.add(change, v128.load(weight)));
    firstMoment += 16;
    secondMoment += 16;
    out += 16;
    gradient += 16;
  }
  for (; weight < end; weight += 4) {
    const g = load<f32>(gradient);
    const m = load<f32>(firstMoment) * load<f32>(settings, 4) + g * load<f32>(settings, 8);
    const v = load<f32>(secondMoment) * load<f32>(settings, 12) + g * g * load<f32>(settings, 16);
    store<f32>(firstMoment, m);
    store<f32>(secondMoment, v);
    const mean = m / (1 - load<f32>(accumulatedBeta1));
    const deviation = sqrt<f32>(v / (1 - load<f32>(accumulatedBeta2))) + load<f32>(settings, 20);
    store<f32>(out, mean / deviation * load<f32>(settings) + load<f32>(weight));
    firstMoment += 4;
    secondMoment += 4;
    out += 4;
    gradient += 4;
  }
}
