/**
 * A tensor with some of its numbers replaced, on cpu.
 *
 * @module
 */

import { type DataId, getKernel, type TensorInfo, TensorScatterUpdate } from "@tensorflow/tfjs";
import type { KernelOverride } from "../overrides.ts";
import type { CpuBackend } from "./backend.ts";

/** TensorFlow.js's, of a copy. */
export const tensorScatterUpdate: KernelOverride = {
  kernel: TensorScatterUpdate,
  covers: "all but strings",
  why: "TensorFlow.js writes into the tensor that it is given",
  run: ({ inputs, attrs, backend }) => {
    const tensor = inputs.tensor as TensorInfo;
    if (tensor.dtype === "string" || copies.has(tensor.dataId)) return undefined;
    const cpu = backend as CpuBackend;
    const copy = cpu.makeTensorInfo(
      tensor.shape,
      tensor.dtype,
      cpu.readSync(tensor.dataId).slice(),
    );
    copies.add(copy.dataId);
    try {
      const { kernelFunc } = getKernel(TensorScatterUpdate, "cpu");
      return kernelFunc({ inputs: { ...inputs, tensor: copy }, attrs, backend }) as TensorInfo;
    } finally {
      cpu.disposeData(copy.dataId);
    }
  },
};

/** Tensors that may be written into. */
const copies = new WeakSet<DataId>();
