/**
 * Training one run of the experiments, from its settings to its records.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import {
  batches,
  type DataSet,
  findProbes,
  type ImageBatch,
  type RunRecord,
  type StartedBackend,
  type Step,
  train,
} from "@residual/connection";
import { accuracy, crossEntropy } from "./classification.ts";
import { measuresOf } from "./measures.ts";
import { networkOf } from "./networks.ts";
import { optimizerOf } from "./optimizer.ts";
import { shuffled } from "./shuffled.ts";
import {
  configurationOf,
  environmentOf,
  type RunIdentity,
  type RunRecords,
  splitRecord,
} from "./run_records.ts";
import { epochOf, type Settings } from "./settings.ts";

/** The state of a run between two steps. */
export interface RunState {
  /** With the weights after the record's last step. */
  readonly model: tf.LayersModel;
  /** With its state after that step. */
  readonly optimizer: tf.Optimizer;
  /** The record so far, of all measures. */
  readonly record: RunRecord;
}

/** The run whose checkpoint is looked for. */
export interface SoughtRun extends RunIdentity {
  /** Makes an optimizer with the run's settings. */
  optimizer(): tf.Optimizer;
}

/** Where the state of one run is saved. */
export interface Checkpoint {
  /** The saved state of this run, which the caller disposes of; nothing if there is none. */
  load(run: SoughtRun): Promise<RunState | undefined>;
  /** Whether to save after so many steps. */
  due(steps: number): boolean;
  /** Saves a state in place of the one before. */
  save(state: RunState): Promise<void>;
}

/** What a run needs in addition to its settings. */
export interface RunOptions {
  /** What to train and test on. */
  readonly data: DataSet;
  /** The backend in use. */
  readonly backend: StartedBackend;
  /** Resolves once so many of the first training images have arrived. @default all are there */
  arrived?(images: number): Promise<void>;
}

/** Who watches a run, and how it is stopped. */
export interface WatchOptions {
  /** A step's numbers have been read back; if this is a promise, training waits for it. */
  onStep?(step: Step): void | Promise<void>;
  /** Training is over, testing begins; if this is a promise, it waits. */
  onTest?(): void | Promise<void>;
  /** After how many steps their numbers are read back, at most. @default the trainer's */
  readonly readEvery?: number;
  /** Where the run saves its state, and resumes from. @default nowhere */
  readonly checkpoint?: Checkpoint;
  /** Ends the run with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** A run about to start: what its record will say, and the run itself. */
export interface PreparedRun extends RunIdentity {
  /**
   * Trains and tests, from the start or from where the checkpoint is. The records of one run are
   * always the same on wasm.
   */
  start(watch?: WatchOptions): Promise<RunRecords>;
}

/**
 * Prepares one run.
 *
 * @throws {RangeError} If `steps` is not a whole number from 1 to one epoch of the data: the record
 * says what was trained.
 */
export function prepareRun(
  settings: Settings,
  { backend, ...options }: RunOptions,
): PreparedRun {
  checkSteps(settings.steps, epochOf(options.data, settings.batch));
  const configuration = configurationOf(settings, options.data);
  const environment = environmentOf(backend);
  return {
    configuration,
    environment,
    start: (watch = {}) => {
      return trainFrom(settings, { configuration, environment, ...options, ...watch });
    },
  };
}

/** What training needs in addition to the settings. */
interface Training extends RunIdentity, Pick<RunOptions, "data" | "arrived">, WatchOptions {}

/** A training with its model, and the record of the steps that the model has taken already. */
interface Started extends Training, Pick<RunState, "model" | "optimizer"> {
  readonly resumeFrom?: RunRecord;
}

/** Trains from the checkpoint, or from the start. */
async function trainFrom(settings: Settings, training: Training): Promise<RunRecords> {
  const { checkpoint, configuration, environment } = training;
  const sought = { configuration, environment, optimizer: () => optimizerOf(settings) };
  const state = await checkpoint?.load(sought);
  const model = state?.model ?? networkOf(settings);
  const data = ordered(training.data, settings);
  detach(model, settings);
  const optimizer = state?.optimizer ?? optimizerOf(settings);
  try {
    return await trainAndTest(settings, {
      ...training,
      data,
      model,
      optimizer,
      resumeFrom: state?.record,
    });
  } finally {
    model.dispose();
    optimizer.dispose();
  }
}

/** The data with its training images in the order of the run. */
function ordered(data: DataSet, { order }: Pick<Settings, "order">): DataSet {
  return order === undefined ? data : { ...data, train: shuffled(data.train, order) };
}

/** Lets no gradient through to the layers below at the probe that is detached, if one is. */
function detach(model: tf.LayersModel, { detached }: Pick<Settings, "detached">): void {
  if (detached === undefined) return;
  findProbes(model).get(detached)!.listen((gradient) => tf.zerosLike(gradient));
}

async function trainAndTest(settings: Settings, training: Started): Promise<RunRecords> {
  const { model, optimizer, resumeFrom, data, onTest, onStep, signal, checkpoint } = training;
  const [always, diagnostics] = measuresOf(model, settings, data);
  const run = train(model, batchesFor(settings, training), {
    optimizer,
    loss: crossEntropy,
    measures: { ...always, ...diagnostics },
    resumeFrom,
    configuration: training.configuration,
    environment: training.environment,
    signal,
    readEvery: training.readEvery,
  });
  for await (const step of run) {
    await onStep?.(step);
    const current = run.stepsTaken === step.step + 1;
    if (current && checkpoint?.due(run.stepsTaken)) {
      await checkpoint.save({ model, optimizer, record: await run.record() });
    }
  }
  if (settings.test) await onTest?.();
  const results: RunRecord["results"] = settings.test
    ? { test_accuracy: await accuracy(model, testBatches(data), { signal }) }
    : {};
  return await splitRecord(await run.record(results), Object.keys(diagnostics));
}

/** The training set's batches after those of the checkpoint, each once its images have arrived. */
async function* batchesFor(
  { batch: size, steps }: Settings,
  { data: { train }, arrived, resumeFrom }: Pick<Started, "data" | "arrived" | "resumeFrom">,
): AsyncGenerator<ImageBatch, void> {
  const first = resumeFrom?.columns.step.length ?? 0;
  if (first === steps) return; // Only the test remains.
  const made = batches(train, { size, first, steps: steps - first });
  for (let step = first; step < steps; step++) {
    await arrived?.(Math.min(train.count, (step + 1) * size));
    const { value } = made.next();
    if (value) yield value;
  }
}

function checkSteps(steps: number, epoch: number): void {
  if (Number.isInteger(steps) && steps >= 1 && steps <= epoch) return;
  throw new RangeError(
    `Cannot train for ${steps} steps: a whole number from 1 to ${epoch}, one epoch, is needed`,
  );
}

/** The test set, in batches that take less memory than a training step. */
function testBatches({ test }: DataSet) {
  return batches(test, { size: 100 });
}
