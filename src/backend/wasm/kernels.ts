/**
 * Our module of kernels beside TensorFlow.js's own: both work on one heap.
 *
 * @module
 */

import type { WasmBackend } from "./heap.ts";
import { kernelsWasm } from "./kernels_wasm.ts";
import { shareMemory } from "./shared_memory.ts";
import { Threads } from "./threads.ts";

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
  threads: Threads;
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
    found = { kernels, module, threads: Threads.alone(kernels) };
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
export function threadsOn(backend: WasmBackend): Threads {
  return attachedTo(backend).threads;
}

/** Lets so many threads work on the heap of this backend, which must be shared if they are several. */
export async function setThreads(backend: WasmBackend, count: number): Promise<void> {
  const here = attachedTo(backend);
  if (here.threads.count === count) return;
  here.threads.stop();
  const { memory } = backend.wasm.asm;
  here.threads = count === 1
    ? Threads.alone(here.kernels)
    : await Threads.start(here.kernels, { count, module: here.module, memory });
}
