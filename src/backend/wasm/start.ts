/**
 * Starts TensorFlow.js's wasm backend with our kernels in place of those it lacks, has wrong or has
 * slow.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { conv2d, fusedConv2d } from "./conv2d.ts";
import { conv2dFilterGradient } from "./conv2d_filter_gradient.ts";
import { conv2dInputGradient } from "./conv2d_input_gradient.ts";
import type { WasmBackend } from "./heap.ts";
import { identity } from "./identity.ts";
import { isShared, setThreads } from "./kernels.ts";
import { maxPoolGradient } from "./max_pool_gradient.ts";
import { shareMemory } from "./shared_memory.ts";
import { sumOfColumns } from "./sum.ts";

/**
 * Makes wasm the backend in use, on so many threads. Needs permission to read TensorFlow.js's wasm
 * file.
 *
 * @throws {Error} If several threads are asked for and the backend runs already without a shared heap.
 */
export async function startWasm(threads: number): Promise<void> {
  if (threads > 1 && !("wasm" in tf.engine().registry)) await shareHeap();
  await tf.setBackend("wasm");
  const backend = tf.backend() as unknown as WasmBackend;
  if (threads > 1 && !isShared(backend.wasm.asm.memory)) {
    throw new Error(
      `Cannot run wasm on ${threads} threads: the backend was started for one, which cannot be changed`,
    );
  }
  registerKernels();
  await setThreads(backend, threads);
}

function registerKernels(): void {
  // Only this module registers a filter gradient for wasm, so it tells whether ours are in place.
  if (tf.getKernel(tf.Conv2DBackpropFilter, "wasm") !== undefined) return;
  replace(tf.Conv2D, conv2d);
  replace(tf.FusedConv2D, fusedConv2d);
  replace(tf.MaxPoolGrad, () => maxPoolGradient);
  replace(tf.Conv2DBackpropInput, conv2dInputGradient);
  replace(tf.Sum, sumOfColumns);
  replace(tf.Identity, () => identity);
  tf.registerKernel(conv2dFilterGradient);
}

function replace(kernelName: string, ours: (stock: tf.KernelFunc) => tf.KernelConfig): void {
  const { kernelFunc } = tf.getKernel(kernelName, "wasm");
  tf.unregisterKernel(kernelName, "wasm");
  tf.registerKernel(ours(kernelFunc));
}

/** Has TensorFlow.js load its wasm file with a memory that threads can share. */
async function shareHeap(): Promise<void> {
  const file = import.meta.resolve(
    "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm",
  );
  const shared = shareMemory(new Uint8Array(await (await fetch(file)).arrayBuffer()));
  const url = URL.createObjectURL(new Blob([shared], { type: "application/wasm" }));
  setWasmPaths({
    "tfjs-backend-wasm.wasm": url,
    "tfjs-backend-wasm-simd.wasm": url,
    "tfjs-backend-wasm-threaded-simd.wasm": url,
  }, true);
}
