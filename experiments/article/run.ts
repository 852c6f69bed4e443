/**
 * One run of the experiments, from its settings to its record.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import {
  batches,
  type DataSet,
  type ImageBatch,
  type Measures,
  type RunRecord,
  type StartedBackend,
  type Step,
  train,
} from "@residual/connection";
import type { Checkpoint, RunState } from "./checkpoint.ts";
import { accuracy, crossEntropy } from "./classification.ts";
import { type Records, split } from "./diagnostics.ts";
import { everyStep, gradientDiagnostics, layerDiagnostics } from "./measures.ts";
import { articleNetwork } from "./network.ts";
import { optimizerNumbers, optimizerOf } from "./optimizer.ts";
import { epochOf, type Settings } from "./settings.ts";
import { stackNetwork } from "./stack.ts";

/** What a run needs in addition to its settings. */
export interface RunOptions {
  /** What to train and test on. */
  readonly data: DataSet;
  /** The backend in use. */
  readonly backend: StartedBackend;
  /** Resolves once the first so many training images are there. @default all are */
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
  /** Where a run that is cut off is kept, to be gone on with. @default nowhere */
  readonly checkpoint?: Checkpoint;
  /** Ends the run with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** A run about to start: what its record will say, and the run itself. */
export interface PreparedRun extends Pick<RunRecord, "configuration" | "environment"> {
  /**
   * Trains and tests, from the start or from where the checkpoint is. The records of one run are
   * always the same on wasm.
   */
  start(watch?: WatchOptions): Promise<Records>;
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

/** What the record of a run says was asked for. */
export function configurationOf(
  settings: Settings,
  data: Pick<DataSet, "name" | "checksum">,
): RunRecord["configuration"] {
  const { optimizer, learning_rate, frozen, diagnostics: _, test: __, ...rest } = settings;
  return {
    ...rest,
    optimizer,
    ...optimizerNumbers({ optimizer, learning_rate }),
    frozen,
    data: data.name,
    data_sha256: data.checksum,
  };
}

/** What the record of a run says it ran on. */
export function environmentOf(
  backend: Pick<StartedBackend, "name" | "adapter">,
): RunRecord["environment"] {
  return {
    tensorflow: tf.version_core,
    backend: backend.name,
    ...(backend.adapter !== undefined && { adapter: backend.adapter }),
  };
}

function networkOf({ network, variant, depth, ...settings }: Settings): tf.Sequential {
  if (network === "article") return articleNetwork({ variant, ...settings });
  if (variant !== "residual-a") return stackNetwork({ variant, depth, ...settings });
  throw new RangeError(
    "Cannot stack blocks of the variant residual-a: residual or plain is needed",
  );
}

/** What is measured at every step, and the diagnostics. */
function measuresOf(
  model: tf.LayersModel,
  { diagnostics }: Settings,
): [everyStep: Measures, diagnostics: Measures] {
  switch (diagnostics) {
    case "none":
      return [everyStep(model), {}];
    case "gradients":
      return [everyStep(model), gradientDiagnostics(model)];
    case "layers": // About weights alone: below frozen layers no gradient would reach the probes.
      return [{}, layerDiagnostics(model)];
  }
}

/** What training takes in addition to the settings. */
interface Training
  extends
    Pick<RunRecord, "configuration" | "environment">,
    Pick<RunOptions, "data" | "arrived">,
    WatchOptions {}

/** A training whose model is there, and the record of the steps that it has taken already. */
interface Started extends Training, Pick<RunState, "model" | "optimizer"> {
  readonly resumeFrom?: RunRecord;
}

/** Trains from a state that was kept, or from the start. */
async function trainFrom(settings: Settings, training: Training): Promise<Records> {
  const { checkpoint, configuration, environment } = training;
  const sought = { configuration, environment, optimizer: () => optimizerOf(settings) };
  const state = await checkpoint?.load(sought);
  const model = state?.model ?? networkOf(settings);
  const optimizer = state?.optimizer ?? optimizerOf(settings);
  try {
    return await trainAndTest(settings, {
      ...training,
      model,
      optimizer,
      resumeFrom: state?.record,
    });
  } finally {
    model.dispose();
    optimizer.dispose();
  }
}

async function trainAndTest(settings: Settings, training: Started): Promise<Records> {
  const { model, optimizer, resumeFrom, data, onTest, onStep, signal, checkpoint } = training;
  const [always, diagnostics] = measuresOf(model, settings);
  const run = train(model, batchesFor(settings, training), {
    ...{ optimizer, loss: crossEntropy, measures: { ...always, ...diagnostics }, resumeFrom },
    ...{ configuration: training.configuration, environment: training.environment },
    ...{ signal, readEvery: training.readEvery },
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
  return await split(await run.record(results), Object.keys(diagnostics));
}

/** The training set's batches after those of the checkpoint, each once its images are there. */
async function* batchesFor(
  { batch: size, steps }: Settings,
  { data: { train }, arrived, resumeFrom }: Pick<Started, "data" | "arrived" | "resumeFrom">,
): AsyncGenerator<ImageBatch, void> {
  const first = resumeFrom?.columns.step.length ?? 0;
  if (first === steps) return; // Only the test is left.
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

/** The test set in batches that keep memory below that of a training step. */
function testBatches({ test }: DataSet) {
  return batches(test, { size: 100 });
}
