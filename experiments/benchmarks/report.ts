/**
 * Everything that the benchmark measured, as its JSON file holds it.
 *
 * @module
 */

import type { GpuReport } from "./gpu.ts";
import type { GrowthPoint } from "./growth_worker.ts";
import type { Profile } from "./profile_worker.ts";
import type { Setup } from "./setup.ts";
import type { ContenderResult } from "./contender_results.ts";

/** The machine and its programs: numbers of another one say something else. */
export interface Machine {
  /** The processor's name. */
  readonly processor: string;
  /** Its cores, as Deno counts them. */
  readonly cores: number;
  /** Other programs that wanted a core in the minute before, on average. */
  readonly load: number;
  /** Operating system and instruction set. */
  readonly system: string;
  /** This package and its version. */
  readonly package: string;
  /** Deno's version. */
  readonly deno: string;
  /** TensorFlow.js's version. */
  readonly tensorflow: string;
}

/** One run of the benchmark on one machine. */
export interface Report {
  /** Where. */
  readonly machine: Machine;
  /** When it began, in ISO 8601. */
  readonly date: string;
  /** Whether it was the short one. */
  readonly quick: boolean;
  /** Floating-point operations of one step of the article's network. */
  readonly flop: number;
  /** The contenders. */
  readonly contenders: readonly ContenderResult[];
  /** Ours on wasm, one core, kernel by kernel. */
  readonly profile: Pick<Profile, "limits" | "milliseconds" | "steps" | "kernels">;
  /** Ours on wasm, one core, in other sizes. */
  readonly growth: readonly GrowthPoint[];
  /** Steps on the GPU, or why there are none. */
  readonly gpu: GpuReport | { readonly absent: string };
  /** The time to a first step. */
  readonly setup: Setup;
}
