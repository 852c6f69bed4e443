/**
 * The options of a run, safe from changes that are made after the call.
 *
 * @module
 */

import type { Tensors } from "./batch.ts";
import type { TrainOptions } from "./options.ts";
import type { RunRecord } from "./record.ts";

/** A copy of all that is data; optimizers, functions and the signal are the caller's own. */
export function copied<Ys extends Tensors, Output extends Tensors>(
  options: TrainOptions<Ys, Output>,
): TrainOptions<Ys, Output> {
  const { measures, optimizers, configuration, environment, after } = options;
  return {
    ...options,
    ...(measures && {
      measures: Object.fromEntries(
        Object.entries(measures).map(([name, measure]) => [
          name,
          typeof measure === "object" && measure !== null ? { ...measure } : measure,
        ]),
      ),
    }),
    ...(optimizers && { optimizers: { ...optimizers } }),
    ...(configuration && { configuration: { ...configuration } }),
    ...(environment && { environment: { ...environment } }),
    ...(after && { after: recordOf(after) }),
  };
}

function recordOf(
  { format, checksum, configuration, environment, results, columns }: RunRecord,
): RunRecord {
  return structuredClone({ format, checksum, configuration, environment, results, columns });
}
