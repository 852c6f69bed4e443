/**
 * The report for people.
 *
 * @module
 */

import { BUSY } from "../figures/benchmark.ts";
import { contenderTable } from "./contender_table.ts";
import { gpuSection } from "./gpu_table.ts";
import type { GrowthPoint } from "./growth_here.ts";
import { kernelTable } from "./kernel_table.ts";
import type { Report } from "./report.ts";
import type { Setup } from "./setup.ts";
import { digits, table } from "./table.ts";

/** The report as Markdown, the same for the same report. */
export function markdown(report: Report): string {
  const { contenders, profile, growth, setup, gpu } = report;
  return [
    `# A training step of the article's network\n`,
    opening(report),
    contenderTable(contenders),
    `## On the GPU\n`,
    gpuSection(gpu),
    `## Ours on wasm, one core, by kernel\n`,
    kernelTable(profile),
    `## Ours on wasm, one core, by size\n`,
    `One size changes at a time; the channels are the block's.\n`,
    growthTable(growth),
    `## Getting going\n`,
    `Cold processes, files in the machine's cache, wasm on one core.\n`,
    setupTable(setup),
  ].join("\n");
}

function opening({ machine, date, quick, flop }: Report): string {
  const { processor, cores, load, system, deno, tensorflow } = machine;
  const where = `${processor}, ${cores} ${cores === 1 ? "core" : "cores"}, ${system}`;
  const busy = load > BUSY ? " The times are theirs, too: measure again when they are done." : "";
  const short = quick ? " Short measurement (--quick)." : "";
  return `${where}; ${machine.package}, Deno ${deno}, TensorFlow.js ${tensorflow}; ${date}.${short}
Other programs kept ${digits(load)} of the cores busy in the minute before.${busy}

Medians over rounds in which all take turns, each round in a new process. A step is
${digits(flop / 1e9)} GFLOP. The ratio is to PyTorch on as many cores.
`;
}

function growthTable(points: readonly GrowthPoint[]): string {
  const rows = points.map(({ batch, side, channels, milliseconds, gflops }) => [
    `batch ${batch}, images ${side}×${side}, ${channels} channels`,
    digits(milliseconds),
    digits(milliseconds / batch),
    digits(gflops),
  ]);
  return table(["", "ms/step", "ms/image", "GFLOPS"], rows);
}

function setupTable({ parts, toModel, toFirstStep }: Setup): string {
  return table(["", "ms"], [
    ...parts.map(({ part, milliseconds }) => [part, digits(milliseconds)]),
    ["from import to a built model", digits(toModel)],
    ["from the start of `figures` to its first step", digits(toFirstStep)],
  ]);
}
