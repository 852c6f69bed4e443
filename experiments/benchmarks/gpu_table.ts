/**
 * The GPU's times as tables.
 *
 * @module
 */

import type { GpuReport } from "./gpu.ts";
import { digits, table } from "./markdown_table.ts";

/** A section of the report: steps by way, batch and depth, then a captured step by kernel. */
export function gpuSection(report: GpuReport | { readonly absent: string }): string {
  if ("absent" in report) return `Not measured: ${report.absent}.\n`;
  const { adapter, ours, stock, pytorch, kernels } = report;
  const torch = "absent" in pytorch ? [] : pytorch.steps;
  const note = "absent" in pytorch ? `PyTorch is absent: ${pytorch.absent}` : pytorch.note;
  const eager = (batch: number, depth: number) =>
    torch.find((step) => step.way === "eager" && step.batch === batch && step.depth === depth);
  const rows = [
    ...[...ours, ...stock].map((step) => ({
      ...step,
      name: step.way === "stock" ? "TensorFlow.js, eager" : `ours, ${step.way}`,
    })),
    ...torch.map((step) => ({ ...step, name: `PyTorch, ${step.way}` })),
  ];
  const names = [
    "",
    "batch",
    "blocks",
    "ms/step",
    "to PyTorch eager",
    "host ms",
    "dispatches",
    "bind groups",
    "submissions",
  ];
  const steps = table(
    names,
    rows.map((row) => {
      const peer = eager(row.batch, row.depth)?.milliseconds;
      return [
        row.name,
        `${row.batch}`,
        `${row.depth}`,
        digits(row.milliseconds),
        peer === undefined ? "" : `${digits(row.milliseconds / peer)}×`,
        ...numbers(row),
      ];
    }),
  );
  const whole = kernels.reduce((sum, { microseconds }) => sum + microseconds, 0);
  const shares = table(
    ["kernel", "dispatches", "µs", "share"],
    kernels.map(({ kernel, dispatches, microseconds }) => [
      kernel,
      `${dispatches}`,
      digits(microseconds),
      `${(100 * microseconds / whole).toFixed(1)} %`,
    ]),
  );
  return `${adapter}; ${note}. Adam, the norms at x_in and x_res, batches made on the way but for
PyTorch's, which has one batch on the device. Host ms are the processor's, all threads together, without
those within submissions.

${steps}
A captured step of 32 images and one block, each dispatch repeated while the device times it:

${shares}`;
}

/** What only our side counts. */
function numbers(row: object): string[] {
  const counted = row as Readonly<Record<string, number | undefined>>;
  return ["host", "dispatches", "bindGroups", "submissions"].map((name) =>
    counted[name] === undefined ? "" : digits(counted[name])
  );
}
