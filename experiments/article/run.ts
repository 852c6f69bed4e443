/**
 * One run of the article's experiment: a variant, a seed, a backend.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import {
  batches,
  type DataSet,
  type RunRecord,
  type StartedBackend,
  type Step,
  train,
} from "@residual/connection";
import config from "../../deno.json" with { type: "json" };
import { accuracy, crossEntropy } from "./classification.ts";
import { interruptible } from "./interruptible.ts";
import { articleNetwork } from "./network.ts";
import { ADAM, adam, BATCH, epochOf } from "./settings.ts";
import { sourceKey } from "./source.ts";
import type { Variant } from "./variants.ts";

/** Which run. */
export interface ArticleRunOptions {
  /** @default "residual" */
  readonly variant?: Variant;
  /** @default 0 */
  readonly seed?: number;
  /** At most one epoch. @default One epoch of the data */
  readonly steps?: number;
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
export interface ArticleRun extends Pick<RunRecord, "configuration" | "environment"> {
  /** Trains and tests. The record of one configuration and environment is always the same on wasm. */
  start(watch?: WatchOptions): Promise<RunRecord>;
}

/**
 * Prepares one run of the article's experiment. Needs permission to read the source.
 *
 * @throws {RangeError} If `steps` is not a whole number from 1 to one epoch of the data: the record
 * says what was trained.
 */
export async function articleRun(
  { variant = "residual", seed = 0, data, steps = epochOf(data), backend }: ArticleRunOptions,
): Promise<ArticleRun> {
  checkSteps(steps, epochOf(data));
  const configuration = {
    experiment: "article",
    variant,
    seed,
    steps,
    batch: BATCH,
    initialization: "PyTorch default",
    optimizer: "Adam",
    ...ADAM,
    data: data.name,
    data_sha256: data.checksum,
  };
  const environment = await environmentOf(backend);
  return {
    configuration,
    environment,
    start: async (watch = {}) => {
      const model = articleNetwork({ variant, seed });
      try {
        return await trainAndTest(model, data, { configuration, environment, ...watch });
      } finally {
        model.dispose();
      }
    },
  };
}

async function environmentOf(backend: StartedBackend): Promise<RunRecord["environment"]> {
  return {
    package: `${config.name}@${config.version}`,
    source: await sourceKey(),
    tensorflow: tf.version_core,
    backend: backend.name,
    ...(backend.adapter !== undefined && { adapter: backend.adapter }),
  };
}

async function trainAndTest(
  model: tf.LayersModel,
  data: DataSet,
  { configuration, environment, onStep, onTest, signal }:
    & Pick<RunRecord, "configuration" | "environment">
    & WatchOptions,
): Promise<RunRecord> {
  const optimizer = adam();
  try {
    const run = train(
      model,
      interruptible(batches(data.train, { size: BATCH, steps: Number(configuration.steps) })),
      { optimizer, loss: crossEntropy, configuration, environment, signal },
    );
    for await (const step of run) onStep?.(step);
    onTest?.();
    const testAccuracy = await accuracy(model, testBatches(data), { signal });
    return await run.record({ test_accuracy: testAccuracy });
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
  return interruptible(batches(test, { size: 100 }));
}
