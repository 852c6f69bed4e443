/**
 * Padding of tensors with more than four axes, on WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { around } from "../gradients/axes.ts";
import type { KernelOverride } from "../overrides.ts";

/** Axis by axis, as tensors of three axes. */
export const pad: KernelOverride = {
  kernel: tf.PadV2,
  covers: "more than four axes",
  why: "TensorFlow.js's shader is invalid",
  run: ({ inputs, attrs }) => {
    const x = inputs.x as tf.Tensor;
    if (x.rank <= 4) return undefined;
    const { paddings, constantValue } = attrs as unknown as tf.PadV2Attrs;
    return tf.tidy(() =>
      paddings.reduce((padded, [before, after], axis) => {
        if (before === 0 && after === 0) return padded;
        const { outer, size, inner, withSize } = around(padded, axis);
        return tf.pad(
          padded.reshape([outer, size, inner]),
          [[0, 0], [before, after], [0, 0]],
          constantValue,
        ).reshape(withSize(before + size + after));
      }, x.clone())
    );
  },
};
