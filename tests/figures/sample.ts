/** Run records made up for tests: what they hold is simple enough to know where it is drawn. */

import type { RunRecord } from "../../src/record/record.ts";

/** Parts of a record to have other than the sample's. */
export interface Changes {
  readonly configuration?: RunRecord["configuration"];
  readonly environment?: RunRecord["environment"];
  readonly columns?: RunRecord["columns"];
}

/** A run of as many steps as told, whose loss falls from 2 to 0 and whose norms rise to 0.1. */
export function sampleRecord(steps: number, changes: Changes = {}): RunRecord {
  const step = Array.from({ length: steps }, (_, i) => i);
  const progress = step.map((i) => i / Math.max(1, steps - 1));
  return {
    format: "residual-connection/run@1",
    checksum: "0123456789abcdef".repeat(4),
    configuration: { data: "MNIST", variant: "residual", seed: 0, steps, ...changes.configuration },
    environment: { backend: "wasm", package: "0.1.0", ...changes.environment },
    results: {},
    columns: {
      step,
      loss: progress.map((p) => 2 - 2 * p),
      x_res: progress.map((p) => 0.05 + 0.05 * p),
      x_in: progress.map((p) => 0.1 * p),
      ...changes.columns,
    },
  };
}
