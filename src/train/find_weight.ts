/**
 * Finding a weight by its name.
 *
 * @module
 */

import type { LayersModel, Variable } from "@tensorflow/tfjs";

/**
 * The trainable weight of this name, `layer/weight`.
 *
 * @param wanted Its name, and what cannot be done without it, for the error.
 * @throws {RangeError} If no trainable weight has the name, or several have.
 */
export function findWeight(
  { trainableWeights }: LayersModel,
  { name, action }: { readonly name: string; readonly action: string },
): Variable {
  const known = trainableWeights.map(({ originalName }) => originalName);
  const count = known.filter((each) => each === name).length;
  if (count > 1) {
    throw new RangeError(
      `Cannot ${action}: names of layers must be unique, got ${name} ${count} times`,
    );
  }
  if (count === 0) throw missing({ action, what: `no trainable weight named ${name}`, known });
  return trainableWeights[known.indexOf(name)].read() as Variable;
}

/** The error for what a model does not have, with what it has. */
export function missing(
  { action, what, known }: {
    readonly action: string;
    readonly what: string;
    readonly known: readonly string[];
  },
): RangeError {
  const others = known.length > 0 ? `only ${known.join(", ")}` : "nor any other";
  return new RangeError(`Cannot ${action}: the model has ${what}, ${others}`);
}
