/**
 * A trace of the article's experiment in PyTorch: starting weights, and loss and gradient norms at
 * every step.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** One weight of a trace, in PyTorch's layout. */
interface TraceWeight {
  readonly name: string;
  readonly shape: readonly number[];
  /** In float32 values from the start of the weights' file. */
  readonly offset: number;
  readonly length: number;
}

/** What is compared, in this order. */
export const MEASURES = ["loss", "x_res", "x_in"] as const;

/** One of {@linkcode MEASURES}. */
export type TracedMeasure = (typeof MEASURES)[number];

/** Numbers by measure, one a step. */
export type Curves = Readonly<Record<TracedMeasure, readonly number[]>>;

/** A trace as it is read from `PREFIX.json` and `PREFIX.weights.f32`. */
export interface Trace {
  readonly steps: number;
  readonly curves: Curves;
  /** Starting weights in TensorFlow.js's layouts by layer name: kernel, then bias. */
  weightsOf(layer: string): [kernel: tf.Tensor, bias: tf.Tensor];
}

/**
 * Parses a trace.
 *
 * @throws {TypeError} If the JSON lacks something, or the weights' file has another length.
 */
export function parseTrace(json: string, weights: Uint8Array<ArrayBuffer>): Trace {
  const header = JSON.parse(json) as Curves & { steps: number; weights: TraceWeight[] };
  if (!Array.isArray(header.weights)) {
    throw new TypeError("Cannot read the trace: its JSON has no list of weights");
  }
  const lengths = MEASURES.map((measure) => header[measure]?.length);
  const steps = header.steps;
  if (!Number.isInteger(steps) || steps < 1 || lengths.some((length) => length !== steps)) {
    throw new TypeError(
      `Cannot read the trace: ${MEASURES.join(", ")} must have one number for each of its ` +
        `${steps} steps, got ${lengths.join(", ")}`,
    );
  }
  const needed = 4 * header.weights.reduce((sum, { length }) => sum + length, 0);
  if (weights.length !== needed) {
    throw new TypeError(
      `Cannot read the trace: its weights must be ${needed} bytes, got ${weights.length}`,
    );
  }
  return {
    steps,
    curves: header,
    weightsOf: (layer) => layerWeights(layer, header.weights, weights),
  };
}

function layerWeights(
  layer: string,
  entries: readonly TraceWeight[],
  bytes: Uint8Array<ArrayBuffer>,
): [tf.Tensor, tf.Tensor] {
  const [kernel, bias] = ["weight", "bias"].map((part) => {
    const entry = entries.find(({ name }) => name === `${layer}.${part}`);
    if (entry === undefined) {
      throw new TypeError(`Cannot read the trace: it has no weight ${layer}.${part}`);
    }
    return tf.tensor(littleEndian(bytes, entry), [...entry.shape]);
  });
  const ours = tf.tidy(() => toChannelsLast(kernel));
  kernel.dispose();
  return [ours, bias];
}

function littleEndian(bytes: Uint8Array<ArrayBuffer>, { offset, length }: TraceWeight) {
  const view = new DataView(bytes.buffer, bytes.byteOffset + 4 * offset, 4 * length);
  return Float32Array.from({ length }, (_, i) => view.getFloat32(4 * i, true));
}

/**
 * From PyTorch's layouts to TensorFlow.js's: convolutions `[out, in, kh, kw]` to `[kh, kw, in, out]`,
 * and the classifier `[out, in]` to `[in, out]`, its inputs from channel, row, column to row,
 * column, channel.
 */
function toChannelsLast(kernel: tf.Tensor): tf.Tensor {
  if (kernel.rank === 4) return tf.transpose(kernel, [2, 3, 1, 0]);
  const [out, inputs] = kernel.shape;
  const perChannel = tf.reshape(kernel, [out, inputs / 4, 2, 2]); // [out, channel, row, column]
  return tf.reshape(tf.transpose(perChannel, [2, 3, 1, 0]), [inputs, out]);
}
