/**
 * Quotients rounded down, on the host.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { KernelCall, KernelOverride } from "../overrides.ts";
import { type HostAccess, onCpu } from "./host.ts";

/** `⌊a / b⌋` of float32 as float32, as in PyTorch: NaN and infinities stay. */
export const floorDivOnCpu: KernelOverride = {
  kernel: tf.FloorDiv,
  covers: "float32",
  why: "float32, so that NaN, infinities and large numbers stay; TensorFlow.js gives int32",
  run: (call) => isOfFloats(call) ? floorDiv(call, onCpu(call.backend)) : undefined,
};

/** Whether both operands are float32. */
export function isOfFloats({ inputs }: KernelCall): boolean {
  return [inputs.a, inputs.b].every((input) => (input as tf.TensorInfo).dtype === "float32");
}

/** Computes on the host; shapes are broadcast. */
export function floorDiv({ inputs }: KernelCall, access: HostAccess): tf.TensorInfo {
  const operands = [inputs.a, inputs.b] as [tf.TensorInfo, tf.TensorInfo];
  const shape = tf.backend_util.assertAndGetBroadcastShape(operands[0].shape, operands[1].shape);
  const strides = tf.util.computeStrides(shape);
  const [a, b] = operands.map((operand) => {
    const values = access.values(operand);
    const own = operand.shape;
    const ownStrides = tf.util.computeStrides(own);
    return (at: number) => {
      if (own.join() === shape.join()) return values[at];
      const place = tf.util.indexToLoc(at, shape.length, strides).slice(shape.length - own.length);
      const within = place.map((index, axis) => own[axis] === 1 ? 0 : index);
      return values[tf.util.locToIndex(within, own.length, ownStrides)];
    };
  });
  const quotients = Float32Array.from(
    { length: tf.util.sizeFromShape(shape) },
    (_, at) => Math.floor(a(at) / b(at)),
  );
  return access.make(shape, "float32", quotients);
}
