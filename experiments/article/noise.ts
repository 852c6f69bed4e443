/**
 * How much of a gradient is signal: what all batches agree on, beside what each has of its own.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { batches, type LabeledImages, type Measures, tap } from "@residual/connection";
import { crossEntropy } from "./classification.ts";
import { splitAtConnection, takenTogether } from "./diagnostics.ts";
import { BATCH, epochOf } from "./settings.ts";

/** How many batches the noise is measured on, at most: the last of the epoch, which short runs never see. */
const BATCHES = 32;

/** At steps 0, 20, 60 and 150. */
export function atNoiseSteps(step: number): boolean {
  return [0, 20, 60, 150].includes(step);
}

/**
 * `x_in_snr` and `x_res_snr`: the signal to noise of the gradient of the weights below the residual
 * connection, as far as it comes through the block and as far as it comes around it. Over batches of
 * 32 images with gradients g it is
 *
 * `‖E g‖² / tr Cov g`,
 *
 * numerator and denominator each estimated without bias: `Σ_{a≠b} g_a·g_b / (K (K − 1))` and `Σ_a ‖g_a −
 * ḡ‖² / (K − 1)` over K = 32 batches. So it is around 0, and may be below, where the batches agree on
 * nothing. McCandlish and others call its inverse the simple noise scale, in batches.
 *
 * @see https://arxiv.org/abs/1812.06162
 */
export function noiseDiagnostics(model: tf.LayersModel, images: LabeledImages): Measures {
  const parts = splitAtConnection(model);
  if (parts === undefined) return {};
  const { weightsBelow, below, added, above } = parts;
  const paths = {
    x_in_snr: (x: tf.Tensor) => above(tf.add(added(x), detached(x))),
    x_res_snr: (x: tf.Tensor) => above(tf.add(added(detached(x)), x)),
  };
  const measured = takenTogether(["x_in_snr", "x_res_snr"], () => {
    const first = Math.max(0, epochOf({ train: images }) - BATCHES);
    const estimates = { x_in_snr: new SignalToNoise(), x_res_snr: new SignalToNoise() };
    for (
      const { xs, ys } of batches(images, { size: BATCH, first })
    ) {
      for (const name of ["x_in_snr", "x_res_snr"] as const) {
        const loss = () => crossEntropy(ys, paths[name](below(xs))).asScalar();
        const { value, grads } = tf.variableGrads(loss, weightsBelow);
        estimates[name].add(Object.values(grads));
        tf.dispose([value, grads]);
      }
      tf.dispose([xs, ys]);
    }
    return { x_in_snr: estimates.x_in_snr.take(), x_res_snr: estimates.x_res_snr.take() };
  });
  return Object.fromEntries(
    Object.entries(measured).map((
      [name, measure],
    ) => [name, { ...measure, schedule: atNoiseSteps }]),
  );
}

/** The same values, through which no gradient goes. */
function detached(x: tf.Tensor): tf.Tensor {
  return tap(x, (gradient) => tf.zerosLike(gradient));
}

/** The signal to noise of gradients, which are added one by one. */
export class SignalToNoise {
  #count = 0;
  #sums: tf.Tensor[] = [];
  #squares: tf.Tensor = tf.scalar(0);

  /** Takes one batch's gradient, a tensor a weight, which stay the caller's. */
  add(gradient: readonly tf.Tensor[]): void {
    const [sums, squares] = tf.tidy(() => {
      const sums = this.#count === 0
        ? gradient.map((each) => tf.clone(each))
        : gradient.map((each, i) => tf.add(this.#sums[i], each));
      return [sums, tf.add(this.#squares, squaredNorm(gradient))] as const;
    });
    tf.dispose([this.#sums, this.#squares]);
    this.#count++;
    this.#sums = sums;
    this.#squares = squares;
  }

  /** `‖E g‖² / tr Cov g`, of at least two gradients; it ends the estimate. */
  take(): tf.Tensor {
    const count = this.#count;
    const ratio = tf.tidy(() => {
      const ofSum = squaredNorm(this.#sums);
      const signal = tf.div(tf.sub(ofSum, this.#squares), count * (count - 1));
      const noise = tf.div(tf.sub(this.#squares, tf.div(ofSum, count)), count - 1);
      return tf.div(signal, noise);
    });
    tf.dispose([this.#sums, this.#squares]);
    return ratio;
  }
}

function squaredNorm(tensors: readonly tf.Tensor[]): tf.Tensor {
  return tf.addN(tensors.map((each) => tf.sum(tf.square(each))));
}
