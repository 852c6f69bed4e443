/**
 * Listening to the probes of a model during one backward pass.
 *
 * @module
 */

import { dispose, keep, type Scalar } from "@tensorflow/tfjs";
import type { FoundProbe } from "./find_measures.ts";
import { oneNumber } from "./one_number.ts";

/**
 * Runs one backward pass and gives its result with what was measured in it, by column. The probes
 * have these observers only meanwhile. Call it in a `tf.tidy`: the scalars belong to that.
 *
 * @throws {RangeError} If a probe sees no gradient or more than one, or a statistic is not one
 * number.
 */
export function listen<T>(
  measures: readonly FoundProbe[],
  backward: () => T,
): [result: T, measured: Map<string, Scalar>] {
  const heard = new Map<string, Scalar>();
  const stops = measures.map((measure) =>
    measure.probe.observe((gradient) => {
      const { column, statistic } = measure;
      if (heard.has(column)) throw new RangeError(twice(measure));
      heard.set(column, keep(oneNumber(column, () => statistic(gradient))));
    })
  );
  try {
    const result = backward();
    return [result, new Map(measures.map((measure) => [measure.column, own(measure, heard)]))];
  } finally {
    for (const stop of stops) stop();
    dispose([...heard.values()]); // kept, so that no tidy disposes of them
  }
}

function own({ column, probe }: FoundProbe, heard: ReadonlyMap<string, Scalar>): Scalar {
  const scalar = heard.get(column);
  if (scalar === undefined) {
    throw new RangeError(
      `Cannot measure ${column}: no gradient passes the probe ${probe.name}; the loss must depend ` +
        "on it, and it on a trainable weight",
    );
  }
  return scalar.clone();
}

function twice({ column, probe }: FoundProbe): string {
  return `Cannot measure ${column}: the probe ${probe.name} saw more than one gradient in one step`;
}
