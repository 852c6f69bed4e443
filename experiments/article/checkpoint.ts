/**
 * The checkpoints from which an interrupted run resumes.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import type { RunRecord } from "@residual/connection";
import type { RunIdentity } from "./diagnostics.ts";

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
