/**
 * The benchmark: milliseconds a training step, a bar for each contender.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import { extent } from "d3-array";
import { format } from "d3-format";
import { figure, type FigureChart, textAt } from "../../figures/chart.ts";
import { truncate } from "../../figures/format.ts";
import { colors } from "../../figures/theme.ts";
import { logTicks } from "../../figures/ticks.ts";

/** One that was timed, or that is absent. */
export type Bar = Named & (Timed | Absent);

interface Named {
  /** Its name, for people. */
  readonly name: string;
  /** Whose code it is; each has its color. */
  readonly owner: "ours" | "stock" | "pytorch";
}

interface Timed {
  /** Milliseconds a step, above 0. */
  readonly milliseconds: number;
  /** Its time divided by PyTorch's on as many cores. */
  readonly ratio?: number;
}

interface Absent {
  /** Why there is no time. */
  readonly absent: string;
}

/** As much of the benchmark's JSON as the figure shows. */
export interface Benchmark {
  /** Where it was measured; all of it is kept in the file. */
  readonly machine: {
    /** The processor's name. */
    readonly processor: string;
    /** Its cores. */
    readonly cores: number;
    /** Other programs that wanted a core, on average; the figure says so above {@linkcode BUSY}. */
    readonly load: number;
    /** Operating system and instruction set. */
    readonly system: string;
  };
  /** When it was measured; kept in the file. */
  readonly date: string;
  /** The bars, from top to bottom. */
  readonly contenders: readonly Bar[];
}

/** With so much of a core in use elsewhere, a step's time says more about the others. */
export const BUSY = 0.5;

/**
 * Draws the milliseconds a step as bars on a logarithmic scale, with the time and the ratio to PyTorch
 * at each end; an absent contender has the word in place of a bar.
 *
 * @returns An SVG file's text, the same for the same benchmark
 * @throws {RangeError} If no contender was measured, or a time is not a number above 0
 */
export function benchmark({ machine, date, contenders }: Benchmark): string {
  checkTimes(contenders);
  const where = describe(machine);
  const labels = contenders.map((bar) => `${bar.name}: ${barLabel(bar)}`);
  return figure({
    name: "benchmark",
    title: "Milliseconds a training step",
    description: `Bars on a logarithmic scale, measured on ${where}. ${labels.join("; ")}`,
    charts: [barChart(contenders)],
    notes: ["× is to PyTorch on as many cores", where],
    provenance: { machine, date },
  });
}

/** The bars from top to bottom, at least one of them timed. */
function barChart(contenders: readonly Bar[]): FigureChart {
  const [least, most] = extent(timesOf(contenders)) as [number, number];
  const from = powerOfTen(Math.ceil(Math.log10(least)) - 1); // below the least, whose bar is seen
  const to = most * (most / from) ** 0.28; // room for the labels
  const end = (bar: Bar) => "absent" in bar ? from : bar.milliseconds;
  const bars = contenders.map((bar, y) => ({ fill: FILLS[bar.owner], end: end(bar), y }));
  return {
    title: "a training step of the article’s network",
    height: 40 * contenders.length,
    x: { domain: [from, to], log: true, label: "milliseconds, on a logarithmic scale" },
    y: {
      domain: [contenders.length - 0.5, -0.5],
      names: contenders.map(({ name }) => truncate(name, 24)),
    },
    marks: [
      Plot.ruleX(logTicks([from, to]).values, { stroke: colors.muted, strokeOpacity: 0.35 }),
      Plot.rect(bars, {
        x1: from,
        x2: "end",
        y1: ({ y }: { readonly y: number }) => y - 0.38,
        y2: ({ y }: { readonly y: number }) => y + 0.38,
        fill: "fill",
      }),
      ...contenders.map((bar, y) =>
        textAt(barLabel(bar), {
          x: end(bar),
          y,
          dx: 8,
          lineAnchor: "middle",
          fill: "absent" in bar ? colors.muted : colors.ink,
        })
      ),
    ],
  };
}

const FILLS = { ours: colors.xIn, stock: colors.xRes, pytorch: colors.loss } as const;

/** What stands at the end of a bar: `33.1 (1.10×)`, three digits that count. */
function barLabel(bar: Bar): string {
  if ("absent" in bar) return "absent";
  const { milliseconds, ratio } = bar;
  return ratio === undefined ? short(milliseconds) : `${short(milliseconds)} (${short(ratio)}×)`;
}

/** Three digits that count, without zeros at the end: 31.6, 30,100, 10. */
const short: (value: number) => string = format(",.3~r");

function describe({ processor, cores, load, system }: Benchmark["machine"]): string {
  const count = `${cores} ${cores === 1 ? "core" : "cores"}`;
  const busy = load > BUSY ? ", busy with other work" : "";
  return `${truncate(processor, 40)}, ${count}, ${truncate(system, 20)}${busy}`;
}

function checkTimes(contenders: readonly Bar[]): void {
  const times = timesOf(contenders);
  const wrong = times.find((time) => !(time > 0 && time < Infinity));
  if (times.length > 0 && wrong === undefined) return;
  const got = wrong === undefined ? "no contender that was measured" : `${wrong} ms`;
  throw new RangeError(`Cannot draw the benchmark: times must be numbers above 0, got ${got}`);
}

function timesOf(contenders: readonly Bar[]): number[] {
  return contenders.flatMap((bar) => "absent" in bar ? [] : [bar.milliseconds]);
}

/** Decimal text, since 10 ** -5 is not 1e-5. */
function powerOfTen(exponent: number): number {
  return Number(`1e${exponent}`);
}
