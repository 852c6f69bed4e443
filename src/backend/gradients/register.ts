/**
 * Gradients of TensorFlow.js that are wrong, crash or are missing, on every backend.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { fillBatchNormalization } from "./batch_normalization.ts";
import { broadcasting } from "./broadcasting.ts";
import { convolutions } from "./convolutions.ts";
import { cropAndResize } from "./crops.ts";
import { cumulative } from "./cumulative.ts";
import { einsum } from "./einsum.ts";
import { elementwise } from "./elementwise.ts";
import { extrema } from "./extrema.ts";
import { fusedConvolution } from "./fused_convolution.ts";
import { fuseSoftmaxCrossEntropy, losses } from "./losses.ts";
import type { GradientOverride } from "./override.ts";
import { pooling } from "./pooling.ts";
import { resizing } from "./resizing.ts";
import { selections } from "./selections.ts";
import { connectSavedTensors } from "./tape.ts";

const OVERRIDES: readonly GradientOverride[] = [
  ...broadcasting,
  ...convolutions,
  ...cumulative,
  ...einsum,
  ...elementwise,
  ...extrema,
  ...fusedConvolution,
  ...losses,
  ...pooling,
  ...resizing,
  ...selections,
  cropAndResize,
];

/** On a function that this package registered; a second copy of the package knows it by that. */
const OURS = Symbol.for("@residual/connection");

type GradFunc = tf.GradFunc & { [OURS]?: true };

/** Registers the gradients, in the place of TensorFlow.js's. Doing it again changes nothing. */
export function registerGradients(): void {
  connectSavedTensors();
  fillBatchNormalization();
  fuseSoftmaxCrossEntropy();
  OVERRIDES.forEach(register);
}

function register({ kernelName, inputsToSave, outputsToSave, make }: GradientOverride): void {
  const stock = tf.getGradient(kernelName) as tf.GradConfig | undefined;
  if ((stock?.gradFunc as GradFunc | undefined)?.[OURS]) return;
  const gradFunc: GradFunc = make(stock?.gradFunc ?? (() => ({})));
  gradFunc[OURS] = true;
  const saving = inputsToSave === "all"
    ? { saveAllInputs: true }
    : inputsToSave
    ? { inputsToSave, outputsToSave }
    : stock;
  if (stock !== undefined) tf.unregisterGradient(kernelName);
  tf.registerGradient({ ...saving, kernelName, gradFunc });
}
