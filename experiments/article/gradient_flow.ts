/**
 * How much of the gradient passes the block's ReLUs, and where: what the theory of the starting ratio
 * takes to be a half, and everywhere alike.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { type Measures, Residual } from "@residual/connection";
import { crossEntropy } from "./classification.ts";
import { splitAtConnection, takenTogether } from "./diagnostics.ts";

/** At step 0. */
export function atFirst(step: number): boolean {
  return step === 0;
}

const NAMES = ["b2c1_share", "b2c1_places", "b2c2_share", "b2c2_places"] as const;

/**
 * Of each of the block's convolutions, with δ the gradient that arrives after its ReLU and m = 1 where that
 * passes, 0 elsewhere:
 *
 * - `*_share`: `Σ m δ² / Σ δ²`;
 * - `*_places`: `Σ n m δ² / Σ m δ²`, with n the number of inputs in the image that an output's 3×3 window
 *   covers: 4 in a corner, 6 at an edge, 9 elsewhere.
 */
export function flowDiagnostics(model: tf.LayersModel): Measures {
  const parts = splitAtConnection(model);
  const connection = model.layers.find((layer) => layer instanceof Residual);
  if (parts === undefined || connection === undefined) return {};
  const { below, above } = parts;
  const { layers } = (connection as Residual).block as tf.Sequential;
  const [first, second] = layers.filter((layer) => layer.getClassName() === "Conv2D");
  const measured = takenTogether(NAMES, ({ xs, ys }) => {
    const x = below(xs as tf.Tensor);
    const inner = first.apply(x) as tf.Tensor;
    const outer = second.apply(inner) as tf.Tensor;
    const loss = (output: tf.Tensor) => crossEntropy(ys, above(tf.add(output, x)));
    const ofInner = tf.grad((h) => loss(second.apply(h) as tf.Tensor))(inner);
    const ofOuter = tf.grad(loss)(outer);
    const [b2c1, b2c2] = [flow(ofInner, inner), flow(ofOuter, outer)];
    return {
      b2c1_share: b2c1.share,
      b2c1_places: b2c1.places,
      b2c2_share: b2c2.share,
      b2c2_places: b2c2.places,
    };
  });
  return Object.fromEntries(
    Object.entries(measured).map(([name, measure]) => [name, { ...measure, schedule: atFirst }]),
  );
}

/** What passes a ReLU of the gradient that arrives after it. Both [batch, height, width, channels]. */
export function flow(gradient: tf.Tensor, output: tf.Tensor) {
  const [, height, width] = gradient.shape;
  const arrives = tf.square(gradient);
  const passes = tf.mul(arrives, tf.cast(tf.greater(output, 0), "float32"));
  const covered = tf.mul(
    coveredAlong(height).reshape([-1, 1, 1]),
    coveredAlong(width).reshape([-1, 1]),
  );
  return {
    share: tf.div(tf.sum(passes), tf.sum(arrives)),
    places: tf.div(tf.sum(tf.mul(passes, covered)), tf.sum(passes)),
  };
}

/** How many of the places of an axis a window of three covers: 2 at the ends, else 3. */
function coveredAlong(size: number): tf.Tensor1D {
  return tf.tensor1d(
    Array.from(
      { length: size },
      (_, i) => [i - 1, i, i + 1].filter((at) => at >= 0 && at < size).length,
    ),
  );
}
