/**
 * How a step's time grows with the batch, the image and the channels; in a child process.
 *
 * @module
 */

import { loadMnist, startBackend } from "@residual/connection";
import { runWorker } from "./child_process.ts";
import { stepFlop } from "./flop.ts";
import { type NetworkSize, sizedNetwork } from "./sized_network.ts";
import { timeSteps } from "./time_steps.ts";

/** One size of everything. */
export interface Size extends NetworkSize {
  /** Images in a batch. */
  readonly batch: number;
}

/** A step at one size. */
export interface GrowthPoint extends Size {
  /** Milliseconds a step. */
  readonly milliseconds: number;
  /** 10⁹ floating-point operations a second. */
  readonly gflops: number;
}

/** The article's sizes. */
const ARTICLE: Size = { batch: 32, side: 32, channels: 64 };

/** The sizes to measure: the article's with one of them changed at a time. */
export function growthSizes(quick: boolean): Size[] {
  const values = quick
    ? { batch: [8, 32, 128], side: [16, 32], channels: [32, 64] }
    : { batch: [8, 16, 32, 64, 128, 256], side: [16, 32, 48, 64], channels: [16, 32, 64, 128] };
  return Object.entries(values).flatMap(([name, sizes]) =>
    sizes.map((size) => ({ ...ARTICLE, [name]: size }))
  );
}

async function timeGrowth(sizes: readonly Size[]): Promise<GrowthPoint[]> {
  const data = await loadMnist();
  await startBackend("wasm");
  const points: GrowthPoint[] = [];
  for (const size of sizes) points.push(await pointAt(size, data));
  return points;
}

async function pointAt(
  size: Size,
  data: Awaited<ReturnType<typeof loadMnist>>,
): Promise<GrowthPoint> {
  const { batch, side } = size;
  const model = sizedNetwork(size);
  try {
    const work = { data, batch, side, warmUp: 3, steps: 10, seconds: 1.5 };
    const { milliseconds } = await timeSteps(model, work);
    return { ...size, milliseconds, gflops: stepFlop(model, batch) / milliseconds / 1e6 };
  } finally {
    model.dispose();
  }
}

if (import.meta.main) await runWorker(timeGrowth);
