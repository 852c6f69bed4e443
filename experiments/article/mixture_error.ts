/**
 * Whether the gradient at x is the sum of the gradients of the two paths.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { type Batch, norm } from "@residual/connection";
import { crossEntropy } from "./classification.ts";
import type { Halves } from "./halves.ts";

/**
 * ‖∇x − (∇x_in + ∇x_res)‖ / ‖∇x‖, where ∇x is the gradient of the loss at x, ∇x_in that through the
 * block with the copy around it held fixed, ∇x_res that around the block with the copy into it held
 * fixed: three backward passes, each of its own. 0 in exact arithmetic.
 */
export function mixtureError(
  { below, added, connection, above }: Halves,
  { xs, ys }: Batch,
): tf.Tensor {
  return tf.tidy(() => {
    const x = below(xs as tf.Tensor);
    const fixed = tf.clone(x); // Of x itself, every use would count.
    const loss = (y: tf.Tensor) => crossEntropy(ys, above(y));
    const whole = tf.grad((x) => loss(connection(x)))(x);
    const through = tf.grad((xIn) => loss(tf.add(added(xIn), fixed)))(x);
    const around = tf.grad((xRes) => loss(tf.add(added(fixed), xRes)))(x);
    const difference = tf.sub(whole, tf.add(through, around));
    return tf.div(norm(difference), norm(whole));
  });
}
