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

/**
 * The part of all images whose largest logit is at their label, 0..1.
 *
 * The batches' tensors are disposed of.
 *
 * @throws The signal's reason, once it is aborted.
 */
export async function accuracy(
  model: tf.LayersModel,
  batches: Iterable<{ readonly xs: tf.Tensor; readonly ys: tf.Tensor }>,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<number> {
  let images = 0;
  let correct = tf.scalar(0, "int32");
  try {
    for (const { xs, ys } of batches) {
      const before = correct;
      // Added on the device, so that a GPU waits for no number to be read.
      correct = tf.tidy(() => tf.add(before, countHits(model, xs, ys)));
      images += ys.size;
      tf.dispose([before, xs, ys]);
      await new Promise((resolve) => setTimeout(resolve)); // Ctrl-C arrives only while a timer is waited for.
      signal?.throwIfAborted();
    }
    return (await correct.data())[0] / images;
  } finally {
    correct.dispose();
  }
}

function countHits(model: tf.LayersModel, xs: tf.Tensor, labels: tf.Tensor): tf.Scalar {
  const predicted = tf.argMax(model.apply(xs) as tf.Tensor2D, 1); // [batch]
  return tf.sum(tf.equal(predicted, labels));
}
