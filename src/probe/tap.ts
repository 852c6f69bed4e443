/**
 * Listening to a gradient anywhere in a loss function.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { formatValue } from "../validate.ts";
import { checkTensor } from "./check_tensor.ts";
import { editedBy, type PlaceName } from "./edits.ts";

/**
 * Receives the gradient of the loss with respect to the tapped tensor, of that tensor's shape. It
 * runs inside the backward pass, in a `tf.tidy` of its own: a tensor that must outlive it, the
 * gradient itself or one computed from it, is given to `tf.keep`, and is then the listener's to
 * dispose of. It must not wait for the device.
 *
 * If it returns a tensor, of the same shape, that is passed on in the gradient's place, as by PyTorch's
 * hooks; whatever else it returns is ignored.
 */
export type GradientListener = (gradient: tf.Tensor) => unknown;

/** How many tensors were tapped so far. */
let taps = 0;

/** How many tensors were tapped so far, by probes too: who counts sees whether others listen. */
export function tapCount(): number {
  return taps;
}

/** Counts another tensor that is listened to. */
export function countTap(): void {
  taps++;
}

/**
 * The identity, `y = x`, whose backward pass hands dL/dx = dL/dy to a listener on its way.
 *
 * x is not changed and not copied. The gradient passes unchanged unless the listener returns another:
 * `(g) => g.mul(0.5)` halves it, `(g) => tf.zerosLike(g)` lets none pass. The listener runs once in a
 * backward pass, with the sum over all uses of y. It does not run where there is nothing to pass
 * on: if the loss does not depend on y, or y not on what is differentiated by.
 *
 * @param x A tensor, [batch, …], of any shape.
 * @param onGradient Receives dL/dx, of x's shape.
 * @returns y, to be used in x's place.
 * @throws {TypeError} If x is no tensor, or the listener no function.
 * @throws {RangeError} In the backward pass, if the listener returns a tensor of another shape.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { tap } from "@residual/connection";
 *
 * const heard: tf.Tensor[] = [];
 * const loss = (x: tf.Tensor) => {
 *   const y = tap(x.square(), (gradient) => heard.push(tf.keep(gradient)));
 *   return y.mul(3).sum();
 * };
 * tf.grad(loss)(tf.tensor1d([1, 2]));
 * console.log(await heard[0].array()); // [3, 3]
 * ```
 */
export function tap(x: tf.Tensor, onGradient: GradientListener): tf.Tensor {
  checkTensor(x, { action: "tap a tensor", name: "x" });
  checkListener(onGradient, "tap a tensor");
  return tapAt("a tapped gradient", x, onGradient);
}

/** The same at a place that has a name. */
export function tapAt(place: PlaceName, x: tf.Tensor, onGradient: GradientListener): tf.Tensor {
  countTap();
  return tf.customGrad((x) => ({
    value: (x as tf.Tensor).clone(),
    gradFunc: (dy: tf.Tensor) =>
      tf.tidy(() => {
        const heard = dy.clone(); // the engine disposes of dy, even of one that is kept
        return editedBy(onGradient(heard), { heard, place }).clone();
      }),
  }))(x);
}

/**
 * Returns if `listener` is a function.
 *
 * @throws {TypeError} If it is not.
 */
export function checkListener(listener: unknown, action: string): void {
  if (typeof listener !== "function") {
    throw new TypeError(
      `Cannot ${action}: the listener must be a function, got ${formatValue(listener)}`,
    );
  }
}
