/**
 * The time from the start of a process to its first training step. The files are in the machine's
 * cache, the processes are new.
 *
 * @module
 */

import { median } from "d3-array";
import { runJson, workerCommand } from "./child_process.ts";
import type { Part } from "./setup_worker.ts";

/** The times, each the median over processes. */
export interface Setup {
  /** The parts, in order. */
  readonly parts: readonly Part[];
  /** Milliseconds from `import` to a built model: imports, backend, model. */
  readonly toModel: number;
  /** Milliseconds from the start of the figures command to its first step's numbers. */
  readonly toFirstStep: number;
}

/** The parts that lie between `import` and a built model. */
const TO_MODEL: readonly string[] = ["imports", "backend's start", "building the model"];

/** Measures in so many processes of each kind. */
export async function measureSetup(times: number, signal: AbortSignal): Promise<Setup> {
  const runs: Part[][] = [];
  const figures: number[] = [];
  for (let time = 0; time < times; time++) {
    runs.push(await runJson<Part[]>(workerCommand("./setup_worker.ts", Date.now()), signal));
    figures.push(await figuresToFirstStep(signal));
  }
  return { ...joinRuns(runs), toFirstStep: median(figures) };
}

/** The median of each part, and of the time to a built model. */
export function joinRuns(runs: readonly (readonly Part[])[]): Omit<Setup, "toFirstStep"> {
  const parts = runs[0].map(({ part }, i) => ({
    part,
    milliseconds: median(runs.map((run) => run[i].milliseconds)),
  }));
  const toModel = runs.map((run) =>
    run.filter(({ part }) => TO_MODEL.includes(part)).reduce((sum, p) => sum + p.milliseconds, 0)
  );
  return { parts, toModel: median(toModel) };
}

/**
 * Starts the command itself and stops it at its first line of progress, long before it would write
 * anything.
 */
async function figuresToFirstStep(signal: AbortSignal): Promise<number> {
  const command = new URL("../commands/figures.ts", import.meta.url).href;
  const flags = ["--no-prompt", "--allow-read", "--allow-write"];
  const wanted = ["--fresh", "--steps", "1", "--backend", "wasm"];
  const start = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", ...flags, command, ...wanted],
    stdout: "null",
    stderr: "piped",
    signal,
  }).spawn();
  let output = "";
  for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
    output += text;
    if (!/^step 1\/1 /m.test(output)) continue;
    const elapsed = performance.now() - start;
    child.kill("SIGKILL");
    await child.status;
    return elapsed;
  }
  throw new Error(`Cannot time the figures command: it ended before its first step: ${output}`);
}
