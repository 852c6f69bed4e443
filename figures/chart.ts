/**
 * Charts: axes with a title and what is drawn between them, and charts stacked on one sheet above the
 * notes that explain them.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import { wrap } from "./format.ts";
import type { Layer } from "./layer.ts";
import { mathText } from "./math_text.ts";
import { writeSvg } from "./svg.ts";
import {
  type ChartStyle,
  colors,
  compactStyle,
  sizes,
  strokes,
  width as sheetWidth,
} from "./theme.ts";
import { linearTicks, logTicks, type Ticks } from "./ticks.ts";

/** An axis. */
export interface Axis {
  readonly domain: readonly [from: number, to: number];
  /** What it counts, with its unit. @default no label */
  readonly label?: string;
  /** Powers of ten instead of even steps. @default false */
  readonly log?: boolean;
  /** At most so many steps between numbers. @default 4 */
  readonly count?: number;
  /** The smallest step between numbers. @default 0 */
  readonly smallest?: number;
  /** Whether the ticks have their numbers. @default true */
  readonly numbered?: boolean;
  /** Texts at 0, 1, 2 …, where numbers will not do; none for an axis without ticks. @default numbers */
  readonly names?: readonly string[];
}

/** What a chart shows. */
export interface Chart {
  /** Above the axes; a variable in it is written `x_res`. @default no title */
  readonly title?: string;
  readonly x: Axis;
  readonly y: Axis;
  /** From the lowest to the topmost. */
  readonly marks: Plot.Markish[];
  /** What line is what, in the upper right corner. @default no legend */
  readonly legend?: readonly LegendEntry[];
}

/** A line of a legend: a sample of the curve, and its name. */
export interface LegendEntry {
  readonly text: string;
  readonly color: string;
  readonly strokeWidth: number;
  /** Lengths of dashes and gaps. @default a solid line */
  readonly dashes?: string;
}

