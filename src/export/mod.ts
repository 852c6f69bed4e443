/**
 * Run records for other programs: as CSV, as Parquet, and as an event file of TensorBoard. Pure: it
 * writes no file, and TensorFlow.js is not needed.
 *
 * @module
 */

export type { Column, RunRecord } from "../record/record.ts";
export { toCsv } from "./csv.ts";
export { toParquet } from "./parquet.ts";
export { toTensorBoard } from "./tensorboard.ts";
