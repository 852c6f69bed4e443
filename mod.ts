/**
 * Residual connections for TensorFlow.js, and the means to see what they do to gradients.
 *
 * A residual connection adds a block's input to its output, `y = block(x) + x`. This package has
 * - the layers: {@linkcode residual}, `y = block(x) + x`; {@linkcode residualA},
 *   `y = a·block(x) + x` with a learnable scalar `a` that starts at 0, or one for each channel;
 *   {@linkcode skip}, which concatenates, multiplies or merges in another way; {@linkcode highway},
 *   whose gate is learned; {@linkcode dropPath}, stochastic depth; and {@linkcode ResidualBase}, of
 *   which you make connections of your own;
 * - {@linkcode attach}, which listens to the gradients and values at the layers of any model;
 *   {@linkcode probe}, a layer that listens to the gradient anywhere in a model, {@linkcode tap}, the
 *   same for a tensor in a loss function, and statistics of what they hear: {@linkcode norm},
 *   {@linkcode instanceNorms}, {@linkcode coherence};
 * - {@linkcode train}, a training loop that records the loss and such statistics, step by step, and
 *   {@linkcode gradientCallback}, which records them under `model.fit`;
 * - {@linkcode startBackend}, which starts WebGPU, wasm or cpu with the gradient kernels that
 *   TensorFlow.js lacks there or has wrong;
 * - {@linkcode loadMnist} and {@linkcode batches}, checked data in file order;
 * - {@linkcode fileSystem}, to save a model and its optimizer's state to a folder and resume
 *   training later with the same bits.
 *
 * The names follow Peter Bloem's article _Residual connection_ (https://gestalt.ink/residual-connection): x_in is the copy of x
 * that enters the block, x_res the copy that is added to its output.
 *
 * @example The gradients at the two copies of x
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { probe, residual, train } from "@residual/connection";
 *
 * const block = tf.sequential({
 *   layers: [
 *     probe({ name: "x_in", inputShape: [8] }),
 *     tf.layers.dense({ units: 8, activation: "relu" }),
 *   ],
 * });
 * const model = tf.sequential({
 *   layers: [
 *     tf.layers.dense({ units: 8, inputShape: [4] }),
 *     residual({ block, shortcut: probe({ name: "x_res" }) }),
 *     tf.layers.dense({ units: 1 }),
 *   ],
 * });
 * const batch = () => ({ xs: tf.randomNormal([32, 4]), ys: tf.randomNormal([32, 1]) });
 * const run = train(model, [batch(), batch(), batch()], {
 *   optimizer: tf.train.adam(),
 *   loss: (ys, output) => tf.losses.meanSquaredError(ys, output),
 * });
 * for await (const { step, x_in, x_res } of run) console.log(step, x_in, x_res);
 * ```
 *
 * @module
 */

export {
  type BackendChoice,
  type BackendName,
  startBackend,
  type StartedBackend,
  type StartOptions,
} from "./src/backend/start.ts";
export { batches, type BatchesOptions, type ImageBatch } from "./src/data/batches.ts";
export { type Idx, parseIdx, type ParseIdxOptions } from "./src/data/idx.ts";
export type { LabeledImages } from "./src/data/labeled_images.ts";
export { type DataSet, loadMnist, type LoadMnistOptions } from "./src/data/mnist.ts";
export { bilinear, type BilinearOptions, type ImageSize, type Scale } from "./src/data/bilinear.ts";
export { DropPath, dropPath, type DropPathArgs } from "./src/layers/drop_path.ts";
export { Highway, highway, type HighwayArgs } from "./src/layers/highway.ts";
export { Residual, residual } from "./src/layers/residual.ts";
export {
  type MergeContext,
  type ResidualArgs,
  ResidualBase,
  type SymbolicBranches,
} from "./src/layers/residual_base.ts";
export {
  type Initializer,
  type InitializerName,
  ResidualA,
  residualA,
  type ResidualAArgs,
} from "./src/layers/residual_a.ts";
export {
  type MergeFunction,
  type MergeName,
  Skip,
  skip,
  type SkipArgs,
} from "./src/layers/skip.ts";
export { coherence } from "./src/probe/statistics.ts";
export {
  attach,
  type AttachedProbe,
  type Attachment,
  type AttachOptions,
} from "./src/probe/attach.ts";
export type { LayerClass, LayerSelection } from "./src/probe/select_layers.ts";
export type { ListenOptions, ListenTarget } from "./src/probe/listeners.ts";
export { findProbes } from "./src/probe/find_probes.ts";
export { instanceNorms } from "./src/probe/statistics.ts";
export { norm } from "./src/probe/statistics.ts";
export { Probe, probe, type ProbeArgs } from "./src/probe/probe.ts";
export type { Statistic } from "./src/probe/statistics.ts";
export { type GradientListener, tap } from "./src/probe/tap.ts";
export { fileSystem, type FileSystemOptions } from "./src/saving/file_system.ts";
export type {
  ComputedMeasure,
  Measure,
  Measures,
  ProbeMeasure,
  Scheduled,
  WeightMeasure,
  WeightStatistic,
} from "./src/train/measures.ts";
export type { Step } from "./src/train/readback.ts";
export {
  type Column,
  formatRecord,
  parseRecord,
  type RecordContents,
  type RunRecord,
  sealRecord,
} from "./src/record/record.ts";
export {
  GradientCallback,
  gradientCallback,
  type GradientCallbackOptions,
} from "./src/train/gradient_callback.ts";
export { every, type Schedule } from "./src/train/schedule.ts";
export {
  type Batch,
  type Batches,
  type CaptureCounts,
  type Loss,
  Run,
  type Tensors,
  train,
  type TrainOptions,
} from "./src/train/train.ts";
