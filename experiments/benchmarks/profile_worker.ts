/**
 * The time of each kernel on wasm, and the machine's limits; in a child process.
 *
 * @module
 */

import { cpus } from "node:os";
import * as tf from "@tensorflow/tfjs";
import { loadMnist, startBackend } from "@residual/connection";
import { articleNetwork } from "../article/networks.ts";
import { BATCH } from "../article/settings.ts";
import { runWorker } from "./child_process.ts";
import { memoryBandwidth } from "./memory_bandwidth.ts";
import { stepFlop } from "./flop.ts";
import { KernelClock, type KernelTime } from "./kernel_clock.ts";
import { peakFlops } from "./peak_flops.ts";
import { timeSteps } from "./time_steps.ts";

/** What a kernel cannot be faster than. */
export interface Limits {
  /** 10⁹ multiplications and additions a second. */
  readonly gflops: number;
  /** 10⁹ bytes a second. */
  readonly gigabytes: number;
}

/** What the process measured. */
export interface Profile {
  /** The processor's name. */
  readonly processor: string;
  /** Programs that wanted a core in the minute before, on average; 0 on an idle machine. */
  readonly load: number;
  /** TensorFlow.js's version. */
  readonly tensorflow: string;
  /** Floating-point operations of a step. */
  readonly flop: number;
  /** The machine's limits on one core. */
  readonly limits: Limits;
  /** Milliseconds a step with the clock running. */
  readonly milliseconds: number;
  /** Steps that the kernels' times are of. */
  readonly steps: number;
  /** The kernels, the longest first. */
  readonly kernels: readonly KernelTime[];
}

async function profileKernels({ steps }: { readonly steps: number }): Promise<Profile> {
  const [load] = Deno.loadavg();
  const limits = { gflops: peakFlops(), gigabytes: memoryBandwidth() };
  const data = await loadMnist();
  await startBackend("wasm");
  const clock = new KernelClock("wasm");
  const model = articleNetwork();
  const time = await timeSteps(model, {
    data,
    batch: BATCH,
    side: 32,
    warmUp: 10,
    steps,
    seconds: 20,
    onStart: () => clock.reset(),
  });
  return {
    processor: cpus()[0].model,
    load,
    tensorflow: tf.version_core,
    flop: stepFlop(model, BATCH),
    limits,
    ...time,
    kernels: clock.times,
  };
}

if (import.meta.main) await runWorker(profileKernels);
