/**
 * Padding with NaN on wasm.
 *
 * @module
 */

import { PadV2, type PadV2Attrs, type TensorInfo, util } from "@tensorflow/tfjs";
import { onWasm } from "../kernels/host.ts";
import type { KernelCall, KernelOverride } from "../overrides.ts";

/** NaN around a tensor, row by row. */
export const padWithNaN: KernelOverride = {
  kernel: PadV2,
  covers: "NaN around float32",
  why: "TensorFlow.js's pads with another number, or with NaN in all calls that follow",
  run: ({ inputs, attrs, backend }: KernelCall) => {
    const x = inputs.x as TensorInfo;
    const { paddings, constantValue } = attrs as unknown as PadV2Attrs;
    if (x.dtype !== "float32" || !Number.isNaN(constantValue)) return undefined;
    const access = onWasm(backend);
    const values = access.values(x);
    const outShape = x.shape.map((size, axis) => paddings[axis][0] + size + paddings[axis][1]);
    const stridesOf = (shape: number[]) => [...util.computeStrides(shape), 1];
    const [strides, outStrides] = [x.shape, outShape].map(stridesOf);
    const result = new Float32Array(util.sizeFromShape(outShape)).fill(NaN);
    const row = x.shape[x.shape.length - 1];
    for (let from = 0; from < values.length; from += row) {
      let to = 0;
      strides.forEach((stride, axis) => {
        const index = Math.floor(from / stride) % x.shape[axis];
        to += (paddings[axis][0] + index) * outStrides[axis];
      });
      result.set(values.subarray(from, from + row), to);
    }
    return access.make(outShape, "float32", result);
  },
};
