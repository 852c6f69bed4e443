/**
 * Times training steps on this machine's GPU, in a child process: captured and eager, by batch and
 * depth, with the calls that they make to the device and the device's time for each kernel.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { batches, type DataSet, loadMnist, startBackend, train } from "@residual/connection";
import { crossEntropy } from "../article/classification.ts";
import { adam } from "../article/optimizer.ts";
import { runWorker } from "./child_process.ts";
import { DeviceLog, type KernelShare } from "./device_log.ts";
import { deepNetwork } from "./sized_network.ts";

/** What to time. */
export interface GpuOptions {
  /** Whose kernels. */
  readonly kernels: "ours" | "stock";
  /** Images in a batch, each of them timed. */
  readonly batches: readonly number[];
  /** Residual blocks, each of them timed. */
  readonly depths: readonly number[];
  /** Steps that are timed. */
  readonly steps: number;
  /** Whether a software adapter is accepted. @default false */
  readonly software?: boolean;
}

/** A training step of one size, taken in one way. */
export interface GpuStep {
  readonly way: "captured" | "eager" | "stock";
  readonly batch: number;
  /** Residual blocks. */
  readonly depth: number;
  /** Milliseconds a step, the batch's making included. */
  readonly milliseconds: number;
  /** Milliseconds of that on the host: those of a step whose commands are not sent. Captured steps only. */
  readonly host?: number;
  /** Dispatches, bind groups that are made, and submissions, each a step. */
  readonly dispatches: number;
  readonly bindGroups: number;
  readonly submissions: number;
}

/** What was measured on a GPU. */
export interface GpuTimes {
  /** The adapter's description. */
  readonly adapter: string;
  readonly steps: readonly GpuStep[];
  /** A captured step of the article's size by kernel; none for stock's, or without timestamps. */
  readonly kernels: readonly KernelShare[];
}

/** The article's batch. */
const ARTICLE = 32;

/** Steps before the clock starts: the first runs, two are captured, some are replayed. */
const WARM_UP = 24;

async function timeOnGpu(options: GpuOptions): Promise<GpuTimes | { readonly absent: string }> {
  const { name, adapter, reason } = await startOf(options);
  if (name !== "webgpu") return { absent: reason };
  const log = new DeviceLog();
  const data = await loadMnist();
  const steps: GpuStep[] = [];
  const ways = options.kernels === "ours" ? ["captured", "eager"] as const : ["stock"] as const;
  for (const depth of options.depths) {
    for (const batch of options.batches) {
      for (const way of ways) {
        steps.push(await timed({ way, batch, depth }, { log, data, steps: options.steps }));
      }
    }
  }
  const kernels = options.kernels === "ours" ? await kernelsOf(log, data) : [];
  return { adapter: adapter ?? "", steps, kernels };
}

/** Starts WebGPU with our kernels, or stock's alone; `name` is another backend's where there is no GPU. */
async function startOf(
  { kernels, software = false }: GpuOptions,
): Promise<{ readonly name: string; readonly adapter?: string; readonly reason: string }> {
  if (kernels === "ours") return await startBackend(software ? "webgpu" : "auto");
  await import("@tensorflow/tfjs-backend-webgpu");
  const started = await tf.setBackend("webgpu");
  return { name: started ? "webgpu" : "none", reason: "TensorFlow.js got no adapter" };
}

type Size = Pick<GpuStep, "way" | "batch" | "depth">;

interface Means {
  readonly log: DeviceLog;
  readonly data: DataSet;
  readonly steps: number;
}

async function timed(size: Size, { log, data, steps }: Means): Promise<GpuStep> {
  const few = size.way === "captured" ? steps : Math.ceil(steps / 8); // Eager ones take so much longer.
  const { milliseconds, counts } = await run(size, { log, data, steps: few });
  const host = size.way === "captured"
    ? await log.unsent(async () => (await run(size, { log, data, steps: few })).milliseconds)
    : undefined;
  return { ...size, milliseconds, ...(host === undefined ? {} : { host }), ...counts };
}

async function run({ way, batch, depth }: Size, { log, data, steps }: Means) {
  const model = deepNetwork(depth);
  const optimizer = adam();
  const all = WARM_UP + steps;
  let start = 0;
  let before = log.counts();
  const source = function* () {
    for (let step = 0; step < all; step++) {
      if (step === WARM_UP) [start, before] = [performance.now(), log.counts()];
      const first = step % Math.floor(data.train.count / batch);
      yield* batches(data.train, { size: batch, first, steps: 1 });
    }
  };
  const training = train(model, source(), {
    optimizer,
    loss: crossEntropy,
    capture: way === "captured",
    readEvery: 20,
  });
  try {
    await training.finish();
    const milliseconds = (performance.now() - start) / steps;
    return { milliseconds, counts: log.since(before, steps) };
  } finally {
    optimizer.dispose();
    model.dispose();
  }
}

/** The dispatches of one captured step, each timed by the device. */
async function kernelsOf(log: DeviceLog, data: DataSet): Promise<KernelShare[]> {
  const model = deepNetwork(1);
  const optimizer = adam();
  const source = function* () {
    yield* batches(data.train, { size: ARTICLE, steps: 8 });
    log.record();
    yield* batches(data.train, { size: ARTICLE, first: 8, steps: 1 });
  };
  try {
    await train(model, source(), { optimizer, loss: crossEntropy }).finish();
    return await log.shares();
  } finally {
    optimizer.dispose();
    model.dispose();
  }
}

if (import.meta.main) await runWorker(timeOnGpu);
