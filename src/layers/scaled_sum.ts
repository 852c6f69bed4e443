/**
 * The operation of `ResidualA`.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/**
 * `a·b + s`, which is s itself, bit for bit, while a is 0, whatever b is: `0·b + s` would turn −0
 * into 0, and an infinite b into NaN. Gradients are those of `a·b + s` for every a:
 *
 * - to a: Σ dy·b, over all axes, or over all but the channels
 * - to b: a·dy
 * - to s: dy
 *
 * @param a A scalar, [], or one for each channel, [channels]; read on the device only.
 * @param terms Two tensors of equal shape, [batch, …, channels].
 */
export function scaledSum(
  a: tf.Tensor,
  terms: { readonly b: tf.Tensor; readonly s: tf.Tensor },
): tf.Tensor {
  return tf.customGrad((...args) => {
    const save = args.pop() as unknown as tf.GradSaveFunc;
    const [a, b, s] = args as tf.Tensor[];
    save([a, b]);
    // A condition of s's shape: wasm broadcasts a scalar one seven times as slowly.
    const off = tf.equal(a, tf.zerosLike(s));
    return { value: tf.where(off, s, tf.add(tf.mul(a, b), s)), gradFunc };
  })(a, terms.b, terms.s);
}

function gradFunc(dy: tf.Tensor, [a, b]: tf.Tensor[]): tf.Tensor[] {
  const axes = b.shape.slice(a.rank).map((_, axis) => axis); // all but a's, which is the last
  // The engine disposes of dy, so s gets a tensor of its own.
  return [tf.sum(tf.mul(dy, b), axes), tf.mul(a, dy), dy.clone()];
}
