/**
 * Bars of times that lie far apart, on a logarithmic scale.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import { brief } from "./clean.ts";
import type { Layer } from "./svg.ts";
import { colours, sizes, strokes, width } from "./theme.ts";

/** One that was timed, or that is absent. */
export type Bar = Named & (Timed | Absent);

interface Named {
  /** Its name, for people. */
  readonly name: string;
  /** Whose code it is; each has its colour. */
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

const fills = { ours: colours.xIn, stock: colours.xRes, pytorch: colours.loss } as const;

/** A bar with the gaps around it, in pixels. */
const row = 40;

/** Around the bars, in pixels: names, and room for the label of the longest. */
const frame = { marginTop: 52, marginBottom: 86, marginLeft: 190, marginRight: 130 } as const;

/** From the middle of the bars to that of the sheet, where texts above and below are. */
const centre = (frame.marginRight - frame.marginLeft) / 2;

/** Height of so many bars with their margins, in pixels. */
export function barsHeight(count: number): number {
  return frame.marginTop + row * count + frame.marginBottom;
}

/** What stands at the end of a bar: `33.1 (1.10×)`, three digits that count. */
export function barLabel(bar: Bar): string {
  if ("absent" in bar) return "absent";
  const { milliseconds, ratio } = bar;
  return ratio === undefined ? short(milliseconds) : `${short(milliseconds)} (${short(ratio)}×)`;
}

/** The bars from top to bottom, at least one of them timed; `where` is written below. */
export function bars(contenders: readonly Bar[], { where }: { readonly where: string }): Layer {
  const [from, to] = decades(contenders);
  const end = (bar: Bar) => "absent" in bar ? from : bar.milliseconds;
  const y = ({ name }: Bar) => brief(name, 24);
  const marks = [
    ...axes(from, to),
    Plot.barX(contenders, {
      ...{ x1: () => from, x2: end, y, insetTop: 5, insetBottom: 5 },
      fill: ({ owner }: Bar) => fills[owner],
    }),
    Plot.text(contenders, {
      ...{ x: end, y, text: barLabel, textAnchor: "start", dx: 8, fontSize: sizes.tick },
      fill: (bar: Bar) => "absent" in bar ? colours.muted : colours.ink,
      ...{ stroke: colours.paper, strokeWidth: 5 }, // Keeps the grid off the digits.
    }),
    ...texts(where),
  ];
  return {
    top: 0,
    plot: {
      ...{ height: barsHeight(contenders.length), width, ...frame, marks },
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
    ...{ label: null, tickPadding: 6, strokeWidth: strokes.axis },
    ...{ fontSize: sizes.tick, fontVariant: "normal" },
  } as const;
  return [
    Plot.ruleX(ticks, { stroke: colours.muted, strokeOpacity: 0.35 }),
    Plot.axisX({ ticks, tickFormat: short, tickSize: 6, ...style }),
    Plot.axisY({ tickSize: 0, ...style }),
  ];
}

function texts(where: string): Plot.Markish[] {
  const below = `logarithmic scale; × is to PyTorch on as many cores\n${where}`;
  return [
    Plot.text(["milliseconds a step of the article’s network"], {
      ...{ frameAnchor: "top", dx: centre, dy: -28, fontSize: sizes.title },
    }),
    Plot.text([below], {
      ...{ frameAnchor: "bottom", lineAnchor: "top", dx: centre, dy: 38, lineHeight: 1.35 },
      ...{ fontSize: sizes.caption, fill: colours.muted },
    }),
  ];
}

/** The powers of ten around all times; the lower is below the least, whose bar is seen. */
function decades(contenders: readonly Bar[]): [from: number, to: number] {
  const times = contenders.flatMap((bar) => "absent" in bar ? [] : [bar.milliseconds]);
  const lowest = Math.ceil(Math.log10(Math.min(...times))) - 1;
  const highest = Math.ceil(Math.log10(Math.max(...times)));
  return [power(lowest), power(highest)];
}

function powers(from: number, to: number): number[] {
  const [lowest, highest] = [from, to].map((end) => Math.round(Math.log10(end)));
  return Array.from({ length: highest - lowest + 1 }, (_, i) => power(lowest + i));
}

/** Decimal text, since 10 ** -5 is not 1e-5. */
function power(exponent: number): number {
  return Number(`1e${exponent}`);
}

function short(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return rounded.toLocaleString("en-US", { maximumFractionDigits: 6 });
}
