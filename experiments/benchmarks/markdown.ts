/**
 * The report for people.
 *
 * @module
 */

import type { GrowthPoint } from "./growth_here.ts";
import type { KernelTime } from "./kernel_times.ts";
import type { Limits } from "./profile_here.ts";
import type { Report } from "./report.ts";
import type { Setup } from "./setup.ts";
import type { Standing } from "./standings.ts";
import { digits, table } from "./table.ts";

/** The report as Markdown, the same for the same report. */
export function markdown(report: Report): string {
  const { contenders, profile, growth, setup } = report;
  return [
    `# A training step of the article's network\n`,
    opening(report),
    contenderTable(contenders),
    notes(contenders),
    `## Ours on wasm, one core, by kernel\n`,
    limitsText(profile.limits, profile.milliseconds),
    kernelTable(profile),
    `## Ours on wasm, one core, by size\n`,
    `One size changes at a time; the channels are the block's.\n`,
    growthTable(growth),
    `## Getting going\n`,
    `Cold processes, files in the machine's cache, wasm on one core.\n`,
    setupTable(setup),
  ].filter((part) => part !== "").join("\n");
}

function opening({ machine, date, quick, flop }: Report): string {
  const { processor, cores, load, system, deno, tensorflow } = machine;
  const where = `${processor}, ${cores} ${cores === 1 ? "core" : "cores"}, ${system}`;
  const short = quick ? " Short measurement (--quick)." : "";
  return `${where}; ${machine.package}, Deno ${deno}, TensorFlow.js ${tensorflow}; ${date}.${short}
Other programs kept ${digits(load)} of the cores busy in the minute before.

Medians over rounds in which all take turns, each round in a new process. A step is
${digits(flop / 1e9)} GFLOP. The ratio is to PyTorch on as many cores.
`;
}

/** Absent contenders are in the table, too: their reasons are in the notes below. */
function contenderTable(contenders: readonly Standing[]): string {
  const rows = contenders.map((row) => {
    if ("absent" in row) return [row.name, "absent", "", "", "", ""];
    const { name, milliseconds, rounds, ratio, gflops, peak } = row;
    const range = `${digits(Math.min(...rounds))}–${digits(Math.max(...rounds))}`;
    const times = ratio === undefined ? "" : `${digits(ratio)}×`;
    return [name, digits(milliseconds), range, times, digits(gflops), digits(peak)];
  });
  return table(["", "ms/step", "rounds", "ratio", "GFLOPS", "peak MiB"], rows);
}

function notes(contenders: readonly Standing[]): string {
  return contenders.flatMap((row) => {
    if ("absent" in row) return [`- ${row.name} is absent: ${row.absent}\n`];
    return row.note === undefined ? [] : [`- ${row.name} ran on ${row.note}\n`];
  }).join("");
}

function limitsText({ gflops, gigabytes }: Limits, milliseconds: number): string {
  return `A step takes ${
    digits(milliseconds)
  } ms here, with a clock on every kernel. This core's limits, measured
in the same process: ${
    digits(gflops)
  } GFLOPS, multiplying and adding four lanes at a time without leaving
the registers; ${
    digits(gigabytes)
  } GB/s, copying 8 MiB. A kernel's least time is what its products need at the
first limit or its inputs and outputs at the second, whichever is longer; the last column divides
its time by that. Below 1, its tensors were in a nearer cache than those 8 MiB.
`;
}

/** Kernels of a smaller part of the step than this have one row together. */
const SMALL = 0.01;

function kernelTable({ kernels, milliseconds, steps, limits }: Report["profile"]): string {
  const whole = milliseconds * steps;
  const small = kernels.filter((kernel) => kernel.milliseconds < SMALL * whole);
  const inside = kernels.reduce((sum, kernel) => sum + kernel.milliseconds, 0);
  const row = (kernel: KernelTime) => kernelRow(kernel, { whole, steps, limits });
  const rest = { calls: 0, milliseconds: whole - inside, flop: 0, bytes: 0 };
  return table(["", "calls", "ms", "share", "GFLOPS", "GB/s", "times its least"], [
    ...kernels.filter((kernel) => !small.includes(kernel)).map(row),
    ...(small.length > 0 ? [row(together(small))] : []),
    row({ kernel: "outside kernels", ...rest }),
  ]);
}

function together(kernels: readonly KernelTime[]): KernelTime {
  const sum = (name: "calls" | "milliseconds" | "flop" | "bytes") =>
    kernels.reduce((total, kernel) => total + kernel[name], 0);
  return {
    kernel: `${kernels.length} others`,
    calls: sum("calls"),
    milliseconds: sum("milliseconds"),
    flop: sum("flop"),
    bytes: sum("bytes"),
  };
}

function kernelRow(
  { kernel, calls, milliseconds, flop, bytes }: KernelTime,
  { whole, steps, limits }: {
    readonly whole: number;
    readonly steps: number;
    readonly limits: Limits;
  },
): string[] {
  const least = Math.max(flop / limits.gflops, bytes / limits.gigabytes) / 1e6;
  return [
    kernel,
    calls === 0 ? "" : digits(calls / steps),
    digits(milliseconds / steps),
    `${(100 * milliseconds / whole).toFixed(1)} %`,
    flop === 0 ? "" : digits(flop / milliseconds / 1e6),
    bytes === 0 ? "" : digits(bytes / milliseconds / 1e6),
    least === 0 ? "" : digits(milliseconds / least),
  ];
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
