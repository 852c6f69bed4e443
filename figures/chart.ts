/**
 * One of the charts on a sheet: axes, a title that says what is seen, and what is drawn between them.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import type { Layer } from "./svg.ts";
import { colours, sizes, strokes, width as sheetWidth } from "./theme.ts";
import { ticks } from "./ticks.ts";
import { renderVariable } from "./variable.ts";

/** An axis. */
export interface Axis {
  readonly domain: readonly [from: number, to: number];
  /** What it counts, with its unit. @default no label */
  readonly label?: string;
  /** Powers of ten instead of even steps. @default false */
  readonly log?: boolean;
  /** At most so many steps between numbers. @default 4 */
  readonly count?: number;
  /** Whether the ticks have their numbers. @default true */
  readonly numbered?: boolean;
  /** The places of the ticks and their texts, where numbers will not do. @default numbers */
  readonly names?: readonly string[];
}

/** What a chart shows, and where on the sheet its axes are. */
export interface Chart {
  /** Above the axes; a variable at its end is written `x_res`. */
  readonly title?: string;
  /** Of the axes, in pixels from the sheet's top. */
  readonly top: number;
  /** Of the axes, in pixels. */
  readonly height: number;
  /** Of the axes, in pixels from the sheet's left. @default 72 */
  readonly left?: number;
  /** Of the axes, in pixels. @default to 20 pixels before the sheet's right */
  readonly width?: number;
  readonly x: Axis;
  readonly y: Axis;
  readonly marks: Plot.Markish[];
}

/** Room around the axes for their numbers, labels and title. */
const around = { above: 34, below: 50 } as const;

/** Draws a chart. */
export function chart(
  { title, top, height, left = 72, width = sheetWidth - left - 20, x, y, marks }: Chart,
): Layer {
  const middle = { frameAnchor: "top", dy: -12, fontSize: 17 } as const;
  return {
    top: top - around.above,
    plot: {
      height: height + around.above + around.below,
      marginTop: around.above,
      marginBottom: around.below,
      marginLeft: left,
      marginRight: sheetWidth - left - width,
      x: scale(x),
      y: scale(y),
      color: { type: "identity" },
      marks: [
        ...marks,
        Plot.frame({ anchor: "bottom", stroke: colours.ink, strokeWidth: strokes.axis }),
        Plot.frame({ anchor: "left", stroke: colours.ink, strokeWidth: strokes.axis }),
        axis(Plot.axisX, x),
        axis(Plot.axisY, y),
        title === undefined ? null : write(title, middle),
        label(x.label, { frameAnchor: "bottom", dy: x.names?.length === 0 ? 26 : 44 }),
        label(y.label, {
          ...{ frameAnchor: "left", dx: -54, rotate: -90, textAnchor: "middle" },
          lineAnchor: "middle",
        }),
      ],
    },
  };
}

function scale({ domain, log = false }: Axis): Plot.ScaleOptions {
  return { domain: [...domain], type: log ? "log" : "linear" };
}

function axis(draw: typeof Plot.axisX, options: Axis): Plot.Markish {
  const { numbered = true, names } = options;
  const { values, format } = placesOf(options);
  return draw({
    ticks: values,
    tickFormat: (value: number) => names?.[values.indexOf(value)] ?? format(value),
    ...numbered ? {} : { fill: "none" },
    label: null,
    tickSize: 5,
    tickPadding: 4,
    strokeWidth: strokes.axis,
    fontSize: 14,
    fontVariant: "normal",
  });
}

function placesOf(
  { domain: [from, to], log = false, count = 4, names }: Axis,
): { readonly values: number[]; readonly format: (value: number) => string } {
  if (names !== undefined) {
    return { values: names.map((_, i) => i), format: String };
  }
  if (log && to / from < 100) return { values: halvings(from, to), format: String };
  if (log) return { values: decades(from, to), format: power };
  const { values, format } = ticks(Math.max(Math.abs(from), to), { count });
  const both = [...values.slice(1).map((value) => -value).reverse(), ...values];
  return {
    values: both.filter((value) => value >= from && value <= to),
    format: (value) => format(value).replace("-", "−"),
  };
}

/** 1, 2 and 5 times the powers of ten within, for an axis of less than two decades. */
function halvings(from: number, to: number): number[] {
  const exponents = [-1, 0, 1].map((more) => Math.floor(Math.log10(from)) + 1 + more);
  return exponents.flatMap((exponent) => [1, 2, 5].map((factor) => Number(`${factor}e${exponent}`)))
    .filter((value) => value >= from && value <= to);
}

/** The powers of ten within, or every second, third … of them: at most six. */
function decades(from: number, to: number): number[] {
  const [low, high] = [Math.ceil(Math.log10(from) - 1e-9), Math.floor(Math.log10(to) + 1e-9)];
  const step = Math.ceil((high - low + 1) / 6);
  const values: number[] = [];
  for (let exponent = low; exponent <= high; exponent += step) values.push(Number(`1e${exponent}`));
  return values;
}

const RAISED: Readonly<Record<string, string>> = {
  ...{ "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴" },
  ...{ "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹" },
};

/** 0.01, 0.1, 1, 10, 100, and 10⁻³ where the digits would be many. */
function power(value: number): string {
  const exponent = Math.round(Math.log10(value));
  if (Math.abs(exponent) <= 2) return value.toLocaleString("en-US", { maximumFractionDigits: 2 });
  return `10${[...String(exponent)].map((digit) => RAISED[digit]).join("")}`;
}

function label(text: string | undefined, options: Plot.TextOptions): Plot.Markish {
  return text === undefined ? null : write(text, { fontSize: 15, ...options });
}

/** A text beside or within the axes. */
export function write(text: string, options: Plot.TextOptions): Plot.RenderableMark {
  return Plot.text([text], { lineAnchor: "bottom", render: renderVariable, ...options });
}

/** A text at a point of the chart, with the paper's colour around it so that curves do not cross it. */
export function mark(
  text: string,
  { x, y, ...options }: Plot.TextOptions & { readonly x: number; readonly y: number },
): Plot.RenderableMark {
  return Plot.text([{ x, y }], {
    ...{ x: "x", y: "y", text: () => text, fontSize: 15, textAnchor: "start" },
    ...{ fill: colours.ink, stroke: colours.paper, strokeWidth: 4 }, // The paper's colour is around it.
    ...{ lineAnchor: "bottom", render: renderVariable },
    ...options,
  });
}

/** Grey lines below everything, from this height on. */
export function notes(lines: readonly string[], top: number): Layer {
  const text = Plot.text([lines.join("\n")], {
    ...{ frameAnchor: "top", lineHeight: 1.35, fontSize: sizes.caption, fill: colours.muted },
  });
  const frame = { marginTop: 0, marginBottom: 0, marginLeft: 20, marginRight: 20 };
  return { top, plot: { height: 20 * lines.length + 8, ...frame, marks: [text] } };
}
