/**
 * The page's training thread: loads the data as soon as it starts, trains when asked.
 *
 * @module
 */

/// <reference lib="deno.worker" />

import { type BackendChoice, startBackend, type StartedBackend } from "@residual/connection";
import { type PreparedRun, prepareRun } from "../../experiments/article/train_run.ts";
import type { Manifest, PartFile } from "../shared/files.ts";
import type { RunIdentity } from "../../experiments/article/run_records.ts";
import type { RunEvent, WorkerEvent, WorkerRequest } from "../shared/messages.ts";
import { type ProgressiveDataset, progressiveDataset } from "./progressive_dataset.ts";
import { Gate } from "./step_gate.ts";
import { loadPart } from "./load_part.ts";

type StartRequest = Extract<WorkerRequest, { kind: "start" }>;

const base = new URL("../", self.location.href); // This file is in a folder of the page's.
const opened = open();
opened.catch(() => {}); // Said when a run needs it.
/** The first step has been taken: the other parts of the data come only then, not to slow it down. */
const begun = Promise.withResolvers<void>();
let gates: readonly Gate[] = [];
let runs = new AbortController();

self.onmessage = ({ data: request }: MessageEvent<WorkerRequest>) => {
  switch (request.kind) {
    case "start":
      return start(request);
    case "allow":
      return gates.forEach((gate) => gate.allow(request.steps));
    case "hold":
      return gates.forEach((gate) => gate.hold());
    case "stop":
      return runs.abort();
  }
};

function say(event: WorkerEvent): void {
  self.postMessage(event);
}

/** Fetches the list of the data's parts and loads the first. */
async function open(): Promise<
  { readonly manifest: Manifest; readonly dataset: ProgressiveDataset }
> {
  const manifest: Manifest = await (await fetch(new URL("data/manifest.json", base))).json();
  const parts = [...manifest.train, ...manifest.test];
  const total = parts.reduce((sum, { size }) => sum + size, 0);
  let loaded = 0;
  const onBytes = (count: number) => {
    loaded = Math.min(total, loaded + count);
    say({ kind: "loading", loaded, total });
  };
  const options = { base, cache: `data-${manifest.checksum}`, onBytes };
  const load = async (part: PartFile) => {
    if (part !== manifest.train[0]) await begun.promise;
    return await loadPart(part, options);
  };
  return { manifest, dataset: progressiveDataset(manifest, load) };
}

async function start({ turn, runs: settings, backend: choice }: StartRequest): Promise<void> {
  runs.abort();
  const started = runs = new AbortController();
  const { signal } = started;
  const own = gates = settings.map(() => new Gate(signal));
  const tell = (event: RunEvent) => say({ ...event, turn });
  try {
    const { dataset } = await opened;
    const backend = await startHere(choice);
    const { data, arrived } = dataset;
    const prepared = settings.map((settings) => prepareRun(settings, { data, backend, arrived }));
    signal.throwIfAborted();
    tell({ kind: "started", reason: backend.reason, identities: prepared.map(identityOf) });
    await Promise.all(
      prepared.map((run, i) => train(run, { run: i, gate: own[i], signal, dataset, tell })),
    );
  } catch (error) {
    if (!signal.aborted) tell({ kind: "failed", why: reasonOf(error) });
    started.abort(); // These alone: others may have been started since.
  }
}

/** Most threads for wasm: with eight, each has four images of the article's batch of 32. */
const MOST_THREADS = 8;

/** Starts the backend, or wasm where WebGPU is missing; wasm takes all cores where threads may share memory. */
async function startHere(choice: BackendChoice): Promise<StartedBackend> {
  const cores = Math.min(navigator.hardwareConcurrency, MOST_THREADS);
  const options = { wasm: new URL("wasm/", base), threads: self.crossOriginIsolated ? cores : 1 };
  const isThere = choice !== "webgpu" || await navigator.gpu?.requestAdapter();
  return await startBackend(isThere ? choice : "auto", options);
}

/** The part of a prepared run that can be sent. */
function identityOf({ configuration, environment }: PreparedRun): RunIdentity {
  return { configuration, environment };
}

interface TrainOptions {
  /** Which of the runs it is. */
  readonly run: number;
  readonly gate: Gate;
  readonly signal: AbortSignal;
  readonly dataset: ProgressiveDataset;
  tell(event: RunEvent): void;
}

async function train(
  prepared: PreparedRun,
  { run, gate, signal, dataset, tell }: TrainOptions,
): Promise<void> {
  const { record } = await prepared.start({
    onStep: async (step) => {
      begun.resolve();
      await gate.pass();
      tell({ kind: "step", run, step });
    },
    onTest: async () => {
      tell({ kind: "testing", run });
      await dataset.tested();
    },
    readEvery: prepared.environment.backend === "wasm" ? 1 : undefined, // Reading costs it nothing.
    signal,
  });
  tell({ kind: "done", run, record });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
