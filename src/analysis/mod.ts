/**
 * What run records say: selecting runs, pairing seeds, means over steps, where curves cross. Pure:
 * it reads no file, and depends on nothing.
 *
 * @module
 */

export type { Column, RunRecord } from "../record/record.ts";
export {
  type Case,
  pairRuns,
  pairSeeds,
  resultOf,
  Rows,
  type RowsOptions,
  selectRuns,
  spread,
  type SpreadPoint,
} from "./records.ts";
export {
  firstCrossing,
  geometricMean,
  mean,
  movingMeans,
  quantile,
  trailingMean,
  WINDOW,
} from "./series.ts";
export {
  END_STEPS,
  endRatio,
  START_STEPS,
  startRatio,
  summarize,
  type Summary,
  summarySentence,
} from "./summary.ts";
