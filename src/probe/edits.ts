/**
 * What listeners changed: gradients and values that took the place of those that they heard.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** A place at which somebody listens, such as `the gradient at x_in`. */
export type PlaceName = string;

/** Told of each place that is edited. */
const watchers = new Set<(place: PlaceName) => void>();

/** Calls `onEdit` with each place that is edited from now on, until the function that it returns is called. */
export function watchEdits(onEdit: (place: PlaceName) => void): () => void {
  const watcher = (place: PlaceName) => onEdit(place);
  watchers.add(watcher);
  return () => {
    watchers.delete(watcher);
  };
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
  for (const onEdit of watchers) onEdit(place);
  return returned;
}
