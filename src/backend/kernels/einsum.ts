/**
 * Einsum, on every backend.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { KernelOverride } from "../overrides.ts";

/** `tf.einsum`, by one matrix product. */
export const einsum: KernelOverride = {
  kernel: "Einsum",
  covers: "float32",
  why: "TensorFlow.js's is wrong where several axes are summed over, and wasm has none",
  run: ({ inputs, attrs }) => {
    const { equation } = attrs as unknown as tf.EinsumAttrs;
    const tensors = Object.values(inputs) as tf.Tensor[];
    if (tensors.some(({ dtype }) => dtype !== "float32")) return undefined;
    const { allDims, idDims } = tf.backend_util.decodeEinsumEquation(equation, tensors.length);
    tf.backend_util.checkEinsumDimSizes(allDims.length, idDims, tensors);
    const output = equation.replace(/\s/g, "").split("->")[1];
    const operands = tensors.map((tensor, i) => ({
      tensor,
      labels: idDims[i].map((id) => allDims[id]),
    }));
    return tf.tidy(() => contract(operands, [...output]));
  },
};

/** A tensor and the label of each of its axes. */
interface Labeled {
  readonly tensor: tf.Tensor;
  readonly labels: readonly string[];
}

function contract(operands: readonly Labeled[], output: readonly string[]): tf.Tensor {
  const [a, b = { tensor: tf.scalar(1), labels: [] }] = operands.map((operand, i) =>
    sumOthers(operand, [...output, ...operands.filter((_, j) => j !== i).flatMap((o) => o.labels)])
  );
  const shared = a.labels.filter((label) => b.labels.includes(label));
  const batch = shared.filter((label) => output.includes(label));
  const summed = shared.filter((label) => !output.includes(label));
  const rows = a.labels.filter((label) => !shared.includes(label));
  const columns = b.labels.filter((label) => !shared.includes(label));
  const sizes = new Map(
    [a, b].flatMap(({ tensor, labels }) =>
      labels.map((label, axis) => [label, tensor.shape[axis]] as const)
    ),
  );
  const shape = (labels: readonly string[]) => labels.map((label) => sizes.get(label)!);
  const size = (labels: readonly string[]) => tf.util.sizeFromShape(shape(labels));
  const product = tf.matMul(
    ordered(a, [...batch, ...rows, ...summed]).reshape([size(batch), size(rows), size(summed)]),
    ordered(b, [...batch, ...summed, ...columns])
      .reshape([size(batch), size(summed), size(columns)]),
  ); // [batch, rows, columns]
  const labels = [...batch, ...rows, ...columns];
  return ordered({ tensor: product.reshape(shape(labels)), labels }, output);
}

/** Sums over the axes whose label is none of these. */
function sumOthers({ tensor, labels }: Labeled, kept: readonly string[]): Labeled {
  const left = labels.filter((label) => kept.includes(label));
  if (left.length === labels.length) return { tensor, labels };
  const axes = labels.flatMap((label, axis) => left.includes(label) ? [] : [axis]);
  return { tensor: tf.sum(tensor, axes), labels: left };
}

function ordered({ tensor, labels }: Labeled, order: readonly string[]): tf.Tensor {
  return tf.transpose(tensor, order.map((label) => labels.indexOf(label)));
}
