/** Listening to a gradient in a loss function of the user's own. */

import * as tf from "@tensorflow/tfjs";
import { norm, startBackend, tap } from "@residual/connection";

await startBackend("cpu");
const norms: number[] = [];
const loss = (x: tf.Tensor) =>
  tap(x.square(), (gradient) => void norms.push(norm(gradient).dataSync()[0])).sum() as tf.Scalar;

const gradient = tf.grad(loss)(tf.tensor1d([1, 2, 3, 4])); // that of x²'s sum at x² is 1 everywhere
console.log(norms.join(" "), (await gradient.data()).join(" "));
