/**
 * What every check of a value says in its error.
 *
 * @module
 */

/** What is being checked, for the error's sentence. */
export interface CheckedValue {
  /** What cannot be done without it, such as `"make batches"`. */
  readonly action: string;
  /** What the value is called, such as `"size"`. */
  readonly name: string;
}