/** Where the axes are, in pixels from the sheet's top left corner. */
export interface Frame {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

/** Draws a chart at a place. */
export function chart(
  { title, x, y, marks, legend = [] }: Chart,
  { top, left, width, height }: Frame,
  style: ChartStyle = compactStyle,
): Layer {
  const axisLine = { stroke: colors.ink, strokeWidth: strokes.axis };
  return {
    top: top - style.above.untitled,
    plot: {
      height: height + style.above.untitled + style.below.labeled,
      marginTop: style.above.untitled,
      marginBottom: style.below.labeled,
      marginLeft: left,
      marginRight: sheetWidth - left - width,
      insetBottom: style.inset.bottom,
      insetLeft: style.inset.sides,
      insetRight: style.inset.sides,
      x: scale(x),
      y: scale(y),
      color: { type: "identity" },
      marks: [
        ...marks,
        legendMarks(legend, [x.domain, y.domain]),
        Plot.frame({ anchor: "bottom", ...axisLine }),
        Plot.frame({ anchor: "left", ...axisLine }),
        axisMark(Plot.axisX, x, style),
        axisMark(Plot.axisY, y, style),
        frameText(title, {
          frameAnchor: "top",
          dy: -style.title.distance,
          fontSize: style.title.size,
        }),
        frameText(x.label, {
          frameAnchor: "bottom",
          dy: isBare(x) ? 26 : style.label.distance,
          fontSize: style.label.size,
        }),
        frameText(y.label, {
          frameAnchor: "left",
          dx: -54,
          rotate: -90,
          textAnchor: "middle",
          lineAnchor: "middle",
          fontSize: style.label.size,
        }),
      ],
    },
  };
}

/** Whether nothing is written at the ticks. */
function isBare({ names }: Axis): boolean {
  return names?.length === 0;
}

function scale({ domain, log = false }: Axis): Plot.ScaleOptions {
  return { domain: [...domain], type: log ? "log" : "linear" };
}

function axisMark(draw: typeof Plot.axisX, axis: Axis, { tick }: ChartStyle): Plot.Markish {
  const { values, format } = ticksOf(axis);
  return draw({
    ticks: [...values],
    tickFormat: format,
    ...(axis.numbered ?? true ? {} : { fill: "none" }),
    label: null,
    tickSize: tick.length,
    tickPadding: 4,
    strokeWidth: strokes.axis,
    fontSize: tick.size,
    fontVariant: "normal",
  });
}

function ticksOf({ domain, log = false, count = 4, smallest, names }: Axis): Ticks {
  if (names !== undefined) {
    return { values: names.map((_, i) => i), format: (value) => names[value] };
  }
  return log ? logTicks(domain) : linearTicks(domain, { count, smallest });
}

function legendMarks(
  entries: readonly LegendEntry[],
  [[left, right], [bottom, top]]: readonly (readonly [from: number, to: number])[],
): Plot.Markish {
  const along = (share: number) => left + share * (right - left);
  return entries.map(({ text, color, strokeWidth, dashes }, i) => {
    const y = bottom + (0.86 - 0.2 * i) * (top - bottom);
    return [
      Plot.ruleY([y], {
        x1: along(0.56),
        x2: along(0.62),
        stroke: color,
        strokeWidth,
        strokeDasharray: dashes,
      }),
      textAt(text, { x: along(0.62), y, dx: 8, dy: 5 }),
    ];
  });
}

/** A text beside or within the axes, placed by the frame; nothing if there is none. */
export function frameText(text: string | undefined, options: Plot.TextOptions): Plot.Markish {
  if (text === undefined) return null;
  return Plot.text([text], { lineAnchor: "bottom", render: mathText, ...options });
}

/** A text at a point of the chart, with the paper's color around it so that curves do not cross it. */
export function textAt(
  text: string,
  { x, y, ...options }: Plot.TextOptions & { readonly x: number; readonly y: number },
): Plot.RenderableMark {
  return Plot.text([{ x, y }], {
    x: "x",
    y: "y",
    text: () => text,
    fontSize: 15,
    textAnchor: "start",
    fill: colors.ink,
    stroke: colors.paper,
    strokeWidth: 4,
    lineAnchor: "bottom",
    render: mathText,
    ...options,
  });
}

/** A chart of a figure. */
export interface FigureChart extends Chart {
  /** Of the axes, in pixels. @default what makes its column as high as the highest */
  readonly height?: number;
}

/** Charts below each other, their axes so wide in pixels. */
export interface FigureColumn {
  readonly width: number;
  readonly charts: readonly FigureChart[];
}

/** Charts on one sheet. */
export interface Figure {
  /** Its name, that of its file without the ending. */
  readonly name: string;
  /** What the figure is, in a few words, for readers who cannot see it. */
  readonly title: string;
  /** What it shows, in a sentence or two. */
  readonly description: string;
  /** One column of charts, or several beside each other. */
  readonly charts: readonly FigureChart[] | readonly FigureColumn[];
  /** Between columns, in pixels. @default room for the numbers of the next one's y axis */
  readonly gap?: number;
  /** Gray lines at the foot; a text of its own for each that starts a line. */
  readonly notes: readonly string[];
  /** Where its numbers come from. */
  readonly provenance: object;
  /** @default {@linkcode compactStyle} */
  readonly style?: ChartStyle;
}

/** Draws charts and notes on one sheet, and writes it as an SVG file's text. */
export function figure(
  { charts, gap = 84, notes, style = compactStyle, ...about }: Figure,
): string {
  const columns = columnsOf(charts, style);
  const rooms = roomsOf(columns, style);
  const heights = columns.map(({ charts }) => heightOf(charts, rooms));
  const height = Math.max(...heights);
  const layers: Layer[] = [];
  let left = leftOf(columns, style);
  for (const [i, { width, charts }] of columns.entries()) {
    let top = 0;
    for (const [row, each] of charts.entries()) {
      const { height: own = height - heights[i] } = each;
      top += rooms[row].above;
      layers.push(chart(each, { top, left, width, height: own }, style));
      top += own + rooms[row].below;
    }
    left += width + gap;
  }
  const foot = notesLayer(notes, { top: height, left: leftOf(columns, style), style });
  return writeSvg([...layers, foot.layer], { ...about, height: height + foot.height });
}

function columnsOf(charts: Figure["charts"], style: ChartStyle): readonly FigureColumn[] {
  const columns = charts.filter((each) => "charts" in each);
  if (columns.length > 0) return columns;
  const only = { width: 0, charts: charts as readonly FigureChart[] };
  return [{ ...only, width: sheetWidth - style.right - leftOf([only], style) }];
}

/** Where the first column's axes start: names on a y axis need more room than numbers. */
function leftOf([{ charts }]: readonly FigureColumn[], style: ChartStyle): number {
  const names = charts.flatMap(({ y }) => y.names ?? []);
  return Math.max(style.left, ...names.map((name) => 36 + 8 * name.length));
}

/** Room for what is written around a chart's axes, in pixels. */
interface Room {
  readonly above: number;
  readonly below: number;
}

/** The room of each row of charts: that of the chart in it with the most. */
function roomsOf(columns: readonly FigureColumn[], { above, below }: ChartStyle): Room[] {
  const rows = Math.max(...columns.map(({ charts }) => charts.length));
  return Array.from({ length: rows }, (_, row) => {
    const charts = columns.flatMap((column) => column.charts.slice(row, row + 1));
    const titled = charts.some(({ title }) => title !== undefined);
    const labeled = charts.some(({ x }) => x.label !== undefined || (x.names?.length ?? 0) > 0);
    return {
      above: titled ? above.titled : above.untitled,
      below: labeled ? below.labeled : below.unlabeled,
    };
  });
}

/** How high the charts of a column are, without the one that is stretched. */
function heightOf(charts: readonly FigureChart[], rooms: readonly Room[]): number {
  return charts.reduce(
    (sum, { height = 0 }, row) => sum + rooms[row].above + height + rooms[row].below,
    0,
  );
}

/** How wide a letter is on average, as a share of its size, in the widest of the typefaces. */
const LETTER = 0.52;

/** Height of a line of the notes, in pixels. */
const LINE = 20;

/** Gray lines that end before the sheet's margins, centered. */
function notesLayer(
  notes: readonly string[],
  { top, left, style }: {
    readonly top: number;
    readonly left: number;
    readonly style: ChartStyle;
  },
): { readonly layer: Layer; readonly height: number } {
  const { above, below, under } = style.notes;
  const [marginLeft, marginRight] = under === "axes" ? [left, style.right] : [20, 20];
  const most = Math.floor((sheetWidth - marginLeft - marginRight) / (LETTER * sizes.caption));
  const lines = notes.flatMap((note) => wrap(note, most));
  const text = Plot.text([lines.join("\n")], {
    frameAnchor: "top",
    lineHeight: 1.35,
    fontSize: sizes.caption,
    fill: colors.muted,
  });
  const height = LINE * lines.length;
  const plot = { height, marginTop: 0, marginBottom: 0, marginLeft, marginRight, marks: [text] };
  return { layer: { top: top + above, plot }, height: above + height + below };
}
