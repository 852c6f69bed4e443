/**
 * The benchmark: milliseconds a training step, a bar for each contender.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import { extent, range } from "d3-array";
import { format } from "d3-format";
import { truncate } from "../../figures/format.ts";
import type { Layer } from "../../figures/layer.ts";
import { writeSvg } from "../../figures/svg.ts";
import { colors, sizes, strokes } from "../../figures/theme.ts";

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
export interface BenchmarkReport {
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
export function benchmark({ machine, date, contenders }: BenchmarkReport): string {
  checkTimes(contenders);
  const where = describe(machine);
  const labels = contenders.map((bar) => `${bar.name}: ${barLabel(bar)}`);
  return writeSvg([bars(contenders, { where })], {
    name: "benchmark",
    height: barsHeight(contenders.length),
    title: "Milliseconds a training step",
    description: `Bars on a logarithmic scale, measured on ${where}. ${labels.join("; ")}`,
    provenance: { machine, date },
  });
}

function describe({ processor, cores, load, system }: BenchmarkReport["machine"]): string {
  const count = `${cores} ${cores === 1 ? "core" : "cores"}`;
  const busy = load > BUSY ? ", busy with other work" : "";
  return `${truncate(processor, 40)}, ${count}, ${truncate(system, 20)}${busy}`;
}

function checkTimes(contenders: readonly Bar[]): void {
  const times = contenders.flatMap((bar) => "absent" in bar ? [] : [bar.milliseconds]);
  const wrong = times.find((time) => !(time > 0 && time < Infinity));
  if (times.length > 0 && wrong === undefined) return;
  const got = wrong === undefined ? "no contender that was measured" : `${wrong} ms`;
  throw new RangeError(`Cannot draw the benchmark: times must be numbers above 0, got ${got}`);
}

const fills = { ours: colors.xIn, stock: colors.xRes, pytorch: colors.loss } as const;

/** A bar with the gaps around it, in pixels. */
const row = 40;

/** Around the bars, in pixels: names, and room for the label of the longest. */
const frame = { marginTop: 52, marginBottom: 86, marginLeft: 190, marginRight: 130 } as const;

/** From the middle of the bars to that of the sheet, where texts above and below are. */
const center = (frame.marginRight - frame.marginLeft) / 2;

/** Height of so many bars with their margins, in pixels. */
function barsHeight(count: number): number {
  return frame.marginTop + row * count + frame.marginBottom;
}

/** What stands at the end of a bar: `33.1 (1.10×)`, three digits that count. */
function barLabel(bar: Bar): string {
  if ("absent" in bar) return "absent";
  const { milliseconds, ratio } = bar;
  return ratio === undefined ? short(milliseconds) : `${short(milliseconds)} (${short(ratio)}×)`;
}

/** The bars from top to bottom, at least one of them timed; `where` is written below. */
function bars(contenders: readonly Bar[], { where }: { readonly where: string }): Layer {
  const [from, to] = decades(contenders);
  const end = (bar: Bar) => "absent" in bar ? from : bar.milliseconds;
  const y = ({ name }: Bar) => truncate(name, 24);
  const marks = [
    ...axes(from, to),
    Plot.barX(contenders, {
      x1: () => from,
      x2: end,
      y,
      insetTop: 5,
      insetBottom: 5,
      fill: ({ owner }: Bar) => fills[owner],
    }),
    Plot.text(contenders, {
      x: end,
      y,
      text: barLabel,
      textAnchor: "start",
      dx: 8,
      fontSize: sizes.tick,
      fill: (bar: Bar) => "absent" in bar ? colors.muted : colors.ink,
      stroke: colors.paper, // Keeps the grid off the digits.
      strokeWidth: 5,
    }),
    ...texts(where),
  ];
  return {
    top: 0,
    plot: {
      ...frame,
      height: barsHeight(contenders.length),
      marks,
      x: { type: "log", domain: [from, to] },
      y: { domain: contenders.map(y), padding: 0 },
      color: { type: "identity" },
    },
  };
}

/** A line at each power of ten, numbered; the names are where the bars start. */
function axes(from: number, to: number): Plot.Markish[] {
  const ticks = powers(from, to);
  const style = {
    label: null,
    tickPadding: 6,
    strokeWidth: strokes.axis,
    fontSize: sizes.tick,
    fontVariant: "normal",
  } as const;
  return [
    Plot.ruleX(ticks, { stroke: colors.muted, strokeOpacity: 0.35 }),
    Plot.axisX({ ticks, tickFormat: short, tickSize: 6, ...style }),
    Plot.axisY({ tickSize: 0, ...style }),
  ];
}

function texts(where: string): Plot.Markish[] {
  const below = `logarithmic scale; × is to PyTorch on as many cores\n${where}`;
  return [
    Plot.text(["milliseconds a step of the article’s network"], {
      frameAnchor: "top",
      dx: center,
      dy: -28,
      fontSize: sizes.title,
    }),
    Plot.text([below], {
      frameAnchor: "bottom",
      lineAnchor: "top",
      dx: center,
      dy: 38,
      lineHeight: 1.35,
      fontSize: sizes.caption,
      fill: colors.muted,
    }),
  ];
}

/** The powers of ten around all times; the lower is below the least, whose bar is seen. */
function decades(contenders: readonly Bar[]): [from: number, to: number] {
  const times = contenders.flatMap((bar) => "absent" in bar ? [] : [bar.milliseconds]);
  const [lowest, highest] = extent(times).map((time: number) => Math.ceil(Math.log10(time)));
  return [power(lowest - 1), power(highest)];
}

function powers(from: number, to: number): number[] {
  const [lowest, highest] = [from, to].map((end) => Math.round(Math.log10(end)));
  return range(lowest, highest + 1).map(power);
}

/** Decimal text, since 10 ** -5 is not 1e-5. */
function power(exponent: number): number {
  return Number(`1e${exponent}`);
}

/** Three digits that count, without zeros at the end: 31.6, 30,100, 10. */
const short: (value: number) => string = format(",.3~r");
