/**
 * Training steps on this machine's GPU: ours, stock TensorFlow.js's and PyTorch's.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { runJson, workerCommand } from "./child_process.ts";
import type { KernelShare } from "./device_log.ts";
import type { GpuOptions, GpuStep, GpuTimes } from "./gpu_worker.ts";

/** A training step of PyTorch's. */
export interface TorchStep extends Pick<GpuStep, "batch" | "depth" | "milliseconds"> {
  readonly way: "CUDA graph" | "eager";
}

/** What was measured. */
export interface GpuReport {
  /** The adapter's description. */
  readonly adapter: string;
  readonly ours: readonly GpuStep[];
  readonly stock: readonly GpuStep[];
  /** PyTorch's steps, and its version and GPU, or why there are none. */
  readonly pytorch:
    | { readonly note: string; readonly steps: readonly TorchStep[] }
    | { readonly absent: string };
  /** A captured step of the article's size, by kernel. */
  readonly kernels: readonly KernelShare[];
}

/** How to measure. */
export interface MeasureGpuOptions {
  readonly quick: boolean;
  readonly python: { readonly program: string } | { readonly absent: string };
  readonly signal: AbortSignal;
}

/** Measures on the GPU, or says why there is none to measure on. */
export async function measureGpu(
  { quick, python, signal }: MeasureGpuOptions,
): Promise<GpuReport | { readonly absent: string }> {
  const sizes = { batches: [32, 128, 512], depths: [1, 8], steps: quick ? 400 : 800 };
  const inWorker = (options: GpuOptions) =>
    runJson<GpuTimes | { readonly absent: string }>(
      workerCommand("./gpu_worker.ts", options),
      signal,
    );
  const ours = await inWorker({ kernels: "ours", ...sizes });
  if ("absent" in ours) return ours;
  // A step of stock's filter gradient takes seconds where batches are large.
  const stock = await inWorker({ kernels: "stock", batches: [32], depths: [1], steps: 80 });
  return {
    adapter: ours.adapter,
    ours: ours.steps,
    stock: "absent" in stock ? [] : stock.steps,
    pytorch: "absent" in python ? python : await runJson(pytorch(python.program, sizes), signal),
    kernels: ours.kernels,
  };
}

function pytorch(
  program: string,
  { batches, depths, steps }: Pick<GpuOptions, "batches" | "depths" | "steps">,
) {
  const script = fileURLToPath(new URL("./article_cuda.py", import.meta.url));
  const numbers = (values: readonly number[]) => values.map(String);
  const sizes = ["--batches", ...numbers(batches), "--depths", ...numbers(depths)];
  return { program, args: [script, ...sizes, "--steps", `${steps}`] };
}
