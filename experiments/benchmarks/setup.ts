/**
 * What it costs to get going, in cold processes whose files are in the machine's cache.
 *
 * @module
 */

import { ask, runJson } from "./child.ts";
import { median } from "./median.ts";
import type { Part } from "./setup_here.ts";

/** The costs, each the median over processes. */
export interface Setup {
  /** The parts, in order. */
  readonly parts: readonly Part[];
  /** Milliseconds from `import` to a built model: imports, backend, model. */
  readonly toModel: number;
  /** Milliseconds from the start of the figures command to its first step's numbers. */
  readonly toFirstStep: number;
}

/** The parts that lie between `import` and a built model. */
const TO_MODEL: readonly string[] = ["imports", "backend's start", "model's making"];

/** Measures in so many processes of each kind. */
export async function measureSetup(times: number, signal: AbortSignal): Promise<Setup> {
  const runs: Part[][] = [];
  const figures: number[] = [];
  for (let time = 0; time < times; time++) {
    runs.push(await runJson<Part[]>(ask("./setup_here.ts", Date.now()), signal));
    figures.push(await figuresToFirstStep(signal));
  }
  return { ...joinRuns(runs), toFirstStep: median(figures) };
}

/** The median of each part, and of the way to a model. */
export function joinRuns(runs: readonly (readonly Part[])[]): Omit<Setup, "toFirstStep"> {
  const parts = runs[0].map(({ part }, i) => ({
    part,
    milliseconds: median(runs.map((run) => run[i].milliseconds)),
  }));
  const ways = runs.map((run) =>
    run.filter(({ part }) => TO_MODEL.includes(part)).reduce((sum, p) => sum + p.milliseconds, 0)
  );
  return { parts, toModel: median(ways) };
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
  let heard = "";
  for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
    heard += text;
    if (!/^step 1\/1 /m.test(heard)) continue;
    const taken = performance.now() - start;
    child.kill("SIGKILL");
    await child.status;
    return taken;
  }
  throw new Error(`Cannot time the figures command: it ended before its first step: ${heard}`);
}
