/**
 * Residual connections for TensorFlow.js, and the means to see what they do to gradients.
 *
 * @module
 */

export { type BackendName, startBackend, type StartedBackend } from "./src/backend/start.ts";
export { batches, type BatchesOptions } from "./src/data/batches.ts";
export { type Idx, parseIdx, type ParseIdxOptions } from "./src/data/idx.ts";
export type { LabelledImages } from "./src/data/labelled_images.ts";
export { type DataSet, loadMnist, type LoadMnistOptions } from "./src/data/mnist.ts";
export { Residual, residual, type ResidualArgs } from "./src/layers/residual.ts";
export { ResidualA, residualA, type ResidualAArgs } from "./src/layers/residual_a.ts";
export { coherence } from "./src/probe/coherence.ts";
export { findProbes } from "./src/probe/find_probes.ts";
export { instanceNorms } from "./src/probe/instance_norms.ts";
export { norm } from "./src/probe/norm.ts";
export { Probe, probe, type ProbeArgs } from "./src/probe/probe.ts";
export type { Statistic } from "./src/probe/statistic.ts";
export { type GradientListener, tap } from "./src/probe/tap.ts";
export type { Measure, Measures } from "./src/train/measure.ts";
export type { Step } from "./src/train/readback.ts";
export { type Column, formatRecord, parseRecord, type RunRecord } from "./src/train/record.ts";
export { every, type Schedule } from "./src/train/schedule.ts";
export {
  type Batch,
  type Batches,
  type Loss,
  Run,
  train,
  type TrainOptions,
} from "./src/train/train.ts";
