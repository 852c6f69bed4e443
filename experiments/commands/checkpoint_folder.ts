/**
 * A run that is cut off, kept in a folder: by Ctrl-C, by `kill -9`, by a power cut.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { fileSystem, formatRecord, parseRecord } from "@residual/connection";
import type { Checkpoint, RunState, Sought } from "../article/checkpoint.ts";
import { canonical } from "./cache.ts";

/** Where a run is kept, who hears of it, and how often. */
export interface CheckpointFolderOptions {
  /** Made when there is something to keep. */
  readonly folder: string;
  /** Steps between two states that are kept. @default 100 */
  readonly every?: number;
  /** Called with a sentence: that a run goes on, or that one cannot be kept or used. */
  say(sentence: string): void;
}

/**
 * A checkpoint in a folder. Model, optimizer's state and record are one saved model, which is replaced
 * as a whole. What goes wrong with it costs time only: a state that is damaged or another run's is not
 * used, and a folder that cannot be written to is reported once.
 */
export function checkpointFolder(
  { folder, every = 100, say }: CheckpointFolderOptions,
): Checkpoint {
  let last = 0;
  let broken = false;
  return {
    async load(run) {
      const state = await loadState(folder, { run, say });
      if (state === undefined) return undefined;
      last = state.record.columns.step.length;
      say(`The run goes on from step ${last}, where it was cut off; --fresh starts anew`);
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
        say(`The run is not kept while it goes on: ${(error as Error).message}`);
      }
    },
  };
}

async function loadState(
  folder: string,
  { run, say }: { readonly run: Sought } & Pick<CheckpointFolderOptions, "say">,
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
    say(`The run starts anew, what is kept of it cannot be used: ${(error as Error).message}`);
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch {
    return false;
  }
}
