/**
 * `deno task bench`: times a training step of the article's network here, in stock TensorFlow.js and
 * in PyTorch.
 *
 * @module
 */

import { join } from "node:path";
import { benchmark } from "../figures/benchmark.ts";
import { type Interrupt, runCommand } from "../commands/command.ts";
import { writeWhole } from "../runs/files.ts";
import { parseFlags, text } from "../commands/flags.ts";
import { markdown } from "./markdown.ts";
import { measure } from "./measure.ts";

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

if (import.meta.main) await runCommand(bench);
