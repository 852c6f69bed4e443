/**
 * The shape rule of a residual connection: what is added must have equal shapes. Pure.
 *
 * @module
 */

import type { Shape } from "@tensorflow/tfjs";

/**
 * The shape of `block(x) + other`, where neither side is broadcast. A dimension that is `null`, not
 * known before a tensor arrives, agrees with every other: the check is made again on the tensor.
 *
 * @param block Shape of the block's output, batch first.
 * @param other Shape of what it is added to.
 * @param options.to What it is added to, in words, for the error.
 * @returns The common shape; a dimension known on one side only is known in it.
 * @throws {RangeError} If the ranks or two known dimensions differ.
 */
export function sumShape(block: Shape, other: Shape, options: { readonly to: string }): Shape {
  const equal = block.length === other.length &&
    block.every((size, axis) => size === null || other[axis] === null || size === other[axis]);
  if (!equal) {
    throw new RangeError(
      `Cannot add the block's output to ${options.to}: shapes must be equal, ` +
        `got ${JSON.stringify(block)} and ${JSON.stringify(other)}`,
    );
  }
  return block.map((size, axis) => size ?? other[axis]);
}

/**
 * The only shape among the inputs or outputs of a layer.
 *
 * @param shapes One shape, or a list of them as TensorFlow.js gives it to and takes from layers.
 * @param options.of What has that shape, in words, for the error.
 * @throws {RangeError} If there are several shapes, or none.
 */
export function onlyShape(shapes: Shape | Shape[], options: { readonly of: string }): Shape {
  if (!isList(shapes)) return shapes;
  if (shapes.length === 1) return shapes[0];
  throw new RangeError(
    `Cannot build a residual connection: ${options.of} must be one tensor, got ${shapes.length}`,
  );
}

function isList(shapes: Shape | Shape[]): shapes is Shape[] {
  return Array.isArray(shapes[0]);
}
