/**
 * What is measured of a gradient.
 *
 * @module
 */

import type { Tensor } from "@tensorflow/tfjs";

/**
 * A measure of a gradient, [batch, …], computed on the device: it returns a tensor and reads
 * nothing back.
 */
export type Statistic = (gradient: Tensor) => Tensor;
