/**
 * Making a backend the one in use.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/**
 * Makes a backend the one in use, and says whether that was possible. TensorFlow.js may be about to start
 * another by itself, as it does where a tensor is made before any was started, and refuses tensors until it
 * has.
 */
export async function setBackend(name: string): Promise<boolean> {
  const isSet = await tf.setBackend(name);
  if (isSet) await tf.ready();
  return isSet;
}
