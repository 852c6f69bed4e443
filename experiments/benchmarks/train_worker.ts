/**
 * One contender's steps on TensorFlow.js, in a child process.
 *
 * @module
 */

import process from "node:process";
import * as tf from "@tensorflow/tfjs";
import { type BackendName, loadMnist, startBackend } from "@residual/connection";
import { articleNetwork } from "../article/networks.ts";
import { BATCH } from "../article/settings.ts";
import { runWorker } from "./child_process.ts";
import { timeSteps } from "./time_steps.ts";

/** What one process of a contender measured. */
export interface Sample {
  /** Milliseconds a step. */
  readonly milliseconds: number;
  /** The most memory that the process had, in MiB. */
  readonly peak: number;
  /** 10⁹ operations a second that wasm can do on one core, right before and after, on average. */
  readonly limit: number;
  /** What it ran on, such as an adapter or PyTorch's version. */
  readonly note?: string;
}

/** What to train on, and how long. */
export interface TrainOptions {
  /** Whether this package's kernels are registered. */
  readonly kernels: "ours" | "stock";
  /** The backend. */
  readonly backend: BackendName;
  /** Cores that wasm computes on. @default 1 */
  readonly threads?: number;
  /** Steps before the clock starts. */
  readonly warmUp: number;
  /** Steps that are timed, if there is time. */
  readonly steps: number;
  /** Seconds after which no step starts. */
  readonly seconds: number;
}

/** A sample without what is measured around it. */
async function timeContender(
  { kernels, backend, threads, ...time }: TrainOptions,
): Promise<Omit<Sample, "limit">> {
  const data = await loadMnist();
  const note = kernels === "ours"
    ? (await startBackend(backend, { threads })).adapter
    : await stock(backend);
  const { milliseconds } = await timeSteps(articleNetwork(), {
    data,
    batch: BATCH,
    side: 32,
    ...time,
  });
  return { milliseconds, peak: process.resourceUsage().maxRSS / 1024, note };
}

/** Starts a backend with stock TensorFlow.js's kernels alone: this package registers none here. */
async function stock(backend: BackendName): Promise<undefined> {
  if (backend === "webgpu") await import("@tensorflow/tfjs-backend-webgpu");
  if (!await tf.setBackend(backend)) {
    throw new Error(`Cannot start TensorFlow.js's ${backend}: it needs an adapter, got none`);
  }
}

if (import.meta.main) await runWorker(timeContender);
