/**
 * Gradients of operations on each number alone.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { gradientOf, type GradientOverride, runKernel, zeros } from "./override.ts";

const COMPARISONS = ["Equal", "NotEqual", "Greater", "GreaterEqual", "Less", "LessEqual"];

/** The gradients. */
export const elementwise: readonly GradientOverride[] = [
  ...[...COMPARISONS, "LogicalAnd", "LogicalOr"].map((kernelName) =>
    gradientOf(kernelName, ["a", "b"], (_dy, [a, b]) => ({ a: zeros(a), b: zeros(b) }))
  ),
  ...["LogicalNot", "Any", "All"].map((kernelName) =>
    gradientOf(kernelName, ["x"], (_dy, [x]) => ({ x: zeros(x) }))
  ),
  // EluGrad gives dy where y ≥ 0, and dy · (y + 1) elsewhere.
  gradientOf("EluGrad", ["dy", "y"], (up, [dy, y]) => ({
    dy: () => runKernel("EluGrad", { dy: up as tf.Tensor, y }, {}),
    y: () => tf.where(tf.less(y, 0), tf.mul(dy, up as tf.Tensor), tf.zerosLike(y)),
  })),
];
