/**
 * What listeners changed: gradients and values that took the place of those that they heard.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** A place at which somebody listens, such as `the gradient at x_in`. */
export type PlaceName = string;

/** Told of each place that is edited, while something runs. */
let onEdit: ((place: PlaceName) => void) | undefined;

/** Runs something, and calls `report` with each place that is edited in it. */
export function reportEdits<T>(run: () => T, report: (place: PlaceName) => void): T {
  const before = onEdit;
  onEdit = report;
  try {
    return run();
  } finally {
    onEdit = before;
  }
}

/**
 * What takes the place of the tensor that a listener heard: the tensor that it returned, or the same.
 *
 * @throws {RangeError} If the tensor has another shape or type.
 */
export function editedBy(
  returned: unknown,
  { heard, place }: { readonly heard: tf.Tensor; readonly place: PlaceName },
): tf.Tensor {
  if (!(returned instanceof tf.Tensor) || returned === heard) return heard;
  if (`${returned.shape}` !== `${heard.shape}` || returned.dtype !== heard.dtype) {
    throw new RangeError(
      `Cannot edit ${place}: the listener must return nothing, or a tensor of ${heard.dtype} of the ` +
        `shape [${heard.shape}], got one of ${returned.dtype} of [${returned.shape}]; to return ` +
        "nothing write (x) => { … }",
    );
  }
  onEdit?.(place);
  return returned;
}
