/**
 * `deno task parity`: replays a PyTorch trace and compares.
 *
 * @module
 */

import { loadMnist, startBackend } from "@residual/connection";
import { decodeUtf8 } from "../../src/platform/utf8.ts";
import { MOST_BYTES } from "../../src/validate.ts";
import { readRegularFile } from "../../src/platform/files.ts";
import { BATCH } from "../article/settings.ts";
import { checksOf, holds, relativeDifferences } from "../parity/compare.ts";
import { replay } from "../parity/replay.ts";
import { type Curves, MEASURES, parseTrace, sealTrace, type Trace } from "../parity/trace.ts";
import { log, print } from "../runs/log.ts";
import { Progress } from "../runs/progress.ts";
import { type Interrupt, runCommand } from "./command.ts";
import { oneOf, parseFlags, text, UsageError, wholeNumber } from "./flags.ts";

const HELP =
  `Replays a PyTorch trace of the article's experiment and compares loss and gradient norms.

Usage: deno task parity [flags]

  --reference PREFIX               reads PREFIX.json and PREFIX.weights.f32
                                   [tests/reference/pytorch-seed7]
  --backend auto|webgpu|wasm|cpu   what to train on [auto: WebGPU on a real GPU, wasm otherwise]
  --steps N                        replay the first N steps [all of the trace's]
  --workers N                      threads for wasm; the numbers do not depend on it [all cores]
  --seal                           print PREFIX.json with a checksum over it and the weights, for a
                                   trace that has none: nothing is replayed
  --help                           this text

Exits with 1 if a relative difference is past its limit.`;

const FLAGS = {
  reference: text,
  backend: oneOf("auto", "webgpu", "wasm", "cpu"),
  steps: wholeNumber({ from: 1 }),
  workers: wholeNumber({ from: 1, to: 256 }),
  seal: true,
} as const;

type Flags = ReturnType<typeof parseFlags<typeof FLAGS>>;

/** Runs the command. */
export async function parity(args: readonly string[], interrupt: Interrupt): Promise<number> {
  const { signal } = interrupt;
  const flags = parseFlags(args, FLAGS);
  if (flags.help) {
    print(HELP);
    return 0;
  }
  const files = await readFiles(flags.reference ?? "tests/reference/pytorch-seed7");
  if (flags.seal) return await printSealed(files, flags);
  const trace = await parseTrace(...files);
  const steps = flags.steps ?? trace.steps;
  if (steps > trace.steps) {
    throw new UsageError(`--steps must be at most the trace's ${trace.steps}, got ${steps}`);
  }
  const data = await loadMnist();
  signal.throwIfAborted();
  const backend = await startBackend(flags.backend ?? "auto", {
    threads: flags.workers ?? navigator.hardwareConcurrency,
  });
  log(backend.reason);
  const train = () => replayWithProgress(trace, { data, steps, signal });
  // A step on cpu takes half a minute, in which no signal would arrive.
  const ours = backend.name === "cpu" ? await interrupt.blocking(train) : await train();
  return report(ours, firstSteps(trace.curves, steps));
}

type Files = Parameters<typeof parseTrace>;

async function readFiles(prefix: string): Promise<Files> {
  const [json, weights] = [`${prefix}.json`, `${prefix}.weights.f32`];
  return [
    await readRegularFile(json, MOST_BYTES).then((bytes) => decodeUtf8(bytes)).catch(explain(json)),
    await readRegularFile(weights, MOST_BYTES).catch(explain(weights)),
  ];
}

async function printSealed(files: Files, flags: Flags): Promise<number> {
  const other = (["backend", "steps", "workers"] as const).find((name) => flags[name]);
  if (other !== undefined) {
    throw new UsageError(`--${other} has no meaning with --seal, for which nothing is replayed`);
  }
  print((await sealTrace(...files)).trimEnd());
  return 0;
}

function explain(path: string): (cause: Error) => never {
  return (cause) => {
    throw new Error(`Cannot read the trace's ${path}: ${cause.message}`, { cause });
  };
}

async function replayWithProgress(
  trace: Trace,
  options: Pick<Parameters<typeof replay>[1], "data" | "steps" | "signal">,
): Promise<Curves> {
  const progress = new Progress({ steps: options.steps });
  try {
    return await replay(trace, {
      ...options,
      onStep: ({ step, loss }) => progress.update({ step, loss }),
    });
  } finally {
    progress.clear();
  }
}

function firstSteps(curves: Curves, steps: number): Curves {
  const cut = (measure: keyof Curves) => curves[measure].slice(0, steps);
  return { loss: cut("loss"), x_res: cut("x_res"), x_in: cut("x_in") };
}

/** Prints the differences and the checks; gives the exit status. */
function report(ours: Curves, theirs: Curves): number {
  const steps = theirs.loss.length;
  const shown = [...new Set([0, 5, 20, 50, 100, steps - 1])].filter((step) => step < steps);
  print(`relative differences to PyTorch over ${steps} steps of ${BATCH} images\n`);
  print(row(["step", ...MEASURES]));
  for (const step of shown) {
    const found = MEASURES.map((measure) =>
      relativeDifferences(ours[measure], theirs[measure])[step].toExponential(1)
    );
    print(row([String(step), ...found]));
  }
  print("");
  const checks = checksOf(ours, theirs);
  for (const check of checks) {
    const { measure, what, found, limit } = check;
    const outcome = holds(check) ? "ok" : "PAST ITS LIMIT";
    print(
      `${measure.padEnd(5)} ${what.padEnd(31)} ${found.toExponential(1)}, ` +
        `limit ${limit.toExponential(0)}: ${outcome}`,
    );
  }
  return checks.every(holds) ? 0 : 1;
}

function row(cells: readonly string[]): string {
  return cells.map((cell) => cell.padStart(10)).join("");
}

if (import.meta.main) await runCommand(parity);
