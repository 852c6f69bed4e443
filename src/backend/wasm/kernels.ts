/**
 * Our module of kernels beside TensorFlow.js's own: both work on one heap.
 *
 * @module
 */

import type { WasmBackend } from "./heap.ts";
import { kernelsWasm } from "./kernels_wasm.ts";
import { shareMemory } from "./shared_memory.ts";
import { ThreadPool } from "./thread_pool.ts";

/** The names of the functions in `assembly`; every argument is a byte offset, a size or a flag. */
export type KernelName =
  | "columnSums"
  | "convolution"
  | "filterGradient"
  | "maxPoolGradient"
  | "packFilter"
  | "packTurnedFilter";

/** The functions of `assembly`. */
export type Kernels = Readonly<Record<KernelName, (...numbers: number[]) => void>>;

/** Our kernels on one backend's heap, and the threads that run them. */
interface Attached {
  readonly kernels: Kernels;
  readonly module: WebAssembly.Module;
  pool: ThreadPool;
}

const attached = new WeakMap<WasmBackend, Attached>();

function attachedTo(backend: WasmBackend): Attached {
  let found = attached.get(backend);
  if (found === undefined) {
    const { memory } = backend.wasm.asm;
    const module = new WebAssembly.Module(
      isShared(memory) ? shareMemory(kernelsWasm) : kernelsWasm,
    );
    const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as Kernels;
    found = { kernels, module, pool: ThreadPool.alone(kernels) };
    attached.set(backend, found);
  }
  return found;
}

/** Whether several threads can work on this memory. */
export function isShared(memory: WebAssembly.Memory): boolean {
  return !(memory.buffer instanceof ArrayBuffer);
}

/** Our kernels, working on the heap of this backend, on this thread. */
export function kernelsOn(backend: WasmBackend): Kernels {
  return attachedTo(backend).kernels;
}

/** The threads that work on the heap of this backend. */
export function threadPoolOn(backend: WasmBackend): ThreadPool {
  return attachedTo(backend).pool;
}

/**
 * Lets so many threads work on the heap of this backend, which must be shared if they are several. To be
 * called again only once this is done.
 *
 * @throws {Error} If they do not start. Then this thread works alone.
 */
export async function setThreads(backend: WasmBackend, count: number): Promise<void> {
  const here = attachedTo(backend);
  if (here.pool.count === count) return;
  here.pool.stop();
  here.pool = ThreadPool.alone(here.kernels); // Kernels may run before the others have started.
  if (count === 1) return;
  const { memory } = backend.wasm.asm;
  here.pool = await ThreadPool.start(here.kernels, { count, module: here.module, memory });
}
