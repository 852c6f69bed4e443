/**
 * What is drawn between a chart's axes: the runs' curves, and what is laid under them.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import { band } from "../../figures/band.ts";
import { curve } from "../../figures/curve.ts";
import { trailingMean } from "../../figures/smooth.ts";
import { colours, sizes, strokes, width } from "../../figures/theme.ts";
import { thin } from "../../figures/thin.ts";
import type { Content, Measure } from "./content.ts";
import type { Role } from "./curves.ts";

/** A measure's marks, from the lowest to the topmost. */
export function marksOf(measure: Measure, content: Content): Plot.Markish[] {
  return [...under(measure, content), ...over(measure, content), nothing(measure, content)];
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
const DASHES: Readonly<Record<Role, string | undefined>> = {
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
    return Plot.line(thin(points, width), {
      ...{ x: "x", y: "y", stroke: role === "dropped" ? colours.ink : colour },
      ...{ strokeWidth: strokes.mean, strokeDasharray: DASHES[role] },
    });
  });
}

/** Says so where there are runs, and none of them measures this. */
function nothing({ column }: Measure, { curves }: Content): Plot.Markish {
  const drawn = curves.length === 0 || curves.some(({ columns }) => column in columns);
  return drawn ? null : Plot.text(["no residual connection, nothing to measure"], {
    ...{ frameAnchor: "middle", fontSize: sizes.caption, fill: colours.muted },
  });
}
