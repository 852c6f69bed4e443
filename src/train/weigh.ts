/**
 * Measuring what one update does to the weights.
 *
 * @module
 */

import type { NamedTensorMap, Scalar } from "@tensorflow/tfjs";
import type { Apply } from "./apply.ts";
import type { FoundWeight } from "./find_measures.ts";
import { oneNumber } from "./one_number.ts";

/**
 * Updates the weights and gives what was measured of their gradients, and of their change, by
 * column. Call it in a `tf.tidy`: the scalars, and the copies of the weights, belong to that.
 *
 * @param gradients ∂L/∂W by the variable's name.
 */
export function weigh(
  measures: readonly FoundWeight[],
  gradients: NamedTensorMap,
  apply: Apply,
): Map<string, Scalar> {
  const before = new Map(measures.map(({ variable }) => [variable, variable.clone()]));
  const measured = (measure: FoundWeight): [string, Scalar] => {
    const { column, variable, of, statistic } = measure;
    const weight = before.get(variable)!;
    const change = of === "gradient" ? gradients[variable.name] : variable.sub(weight);
    return [column, oneNumber(column, () => statistic(change, weight))];
  };
  const of = (what: FoundWeight["of"]) => measures.filter((measure) => measure.of === what);
  const ofGradients = of("gradient").map(measured); // The optimizer may dispose of them.
  apply(gradients);
  return new Map([...ofGradients, ...of("update").map(measured)]);
}
