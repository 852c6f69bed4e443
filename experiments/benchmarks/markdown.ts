/**
 * The report as Markdown.
 *
 * @module
 */

import { BUSY } from "../figures/benchmark.ts";
import type { ContenderResult } from "./contender_results.ts";
import { gpuSection } from "./gpu_table.ts";
import type { GrowthPoint } from "./growth_worker.ts";
import { kernelTable } from "./kernel_table.ts";
import type { Report } from "./report.ts";
import type { Setup } from "./setup.ts";
import { digits, table } from "./markdown_table.ts";

/** The whole report; the same text for the same report. */
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
    `## From the start to a first step\n`,
    `New processes, files in the machine's cache, wasm on one core.\n`,
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
${
    digits(flop / 1e9)
  } GFLOP. The ratio is to PyTorch on as many cores. The limit is what wasm can do on one
core, in GFLOPS, measured right before and after: where it differs, others used the machine.
`;
}

/** A row for each contender, and notes below: why some are absent, what others ran on. */
function contenderTable(contenders: readonly ContenderResult[]): string {
  const rows = contenders.map((row) => {
    if ("absent" in row) return [row.name, "absent", "", "", "", "", ""];
    const { name, milliseconds, rounds, ratio, gflops, limit, peak } = row;
    const times = ratio === undefined ? "" : `${digits(ratio)}×`;
    return [
      name,
      digits(milliseconds),
      rangeOf(rounds),
      times,
      digits(gflops),
      digits(limit),
      digits(peak),
    ];
  });
  const names = ["", "ms/step", "rounds", "ratio", "GFLOPS", "limit", "peak MiB"];
  return `${table(names, rows)}\n${notes(contenders)}`;
}

function rangeOf(rounds: readonly number[]): string {
  if (rounds.length === 1) return "only one";
  return `${digits(Math.min(...rounds))}–${digits(Math.max(...rounds))}`;
}

function notes(contenders: readonly ContenderResult[]): string {
  return contenders.flatMap((row) => {
    if ("absent" in row) return [`- ${row.name} is absent: ${row.absent}\n`];
    return row.note === undefined ? [] : [`- ${row.name} ran on ${row.note}\n`];
  }).join("");
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
