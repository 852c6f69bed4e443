/**
 * Listening to the probes of a model during one backward pass.
 *
 * @module
 */

import { dispose, keep, type Scalar, type Tensor, tidy } from "@tensorflow/tfjs";
import type { FoundMeasure } from "./measure.ts";

/**
 * Runs one backward pass and gives its result with what was measured in it, by column. The probes
 * have these observers only meanwhile. Call it in a `tf.tidy`: the scalars belong to that.
 *
 * @throws {RangeError} If a probe sees no gradient or more than one, or a statistic is not one
 * number.
 */
export function listen<T>(
  measures: readonly FoundMeasure[],
  backward: () => T,
): [result: T, measured: Map<string, Scalar>] {
  const heard = new Map<string, Scalar>();
  const stops = measures.map((measure) =>
    measure.probe.observe((gradient) => {
      if (heard.has(measure.column)) throw new RangeError(twice(measure));
      heard.set(measure.column, keep(measured(measure, gradient)));
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

/** The statistic as a float32: columns of integers are read back together with the others. */
function measured({ column, statistic }: FoundMeasure, gradient: Tensor): Scalar {
  return tidy(() => {
    const value = statistic(gradient);
    if (value.size !== 1) {
      throw new RangeError(
        `Cannot record ${column}: a statistic must give one number, got shape [${value.shape}]`,
      );
    }
    return value.asScalar().toFloat();
  });
}

function own({ column, probe }: FoundMeasure, heard: ReadonlyMap<string, Scalar>): Scalar {
  const scalar = heard.get(column);
  if (scalar === undefined) {
    throw new RangeError(
      `Cannot measure ${column}: no gradient passes the probe ${probe.name}; the loss must depend ` +
        "on it, and it on a trainable weight",
    );
  }
  return scalar.clone();
}

function twice({ column, probe }: FoundMeasure): string {
  return `Cannot measure ${column}: the probe ${probe.name} saw more than one gradient in one step`;
}
