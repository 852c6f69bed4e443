/**
 * What a run that is cut off needs to be gone on with.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import type { RunRecord } from "@residual/connection";

/** A run between two steps. */
export interface RunState {
  /** With the weights after the record's last step. */
  readonly model: tf.LayersModel;
  /** With its state after that step. */
  readonly optimizer: tf.Optimizer;
  /** The record so far, of all measures. */
  readonly record: RunRecord;
}

/** What must be found of a run to go on with it. */
export interface Sought extends Pick<RunRecord, "configuration" | "environment"> {
  /** Makes an optimizer with the run's settings. */
  optimizer(): tf.Optimizer;
}

/** A place for the state of one run. */
export interface Checkpoint {
  /** The state that is kept of this run, all of it the caller's to dispose of; nothing if there is none. */
  load(run: Sought): Promise<RunState | undefined>;
  /** Whether to save after so many steps. */
  due(steps: number): boolean;
  /** Keeps a state in place of the one before. */
  save(state: RunState): Promise<void>;
}
