/** @module */
import * as tf from "@tensorflow/tfjs";
export const v: string = tf.version_core;
