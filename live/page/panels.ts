/**
 * One of the page's charts: a measure over the batches.
 *
 * @module
 */

import { chart } from "../../figures/chart.ts";
import type { Layer } from "../../figures/layer.ts";
import { type Content, type Measure, NORMS } from "./content.ts";
import { marksOf } from "./marks.ts";

/** Where the axes are in a chart of the page, in pixels. */
export const frame = { left: 64, right: 20, top: 36, height: 112 } as const;

/** Height of a chart, in pixels; the last has room for the label of its axis, too. */
export function chartHeight(last: boolean): number {
  return frame.top + frame.height + (last ? 52 : 28);
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
    x: { domain: [0, end], label: last ? "batches" : undefined, count: narrow ? 4 : 8 },
    y: { domain: domainOf(measure, content), count: 3 },
    marks: marksOf(measure, content),
  }, {
    top: frame.top,
    left: frame.left,
    width: width - frame.left - frame.right,
    height: frame.height,
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
  const bounds = seeds?.columns[column];
  const shown = (seeds?.steps ?? []).filter((step) => step <= end).length;
  const all = [
    ...curves.map(({ columns }) => columns[column] ?? []),
    published?.[column]?.slice(0, end + 1) ?? [],
    bounds?.low.slice(0, shown) ?? [],
    bounds?.high.slice(0, shown) ?? [],
  ];
  const measured = all.flat().filter((value) => value !== null);
  return measured.length === 0 ? [] : [
    measured.reduce((a, b) => Math.min(a, b)),
    measured.reduce((a, b) => Math.max(a, b)),
  ];
}
