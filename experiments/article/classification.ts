/**
 * The loss and the accuracy of a classifier.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** Mean softmax cross-entropy; labels `[batch]` int32, logits `[batch, classes]`. */
export function crossEntropy(labels: tf.Tensor, logits: tf.Tensor): tf.Scalar {
  const oneHot = tf.oneHot(labels as tf.Tensor1D, logits.shape[1]!); // [batch, classes]
  return tf.losses.softmaxCrossEntropy(oneHot, logits) as tf.Scalar;
}

/** The part of all images whose largest logit is at their label, 0..1. */
export async function accuracy(
  model: tf.LayersModel,
  batches: Iterable<{ readonly xs: tf.Tensor; readonly ys: tf.Tensor }>,
): Promise<number> {
  let images = 0;
  const correct: tf.Scalar[] = [];
  for (const { xs, ys } of batches) {
    images += ys.size;
    correct.push(tf.tidy(() => {
      const predicted = tf.argMax(model.apply(xs) as tf.Tensor2D, 1); // [batch]
      return tf.equal(predicted, ys).sum().asScalar();
    }));
    tf.dispose([xs, ys]);
  }
  const total = tf.tidy(() => tf.addN(correct));
  tf.dispose(correct);
  const [count] = await total.data();
  total.dispose();
  return count / images;
}
