/**
 * Times training steps on this machine's GPU, in a child process: captured and eager, by batch and
 * depth, with the calls that they make to the device and the device's time for each kernel.
 *
 * @module
 */

import process from "node:process";
import * as tf from "@tensorflow/tfjs";
import {
  batches,
  type DataSet,
  type ImageBatch,
  type LabeledImages,
  loadMnist,
  startBackend,
  train,
} from "@residual/connection";
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
}

/** A training step of one size, taken in one way. */
export interface GpuStep {
  readonly way: "captured" | "eager" | "stock";
  readonly batch: number;
  /** Residual blocks. */
  readonly depth: number;
  /** Milliseconds a step, the batch's making included. */
  readonly milliseconds: number;
  /** Milliseconds of the processor, all threads together, without those within submissions. */
  readonly host: number;
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

/** Steps of each size before the clock starts: the first runs, two are captured, some are replayed. */
const WARM_UP = 24;

/** Steps before the first size, while the JavaScript engine compiles what the steps run. */
const ENGINE_WARM_UP = 1600;

async function timeOnGpu(options: GpuOptions): Promise<GpuTimes | { readonly absent: string }> {
  const { name, adapter, reason } = await startOf(options);
  if (name !== "webgpu") return { absent: reason };
  const log = new DeviceLog();
  const data = await loadMnist();
  const steps: GpuStep[] = [];
  const ways = options.kernels === "ours" ? ["captured", "eager"] as const : ["stock"] as const;
  if (options.kernels === "ours") {
    await run({ way: "captured", batch: ARTICLE, depth: 1 }, { log, data, steps: ENGINE_WARM_UP });
  }
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
  { kernels }: GpuOptions,
): Promise<{ readonly name: string; readonly adapter?: string; readonly reason: string }> {
  if (kernels === "ours") return await startBackend("auto");
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
  return { ...size, ...await run(size, { log, data, steps: few }) };
}

async function run({ way, batch, depth }: Size, { log, data, steps }: Means) {
  const model = deepNetwork(depth);
  const optimizer = adam();
  let start = 0;
  let host = 0;
  let before = log.counts();
  const source = function* () {
    yield* take(batch, WARM_UP);
    [start, host, before] = [performance.now(), hostTime(log), log.counts()];
    yield* take(batch, steps);
  };
  const take = (size: number, steps: number) => repeated(data.train, { size, steps });
  const training = train(model, source(), {
    optimizer,
    loss: crossEntropy,
    capture: way === "captured",
    readEvery: 20,
  });
  try {
    await training.finish();
    const milliseconds = (performance.now() - start) / steps;
    host = (hostTime(log) - host) / steps;
    return { milliseconds, host, ...log.since(before, steps) };
  } finally {
    optimizer.dispose();
    model.dispose();
  }
}

/** So many batches of one size, from the start again where the images end. */
function* repeated(
  images: LabeledImages,
  { size, steps }: { readonly size: number; readonly steps: number },
): Generator<ImageBatch> {
  const whole = Math.floor(images.count / size);
  for (let left = steps; left > 0; left -= whole) {
    yield* batches(images, { size, steps: Math.min(left, whole) });
  }
}

/** Milliseconds of the processor so far, without those within submissions. */
function hostTime(log: DeviceLog): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 - log.submitting;
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
