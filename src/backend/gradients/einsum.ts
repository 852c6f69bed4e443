/**
 * The gradient of `tf.einsum`, which TensorFlow.js does not have.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { gradientOf, type GradientOverride } from "./override.ts";

/**
 * The gradient: of y = einsum("ij,jk->ik", a, b), that of a is einsum("ik,jk->ij", dy, b). An axis that only a
 * has is summed over in y, so dy is repeated along it.
 */
export const einsum: readonly GradientOverride[] = [
  gradientOf("Einsum", "all", (dy, saved, attrs) => {
    const { equation } = attrs as unknown as tf.EinsumAttrs;
    const [inputs, output] = equation.replace(/\s/g, "").split("->");
    const labels = inputs.split(",");
    return Object.fromEntries(labels.map((own, i) => [i, () => {
      const others = saved.filter((_, j) => j !== i);
      const otherLabels = labels.filter((_, j) => j !== i);
      const known = [...own].filter((label) => [output, ...otherLabels].join().includes(label));
      const left = [output, ...otherLabels].join();
      const gradient = tf.einsum(`${left}->${known.join("")}`, dy as tf.Tensor, ...others);
      const kept = saved[i].shape.map((size, axis) => known.includes(own[axis]) ? size : 1);
      return tf.broadcastTo(gradient.reshape(kept), saved[i].shape);
    }]));
  }),
];
