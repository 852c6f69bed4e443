/**
 * What the page and its training thread say to each other.
 *
 * @module
 */

import type { BackendChoice, RunRecord, Step } from "@residual/connection";
import type { RunIdentity } from "../../experiments/article/run_records.ts";
import type { Settings } from "../../experiments/article/settings.ts";

/** What the page asks of the thread. */
export type WorkerRequest =
  | {
    readonly kind: "start";
    /** Comes back with everything that is told about these runs. */
    readonly turn: number;
    readonly runs: readonly Settings[];
    readonly backend: BackendChoice;
  }
  /** Give so many more steps of each run, then wait. */
  | { readonly kind: "allow"; readonly steps: number }
  /** Give no more steps until allowed. */
  | { readonly kind: "hold" }
  /** End the runs. */
  | { readonly kind: "stop" };

/** What the thread tells the page. */
export type WorkerEvent =
  | { readonly kind: "loading"; readonly loaded: number; readonly total: number }
  | RunEvent & { readonly turn: number };

/** What it tells about the runs of one start. */
export type RunEvent =
  | {
    readonly kind: "started";
    readonly reason: string;
    readonly identities: readonly RunIdentity[];
  }
  | { readonly kind: "step"; readonly run: number; readonly step: Step }
  | { readonly kind: "testing"; readonly run: number }
  | { readonly kind: "done"; readonly run: number; readonly record: RunRecord }
  | { readonly kind: "failed"; readonly why: string };

/** What the thread that draws a record's figure answers: the figure, or why there is none. */
export type Figure = { readonly text: string } | { readonly why: string };
