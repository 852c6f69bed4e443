// Softmax cross-entropy of rows of logits z and labels y, and its gradient, in float32 and in PyTorch's order.
// Labels are float32 numbers, or int32 where `integers` says so.

import { exp, log } from "./functions";

/** logSoftmax = (z − max z) − log Σ exp(z − max z); loss = −Σ y · logSoftmax; of some of the rows. */
export function softmaxCrossEntropy(
  labels: i32,
  integers: bool,
  logits: i32,
  loss: i32,
  logSoftmax: i32,
  firstRow: i32,
  lastRow: i32,
  classes: i32,
): void {
  const row = classes << 2;
  for (let r = firstRow; r < lastRow; r++) {
    const z = logits + r * row, end = z + row;
    let largest: f32 = -Infinity;
    for (let at = z; at < end; at += 4) largest = max<f32>(largest, load<f32>(at));
    let sum: f32 = 0;
    for (let at = z; at < end; at += 4) sum += exp(load<f32>(at) - largest);
    const logSum = log(sum);
    let y = labels + r * row, to = logSoftmax + r * row;
    let total: f32 = 0;
    for (let at = z; at < end; at += 4) {
      const value = load<f32>(at) - largest - logSum;
      store<f32>(to, value);
      total -= value * label(y, integers);
      y += 4;
      to += 4;
    }
    store<f32>(loss + (r << 2), total);
  }
}

/** dz = dy · (exp(logSoftmax) · Σ y − y), of some of the rows. */
export function softmaxCrossEntropyGradient(
  labels: i32,
  integers: bool,
  logSoftmax: i32,
  dy: i32,
  dLogits: i32,
  firstRow: i32,
  lastRow: i32,
  classes: i32,
): void {
  const row = classes << 2;
  for (let r = firstRow; r < lastRow; r++) {
    const start = r * row;
    const up = load<f32>(dy + (r << 2));
    let sum: f32 = 0;
    for (let at = 0; at < row; at += 4) sum += label(labels + start + at, integers);
    for (let at = start; at < start + row; at += 4) {
      const probability = exp(load<f32>(logSoftmax + at)) * sum;
      store<f32>(dLogits + at, up * (probability - label(labels + at, integers)));
    }
  }
}

/** @inline */
function label(at: i32, integers: bool): f32 {
  return integers ? <f32> load<i32>(at) : load<f32>(at);
}
