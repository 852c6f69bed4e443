/**
 * One run of the experiments, from its settings to its record.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import {
  batches,
  type DataSet,
  type Measures,
  type RunRecord,
  type StartedBackend,
  type Step,
  train,
} from "@residual/connection";
import config from "../../deno.json" with { type: "json" };
import { accuracy, crossEntropy } from "./classification.ts";
import { type Records, split } from "./diagnostics.ts";
import { everyStep, gradientDiagnostics, layerDiagnostics } from "./measures.ts";
import { articleNetwork } from "./network.ts";
import { optimizerOf, OPTIMIZERS } from "./optimizer.ts";
import { BATCH, epochOf, type Settings } from "./settings.ts";
import { sourceOf } from "./source.ts";
import { stackNetwork } from "./stack.ts";

/** What a run needs besides its settings. */
export interface RunOptions {
  /** What to train and test on. */
  readonly data: DataSet;
  /** The backend in use. */
  readonly backend: StartedBackend;
}

/** Who watches a run, and how it is stopped. */
export interface WatchOptions {
  /** A step's numbers have been read back. */
  onStep?(step: Step): void;
  /** Training is over, testing begins. */
  onTest?(): void;
  /** Ends the run with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** A run about to start: what its record will say, and the run itself. */
export interface PreparedRun extends Pick<RunRecord, "configuration" | "environment"> {
  /** Trains and tests. The records of one run are always the same on wasm. */
  start(watch?: WatchOptions): Promise<Records>;
}

/**
 * Prepares one run. Needs permission to read the source.
 *
 * @throws {RangeError} If `steps` is not a whole number from 1 to one epoch of the data: the record
 * says what was trained.
 */
export async function prepareRun(
  settings: Settings,
  { data, backend }: RunOptions,
): Promise<PreparedRun> {
  checkSteps(settings.steps, epochOf(data));
  const configuration = configurationOf(settings, data);
  const environment = await environmentOf(backend);
  return {
    configuration,
    environment,
    start: async (watch = {}) => {
      const model = networkOf(settings);
      try {
        return await trainAndTest(model, settings, { data, configuration, environment, ...watch });
      } finally {
        model.dispose();
      }
    },
  };
}

/** What the record of a run says was asked for. */
export function configurationOf(
  settings: Settings,
  data: Pick<DataSet, "name" | "checksum">,
): RunRecord["configuration"] {
  const { optimizer, initialization, activation, frozen, diagnostics: _, test: __, ...rest } =
    settings;
  return {
    ...rest,
    batch: BATCH,
    initialization,
    activation,
    optimizer,
    ...OPTIMIZERS[optimizer],
    frozen,
    data: data.name,
    data_sha256: data.checksum,
  };
}

/** What the record of a run says it ran on. */
export async function environmentOf(
  backend: Pick<StartedBackend, "name" | "adapter">,
): Promise<RunRecord["environment"]> {
  return {
    package: `${config.name}@${config.version}`,
    source: (await sourceOf(backend.name)).key,
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

async function trainAndTest(
  model: tf.LayersModel,
  settings: Settings,
  { data, configuration, environment, onStep, onTest, signal }:
    & Pick<RunRecord, "configuration" | "environment">
    & Pick<RunOptions, "data">
    & WatchOptions,
): Promise<Records> {
  const [always, diagnostics] = measuresOf(model, settings);
  const optimizer = optimizerOf(settings.optimizer);
  try {
    const run = train(model, batches(data.train, { size: BATCH, steps: settings.steps }), {
      ...{ optimizer, loss: crossEntropy, measures: { ...always, ...diagnostics } },
      ...{ configuration, environment, signal },
    });
    for await (const step of run) onStep?.(step);
    if (settings.test) onTest?.();
    const results: RunRecord["results"] = settings.test
      ? { test_accuracy: await accuracy(model, testBatches(data), { signal }) }
      : {};
    return await split(await run.record(results), Object.keys(diagnostics));
  } finally {
    optimizer.dispose();
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
