/**
 * Each kernel's share of a step and its distance from the machine's limits, for people.
 *
 * @module
 */

import type { KernelTime } from "./kernel_clock.ts";
import type { Limits } from "./profile_worker.ts";
import type { Report } from "./report.ts";
import { digits, table } from "./markdown_table.ts";

function limitsText({ gflops, gigabytes }: Limits, milliseconds: number): string {
  const [step, products, copies] = [milliseconds, gflops, gigabytes].map(digits);
  return `A step takes ${step} ms here, with a clock on every kernel. This core's limits, measured in the
same process: ${products} GFLOPS, multiplying and adding four lanes at a time without leaving the
registers; ${copies} GB/s, copying 8 MiB. A kernel's least time is what its products need at the first
limit or its inputs and outputs at the second, whichever is longer; its GFLOPS or GB/s are to be
compared with that one, and the last column divides its time by its least. Below 1, its tensors were
in a nearer cache than those 8 MiB.
`;
}

/** Kernels of a smaller part of the step than this have one row together. */
const SMALL = 0.01;

/** The table, and above it what its limits are. */
export function kernelTable(profile: Report["profile"]): string {
  const { kernels, milliseconds, steps, limits } = profile;
  const whole = milliseconds * steps;
  const small = kernels.filter((kernel) => kernel.milliseconds < SMALL * whole);
  const inside = kernels.reduce((sum, kernel) => sum + kernel.milliseconds, 0);
  const row = (kernel: KernelTime) => kernelRow(kernel, { whole, steps, limits });
  const rest = { calls: 0, milliseconds: whole - inside, flop: 0, bytes: 0 };
  const names = ["", "calls", "ms", "share", "GFLOPS", "GB/s", "times its least"];
  const rows = [
    ...kernels.filter((kernel) => !small.includes(kernel)).map(row),
    ...(small.length > 0 ? [row(together(small))] : []),
    row({ kernel: "outside kernels", ...rest }),
  ];
  return `${limitsText(limits, milliseconds)}\n${table(names, rows)}`;
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
  const [products, copies] = [flop / limits.gflops / 1e6, bytes / limits.gigabytes / 1e6];
  const least = Math.max(products, copies);
  return [
    kernel,
    calls === 0 ? "" : digits(calls / steps),
    digits(milliseconds / steps),
    `${(100 * milliseconds / whole).toFixed(1)} %`,
    products > copies ? digits(flop / milliseconds / 1e6) : "",
    copies > products ? digits(bytes / milliseconds / 1e6) : "",
    least === 0 ? "" : digits(milliseconds / least),
  ];
}
