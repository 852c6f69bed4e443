/**
 * The benchmark: milliseconds a training step, a bar for each contender.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import { brief } from "./clean.ts";
import { type Layer, writeSvg } from "./svg.ts";
import { colours, sizes, strokes, width } from "./theme.ts";

/** A contender that was measured, or that is absent. */
export type Bar =
  & {
    /** Its name, for people. */
    readonly name: string;
    /** Whose code it is; each has its colour. */
    readonly owner: "ours" | "stock" | "pytorch";
  }
  & ({
    /** Milliseconds a step, above 0. */
    readonly milliseconds: number;
    /** Its time divided by PyTorch's on as many cores. */
    readonly ratio?: number;
  } | {
    /** Why there is no time. */
    readonly absent: string;
  });

/** As much of the benchmark's JSON as the figure shows. */
export interface Benchmark {
  /** Where it was measured; kept in the file. */
  readonly machine: Readonly<Record<"processor" | "system" | "package", string>> & {
    readonly cores: number;
  };
  /** When it was measured; kept in the file. */
  readonly date: string;
  /** The bars, from top to bottom. */
  readonly contenders: readonly Bar[];
}

const fills = { ours: colours.xIn, stock: colours.xRes, pytorch: colours.loss } as const;

/** Pixels: a bar with the gap below it, and what is around the bars. */
const row = 40;
const frame = { marginTop: 52, marginBottom: 86, marginLeft: 190, marginRight: 130 } as const;

/**
 * Draws the milliseconds a step as bars on a logarithmic scale, with the time and the ratio to PyTorch
 * at each end; an absent contender has the word in place of a bar.
 *
 * @returns An SVG file's text, the same for the same benchmark
 * @throws {RangeError} If no contender was measured, or a time is not a number above 0
 */
export function benchmark({ machine, date, contenders }: Benchmark): string {
  const times = contenders.flatMap((bar) => "absent" in bar ? [] : [bar.milliseconds]);
  checkTimes(times);
  const height = frame.marginTop + row * contenders.length + frame.marginBottom;
  const { processor, cores, system } = machine;
  const where = `${brief(processor, 40)}, ${cores} ${cores === 1 ? "core" : "cores"}, ` +
    brief(system, 20);
  return writeSvg([bars(contenders, { times, where, height })], {
    height,
    title: "Milliseconds a training step",
    description: `Bars on a logarithmic scale, on ${where}: ` +
      contenders.map((bar) => `${bar.name} ${label(bar)}`).join("; "),
    metadata: { machine, date },
  });
}

function checkTimes(times: readonly number[]): void {
  const wrong = times.find((time) => !(time > 0 && time < Infinity));
  if (times.length > 0 && wrong === undefined) return;
  const got = wrong === undefined ? "no contender that was measured" : `${wrong} ms`;
  throw new RangeError(`Cannot draw the benchmark: times must be numbers above 0, got ${got}`);
}

function bars(
  contenders: readonly Bar[],
  { times, where, height }: {
    readonly times: readonly number[];
    readonly where: string;
    readonly height: number;
  },
): Layer {
  const [from, to] = decades(times);
  const at = (bar: Bar) => "absent" in bar ? from : bar.milliseconds;
  const name = (bar: Bar) => bar.name;
  const marks = [
    Plot.ruleX(powers(from, to), { stroke: colours.muted, strokeOpacity: 0.35 }),
    Plot.axisX({ ticks: powers(from, to), tickFormat: count, ...axis, tickSize: 6 }),
    Plot.axisY({ ...axis, tickSize: 0 }),
    Plot.barX(contenders, {
      ...{ x1: () => from, x2: at, y: name },
      ...{ fill: ({ owner }: Bar) => fills[owner], insetTop: 5, insetBottom: 5 },
    }),
    Plot.text(contenders, {
      ...{ x: at, y: name, text: label, textAnchor: "start", dx: 8, fontSize: sizes.tick },
      fill: (bar: Bar) => "absent" in bar ? colours.muted : colours.ink,
      ...{ stroke: colours.paper, strokeWidth: 5 }, // Keeps the grid off the digits.
    }),
    Plot.text(["milliseconds a step of the article's network"], {
      ...{ frameAnchor: "top", dx: centre, dy: -28, fontSize: sizes.title },
    }),
    Plot.text([`logarithmic scale; × is to PyTorch on as many cores\n${where}`], {
      ...{ frameAnchor: "bottom", lineAnchor: "top", dx: centre, dy: 38, lineHeight: 1.35 },
      ...{ fontSize: sizes.caption, fill: colours.muted },
    }),
  ];
  return {
    top: 0,
    plot: {
      ...{ height, ...frame, marks },
      x: { type: "log", domain: [from, to] },
      y: { domain: contenders.map(name), padding: 0 },
      color: { type: "identity" },
    },
  };
}

/** From the middle of the bars' frame to that of the sheet. */
const centre = width / 2 - (frame.marginLeft + width - frame.marginRight) / 2;

const axis = {
  ...{ label: null, tickPadding: 6, strokeWidth: strokes.axis },
  ...{ fontSize: sizes.tick, fontVariant: "normal" },
} as const;

/** The powers of ten around all times, at least two. */
function decades(times: readonly number[]): [from: number, to: number] {
  const from = Math.ceil(Math.log10(Math.min(...times))) - 1; // below the least, never at it
  const to = Math.ceil(Math.log10(Math.max(...times)));
  return [10 ** from, 10 ** to];
}

function powers(from: number, to: number): number[] {
  const first = Math.round(Math.log10(from));
  const length = Math.round(Math.log10(to)) - first + 1;
  return Array.from({ length }, (_, i) => Number(`1e${first + i}`));
}

function label(bar: Bar): string {
  if ("absent" in bar) return "absent";
  const time = count(Number(bar.milliseconds.toPrecision(3)));
  return bar.ratio === undefined ? time : `${time}  (${count(Number(bar.ratio.toPrecision(3)))}×)`;
}

function count(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 6 });
}
