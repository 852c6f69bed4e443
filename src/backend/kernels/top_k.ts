/**
 * The largest of numbers among which are NaN or infinities, on the host.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { KernelCall, KernelOverride } from "../overrides.ts";
import { type HostAccess, onCpu, onWasm } from "./host.ts";

/** The `k` largest of each row, NaN before all numbers, as in PyTorch; of equal ones the first. */
export const topKOnCpu: KernelOverride = kernel((call) => topK(call, onCpu(call.backend)));

/** The same on wasm. */
export const topKOnWasm: KernelOverride = kernel((call) => topK(call, onWasm(call.backend)));

function kernel(run: KernelOverride["run"]): KernelOverride {
  return {
    kernel: tf.TopK,
    covers: "float32 with NaN or infinities",
    why: "a NaN is the largest, as in PyTorch; TensorFlow.js gives others than the largest",
    run,
  };
}

/** Computes where there is a NaN or an infinity. */
export function topK(
  { inputs, attrs }: KernelCall,
  access: HostAccess,
): tf.TensorInfo[] | undefined {
  const { dtype, shape } = inputs.x as tf.TensorInfo;
  if (dtype !== "float32") return undefined;
  const x = access.values(inputs.x as tf.TensorInfo);
  if (x.every(Number.isFinite)) return undefined;
  const { k } = attrs as unknown as tf.TopKAttrs;
  const size = shape[shape.length - 1];
  const indices = new Int32Array(x.length / size * k);
  const values = new Float32Array(indices.length);
  for (let from = 0, to = 0; from < x.length; from += size, to += k) {
    const row = x.subarray(from, from + size);
    const falling = Int32Array.from(row.keys()).sort((a, b) => compare(row[a], row[b]) || a - b);
    indices.set(falling.subarray(0, k), to);
    indices.subarray(to, to + k).forEach((at, i) => values[to + i] = row[at]);
  }
  const outShape = shape.with(-1, k);
  return [
    access.make(outShape, "float32", values),
    access.make(outShape, "int32", indices),
  ];
}

/** Below 0 where `a` comes before `b`. */
function compare(a: number, b: number): number {
  const [aIsNaN, bIsNaN] = [Number.isNaN(a), Number.isNaN(b)];
  if (aIsNaN || bIsNaN) return Number(bIsNaN) - Number(aIsNaN);
  return a > b ? -1 : a < b ? 1 : 0;
}
