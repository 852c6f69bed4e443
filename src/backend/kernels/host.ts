/**
 * A backend's numbers, read and written on the host.
 *
 * @module
 */

import type { DataType, TensorInfo } from "@tensorflow/tfjs";
import type { CpuBackend } from "../cpu/backend.ts";
import type { WasmBackend } from "../wasm/heap.ts";

type Numbers = Float32Array | Int32Array;

/** Reads float32 tensors, and makes tensors of numbers. */
export interface HostAccess {
  values(x: TensorInfo): Float32Array;
  make(shape: number[], dtype: DataType, values: Numbers): TensorInfo;
}

/** The numbers of the cpu backend. */
export function onCpu(backend: unknown): HostAccess {
  const cpu = backend as CpuBackend;
  return {
    values: ({ dataId }) => cpu.readSync(dataId),
    make: (shape, dtype, values) => cpu.makeTensorInfo(shape, dtype, values),
  };
}

/** The numbers of the wasm backend. */
export function onWasm(backend: unknown): HostAccess {
  const wasm = backend as WasmBackend;
  return {
    values: (x) => (wasm.typedArrayFromHeap(x) as Float32Array).slice(),
    make: (shape, dtype, values) => {
      const out = wasm.makeOutput(shape, dtype);
      wasm.typedArrayFromHeap(out).set(values);
      return out;
    },
  };
}
