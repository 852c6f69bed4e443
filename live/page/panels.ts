/**
 * The charts under each other: which measure each shows, and how its curves are drawn.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import { band } from "../../figures/band.ts";
import { chart } from "../../figures/chart.ts";
import { curve } from "../../figures/curve.ts";
import { trailingMean } from "../../figures/smooth.ts";
import type { Layer } from "../../figures/layer.ts";
import { colours, sizes, strokes } from "../../figures/theme.ts";
import { thin } from "../../figures/thin.ts";
import type { SeedsOfCase } from "../shared/files.ts";
import type { Curves, Role } from "./curves.ts";

/** A measure with the words and the colour that it has in the figures. */
export interface Measure {
  readonly column: string;
  readonly title: string;
  readonly colour: string;
}

const LOSS: Measure = { column: "loss", title: "loss", colour: colours.loss };

const NORMS: readonly Measure[] = [
  { column: "x_res", title: "gradient norm on x_res", colour: colours.xRes },
  { column: "x_in", title: "gradient norm on x_in", colour: colours.xIn },
];

const A: Measure = { column: "a", title: "a", colour: colours.a };

/** Everything that the charts show. */
export interface Content {
  readonly curves: readonly Curves[];
  /** The published curves, if they are laid under. */
  readonly published?: Readonly<Record<string, readonly number[]>>;
  /** The committed runs, if they are laid under. */
  readonly seeds?: SeedsOfCase;
  /** The last step that the charts have room for, at least 1. */
  readonly end: number;
}

/** Where the axes are in a chart of the page, in pixels. */
export const frame = { left: 64, right: 20, top: 36, height: 112 } as const;

/** Height of a chart, in pixels; the last has room for the label of its axis besides. */
export function chartHeight(last: boolean): number {
  return frame.top + frame.height + (last ? 52 : 28);
}

/** Ends of the axis while runs are short: it grows in few stages, not with each step. */
const STAGES = [100, 250, 500, 1000];

/** The axis's end for these curves, of runs of so many steps. */
export function endOf(curves: readonly Curves[], steps: number): number {
  const last = Math.max(0, ...curves.map(({ steps }) => steps.at(-1) ?? 0));
  const stage = STAGES.find((end) => end >= last && end < steps);
  return stage ?? Math.max(last, steps - 1, 1);
}

/** The measures that there is something to show of. */
export function measuresOf({ curves }: Content): readonly Measure[] {
  return curves.some(({ columns }) => "a" in columns) ? [LOSS, ...NORMS, A] : [LOSS, ...NORMS];
}

/** One chart of the page, so wide; the last says what the axis counts. */
export function panel(
  measure: Measure,
  content: Content,
  { width, last }: { readonly width: number; readonly last: boolean },
): Layer {
  const { end } = content;
  const narrow = width < 500;
  return chart({
    title: measure.title,
    ...{ top: frame.top, height: frame.height, left: frame.left },
    width: width - frame.left - frame.right,
    x: { domain: [0, end], label: last ? "batches" : undefined, count: narrow ? 4 : 8 },
    y: { domain: domainOf(measure, content), count: 3 },
    marks: [...under(measure, content), ...over(measure, content), nothing(measure, content)],
  });
}

/** Says so where there are runs, and none of them measures this. */
function nothing({ column }: Measure, { curves }: Content): Plot.Markish {
  const drawn = curves.length === 0 || curves.some(({ columns }) => column in columns);
  return drawn ? null : Plot.text(["no residual connection, nothing to measure"], {
    ...{ frameAnchor: "middle", fontSize: sizes.caption, fill: colours.muted },
  });
}

/** The two norms have one scale, so that they can be compared. */
function domainOf(measure: Measure, content: Content): [from: number, to: number] {
  const together = NORMS.includes(measure) ? NORMS : [measure];
  const values = together.flatMap(({ column }) => extremes(column, content));
  const [from, to] = [Math.min(0, ...values), Math.max(0, ...values)];
  return from === to ? [0, 1] : [1.05 * from, 1.05 * to];
}

/** Numbers between which all curves of a column lie. */
function extremes(column: string, { curves, published, seeds, end }: Content): number[] {
  const all = [
    ...curves.map(({ columns }) => columns[column] ?? []),
    published?.[column]?.slice(0, end + 1) ?? [],
    seeds?.columns[column]?.low ?? [],
    seeds?.columns[column]?.high ?? [],
  ];
  const measured = all.flat().filter((value) => value !== null);
  return measured.length === 0 ? [] : [
    measured.reduce((a, b) => Math.min(a, b)),
    measured.reduce((a, b) => Math.max(a, b)),
  ];
}

function under({ column, colour }: Measure, { published, seeds, end }: Content): Plot.Markish[] {
  const found = seeds?.columns[column];
  const points = found === undefined ? [] : seeds!.steps.map((x, i) => ({
    ...{ x, mean: found.mean[i], low: found.low[i], high: found.high[i] },
  })).filter(({ x }) => x <= end);
  const line = (published?.[column] ?? []).slice(0, end + 1).map((y, x) => ({ x, y }));
  return [
    band(points, { colour }),
    Plot.line(line, {
      ...{ x: "x", y: "y", stroke: colours.ink, strokeWidth: 1.4, strokeDasharray: "5 3" },
    }),
  ];
}

/** How the curves of each role are told apart, without colours. */
export const DASHES: Readonly<Record<Role, string | undefined>> = {
  first: undefined,
  second: "9 4",
  dropped: "2 3",
};

function over({ column, colour }: Measure, { curves }: Content): Plot.Markish[] {
  return curves.toReversed().map(({ role, steps, columns }) => {
    const values = columns[column];
    if (values === undefined) return null;
    if (role === "first") return curve(steps, values, colour);
    const means = trailingMean(values, 20);
    const points = steps.flatMap((x, i) => means[i] === null ? [] : [{ x, y: means[i] }]);
    return Plot.line(thin(points, 700), {
      ...{ x: "x", y: "y", stroke: role === "dropped" ? colours.ink : colour },
      ...{ strokeWidth: strokes.mean, strokeDasharray: DASHES[role] },
    });
  });
}
