/**
 * Our kernels and threads on the heap of TensorFlow.js's wasm backend.
 *
 * @module
 */

import type { DataType, TensorInfo } from "@tensorflow/tfjs";
import { instantiateKernels, type KernelModule, type Kernels } from "./module.ts";
import { ThreadPool } from "./thread_pool.ts";

/** What our kernels need of TensorFlow.js's wasm backend. */
export interface WasmBackend {
  readonly wasm: { readonly asm: { readonly memory: WebAssembly.Memory } };
  readonly dataIdMap: {
    get(dataId: TensorInfo["dataId"]): { dtype: DataType; readonly refCount: number };
  };
  getMemoryOffset(dataId: TensorInfo["dataId"]): number;
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
  typedArrayFromHeap(x: TensorInfo): Float32Array | Int32Array | Uint8Array;
  incRef(dataId: TensorInfo["dataId"]): void;
  disposeData(dataId: TensorInfo["dataId"]): boolean;
}

/** Lends areas of the heap, each of so many floats, for as long as `use` runs. */
export function withScratch<T>(
  backend: WasmBackend,
  floats: readonly number[],
  use: (offsets: number[]) => T,
): T {
  const { dataId } = backend.makeOutput([floats.reduce((sum, size) => sum + size, 0)], "float32");
  try {
    let next = backend.getMemoryOffset(dataId);
    return use(floats.map((size) => (next += 4 * size) - 4 * size));
  } finally {
    backend.disposeData(dataId);
  }
}

/** Our kernels on one backend's heap, and the threads that run them. */
interface Attached extends KernelModule {
  pool: ThreadPool;
}

/** By instance: TensorFlow.js makes another one when it is reset, with a heap of its own. */
const attached = new WeakMap<WasmBackend, Attached>();

function attachedTo(backend: WasmBackend): Attached {
  let found = attached.get(backend);
  if (found === undefined) {
    const instance = instantiateKernels(backend.wasm.asm.memory);
    found = { ...instance, pool: ThreadPool.alone(instance.kernels) };
    attached.set(backend, found);
  }
  return found;
}

/** Our kernels, working on the heap of this backend, on this thread. */
export function kernelsOn(backend: WasmBackend): Kernels {
  return attachedTo(backend).kernels;
}

/** The threads that work on the heap of this backend. */
export function threadPoolOn(backend: WasmBackend): ThreadPool {
  return attachedTo(backend).pool;
}

/** What was started last. */
let current: Attached | undefined;

/**
 * Lets so many threads work on the heap of this backend, which must be shared if they are several. To be
 * called again only once this is done.
 *
 * @throws {Error} If they do not start. Then this thread works alone.
 */
export async function setThreads(backend: WasmBackend, count: number): Promise<void> {
  const here = attachedTo(backend);
  if (current !== here) current?.pool.stop(); // that of an instance before a reset
  current = here;
  if (here.pool.count === count) return;
  here.pool.stop();
  here.pool = ThreadPool.alone(here.kernels); // Kernels may run before the others have started.
  if (count === 1) return;
  const { memory } = backend.wasm.asm;
  here.pool = await ThreadPool.start(here.kernels, { count, module: here.module, memory });
}
