/**
 * The run record: what a training run leaves behind. Numbers and strings only, one column of numbers
 * per measure, and a checksum over all of it. Pure: knows nothing of files or of TensorFlow.js.
 *
 * @module
 */

/** One number per step; `null` where the schedule did not measure. */
export type Column = readonly (number | null)[];

/** What one training of one variant with one seed on one backend leaves behind. */
export interface RunRecord {
  /** Name and version of this layout. */
  readonly format: "residual-connection/run@1";
  /** SHA-256 of the canonical JSON of everything below, in hexadecimal. */
  readonly checksum: string;
  /** What was asked for: variant, seed, steps, batch size, learning rate, data … */
  readonly configuration: Readonly<Record<string, number | string>>;
  /** What it ran on: backend, adapter, versions, the source's content key … */
  readonly environment: Readonly<Record<string, number | string>>;
  /** What was measured once, after training; a run stopped early says why in `stopped`. */
  readonly results: Readonly<Record<string, number | string>>;
  /** `step`, `loss`, then one column per statistic of a probe, all of one length. */
  readonly columns: Readonly<Record<string, Column>>;
}
