/**
 * A small run record with everything in it that a record can hold.
 *
 * @module
 */

import { type RunRecord, sealRecord } from "../../src/record/record.ts";

/** What {@linkcode sampleRecord} is sealed from. */
export const contents = {
  configuration: { variant: "residual", seed: 0, learning_rate: 0.0003 },
  environment: { backend: "wasm", note: 'quotes ", a \\ and ∇ ✓' },
  results: { test_accuracy: 0.9731, stopped: "nothing" },
  columns: {
    step: Array.from({ length: 12 }, (_, i) => i),
    loss: Array.from({ length: 12 }, (_, i) => Number((2.302585 / (i + 1)).toPrecision(8))),
    x_in: Array.from({ length: 12 }, (_, i) => i % 5 === 0 ? i * 1e-9 : null),
  },
} satisfies Omit<RunRecord, "format" | "checksum">;

/** A sealed record. */
export function sampleRecord(): Promise<RunRecord> {
  return sealRecord(contents);
}
