/**
 * The checkpoints of a run in a folder: a run that Ctrl-C, `kill -9` or a power cut has stopped
 * resumes from the last one.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { fileSystem, formatRecord, parseRecord } from "@residual/connection";
import type { Checkpoint, RunState, SoughtRun } from "../article/train_run.ts";
import { canonical } from "./cache.ts";

/** Where checkpoints are saved, how often, and who is told. */
export interface CheckpointFolderOptions {
  /** Made when the first checkpoint is saved. */
  readonly folder: string;
  /** Steps between two checkpoints. @default 100 */
  readonly every?: number;
  /** Called with a sentence: that a run resumes, or that a checkpoint cannot be saved or used. */
  log(sentence: string): void;
}

/**
 * Checkpoints in a folder. Model, optimizer's state and record are one saved model, which is replaced
 * as a whole. What fails costs time only: a checkpoint that is damaged or another run's is not used,
 * and a folder that cannot be written to is reported once.
 */
export function checkpointFolder(
  { folder, every = 100, log }: CheckpointFolderOptions,
): Checkpoint {
  let last = 0;
  let broken = false;
  return {
    async load(run) {
      const state = await loadState(folder, { run, log });
      if (state === undefined) return undefined;
      last = state.record.columns.step.length;
      log(`The run resumes from step ${last}, its last checkpoint; --fresh starts again`);
      return state;
    },
    due: (steps) => !broken && steps - last >= every,
    async save({ model, record, optimizer }) {
      last = record.columns.step.length;
      model.setUserDefinedMetadata({ record: formatRecord(record) });
      try {
        await model.save(fileSystem(folder, { optimizer }));
      } catch (error) {
        broken = true;
        log(`The run trains without checkpoints: ${(error as Error).message}`);
      }
    },
  };
}

async function loadState(
  folder: string,
  { run, log }: { readonly run: SoughtRun } & Pick<CheckpointFolderOptions, "log">,
): Promise<RunState | undefined> {
  if (!await isFolder(folder)) return undefined;
  const optimizer = run.optimizer();
  let model: tf.LayersModel | undefined;
  try {
    model = await tf.loadLayersModel(fileSystem(folder, { optimizer }));
    const { record: text }: { readonly record: string } = Object(model.getUserDefinedMetadata());
    const record = await parseRecord(text);
    if (canonical(record) !== canonical(run)) throw new Error("it is another run's");
    return { model, optimizer, record };
  } catch (error) {
    model?.dispose();
    optimizer.dispose();
    log(`The run starts again, its checkpoint cannot be used: ${(error as Error).message}`);
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch {
    return false;
  }
}
