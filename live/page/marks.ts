/**
 * What is drawn between a chart's axes: the runs' curves, and what is laid under them.
 *
 * @module
 */

import type * as Plot from "@observablehq/plot";
import { frameText } from "../../figures/chart.ts";
import { band, curve, meanCurve, referenceLine } from "../../figures/marks.ts";
import { colors, sizes } from "../../figures/theme.ts";
import type { Content, Measure } from "./content.ts";
import type { Role } from "./curves.ts";

/** A measure's marks, from the lowest to the topmost. */
export function marksOf(measure: Measure, content: Content): Plot.Markish[] {
  return [...under(measure, content), ...over(measure, content), nothing(measure, content)];
}

function under({ column, color }: Measure, { published, seeds, end }: Content): Plot.Markish[] {
  const found = seeds?.columns[column];
  const points = found === undefined ? [] : seeds!.steps.map((step, i) => ({
    step,
    mean: found.mean[i],
    low: found.low[i],
    high: found.high[i],
  })).filter(({ step }) => step <= end);
  const line = (published?.[column] ?? []).slice(0, end + 1).map((mean, step) => ({ step, mean }));
  return [band(points, { color }), referenceLine(line)];
}

/** How the curves of each role are told apart, without colors. */
const DASHES: Readonly<Record<Role, string | undefined>> = {
  first: undefined,
  second: "9 4",
  dropped: "2 3",
};

function over({ column, color }: Measure, { curves }: Content): Plot.Markish[] {
  return curves.toReversed().map(({ role, steps, columns }) => {
    const values = columns[column];
    if (values === undefined) return null;
    if (role === "first") return curve(steps, values, color);
    return meanCurve(steps, values, {
      color: role === "dropped" ? colors.ink : color,
      dashes: DASHES[role],
    });
  });
}

/** Says so where there are runs, and none of them measures this. */
function nothing({ column }: Measure, { curves }: Content): Plot.Markish {
  const drawn = curves.length === 0 || curves.some(({ columns }) => column in columns);
  return drawn ? null : frameText("no residual connection, nothing to measure", {
    frameAnchor: "middle",
    lineAnchor: "middle",
    fontSize: sizes.caption,
    fill: colors.muted,
  });
}
