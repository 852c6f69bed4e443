/**
 * The training thread as the page sees it: what it is doing, and how to tell it what to do.
 *
 * @module
 */

import type { BackendChoice } from "@residual/connection";
import type { Settings } from "../../experiments/article/settings.ts";
import type { WorkerEvent, WorkerRequest } from "../shared/messages.ts";

/** What the thread is doing. */
export type State = "idle" | "starting" | "running" | "paused" | "done" | "failed";

/** Who is told what the thread tells, and of every change of its state. */
export interface Listener {
  onEvent(event: WorkerEvent): void;
  onState(state: State): void;
}

/** One training thread, which is started with the page so that it can load meanwhile. */
export class Training {
  readonly #listener: Listener;
  readonly #url: URL;
  #worker: Worker | undefined;
  #state: State = "idle";
  #turn = 0;
  #left = 0;

  constructor(url: URL, listener: Listener) {
    this.#listener = listener;
    this.#url = url;
    this.#worker = this.#open();
  }

  get state(): State {
    return this.#state;
  }

  /** Starts runs, which train in turns. They wait for {@linkcode go} or {@linkcode step}. */
  start(runs: readonly Settings[], backend: BackendChoice): void {
    this.#left = runs.length;
    this.#turn++;
    this.#worker ??= this.#open();
    this.#ask({ kind: "start", turn: this.#turn, runs, backend });
    this.#enter("starting");
  }

  /** Trains until told otherwise. */
  go(): void {
    this.#ask({ kind: "allow", steps: Infinity });
    this.#enter("running");
  }

  /** Waits after the step that is under way. */
  pause(): void {
    this.#ask({ kind: "hold" });
    this.#enter("paused");
  }

  /** Gives one more step of each run. */
  step(): void {
    this.#ask({ kind: "hold" });
    this.#ask({ kind: "allow", steps: 1 });
    this.#enter("paused");
  }

  /** Ends the runs; the thread can start others. */
  reset(): void {
    this.#ask({ kind: "stop" });
    this.#enter("idle");
  }

  #ask(request: WorkerRequest): void {
    this.#worker?.postMessage(request);
  }

  #enter(state: State): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#listener.onState(state);
  }

  #open(): Worker {
    const worker = new Worker(this.#url, { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<WorkerEvent>) => this.#hear(data);
    worker.onerror = (event) => {
      event.preventDefault();
      const why = event.message?.replace(/^Uncaught (\w*Error: )?/, "") ||
        "Cannot start the training thread: its program cannot be loaded";
      this.#tell({ kind: "failed", turn: this.#turn, why });
    };
    return worker;
  }

  #hear(event: WorkerEvent): void {
    if (event.kind === "loading") return this.#listener.onEvent(event);
    if (event.turn === this.#turn && this.#state !== "idle") this.#tell(event);
  }

  #tell(event: WorkerEvent): void {
    this.#listener.onEvent(event);
    if (event.kind === "done" && --this.#left === 0) this.#enter("done");
    if (event.kind === "failed") this.#fail();
  }

  /** Ends the thread: what is left of it, half the data or a device with errors, cannot be used. */
  #fail(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#enter("failed");
  }
}
