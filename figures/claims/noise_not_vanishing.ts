/**
 * The third claim: what instance norms and coherence say of the small norm at x_in.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import type { RunRecord } from "../../src/train/record.ts";
import { band, type Spread, spread } from "../band.ts";
import { chart, mark, notes } from "../chart.ts";
import { originOf, seedsOf } from "../origin.ts";
import { numbers, pick } from "../pick.ts";
import { writeSvg } from "../svg.ts";
import { colours } from "../theme.ts";

const BOTH = [
  { place: "x_res", colour: colours.xRes, dashes: "7 3" },
  { place: "x_in", colour: colours.xIn, dashes: undefined },
] as const;

/** Draws mean instance norms and coherence at both places, of the seeds of article/residual. */
export function noiseNotVanishing(records: readonly RunRecord[]): string {
  const runs = pick(records, { experiment: "article", case: "residual", diagnostics: true });
  const of = (what: string) =>
    BOTH.map(({ place, ...style }) => ({
      ...{ place, style },
      points: spread(runs, (record) => numbers(record, `${place}_${what}`)),
    }));
  const [norms, coherence] = [of("instance"), of("coherence")];
  const end = norms[0].points.at(-1)!.x;
  const values = norms.flatMap(({ points }) => points);
  const lowest = Math.min(...values.map(({ low }) => low)) / 1.3;
  const highest = Math.max(...values.map(({ high }) => high)) * 4;
  const top = Math.max(...coherence.flatMap(({ points }) => points.map(({ high }) => high))) * 1.08;
  const chance = 1 / Math.sqrt(Number(runs[0].configuration.batch));
  const halves = [
    { upTo: Math.min(200, end), left: 72, first: true },
    { upTo: end, left: 398, first: false },
  ];
  const layers = halves.flatMap(({ upTo, left, first }) => {
    const place = { left, width: 282, height: 170 };
    const x = { domain: [0, upTo], count: 4 } as const;
    const curves = (of: typeof norms) =>
      of.flatMap(({ points, style }) => [band(points.filter(({ x }) => x <= upTo), style)].flat());
    return [
      chart({
        title: first ? "‖gᵢ‖ of an instance’s gradient" : "the same, over the whole epoch",
        ...{ ...place, top: 46, x: { ...x, numbered: false } },
        y: { domain: [lowest, highest], log: true, numbered: first },
        marks: [...curves(norms), ...first ? names(norms) : []],
      }),
      chart({
        title: first ? "coherence of the instances’ gradients" : undefined,
        ...{ ...place, top: 274, x: { ...x, label: "batches" } },
        y: { domain: [0, top], numbered: first },
        marks: [
          Plot.ruleY([chance], { stroke: colours.ink, strokeDasharray: "2 3" }),
          ...curves(coherence),
          first ? null : mark(`unrelated directions, 1/√${runs[0].configuration.batch}`, {
            ...{ x: end, y: chance, textAnchor: "end", dy: 20, fontSize: 14 },
          }),
        ],
      }),
    ];
  });
  const text = [
    `${
      seedsOf(runs)
    }: mean, and the band from the least to the greatest; were noise the cause, the`,
    "upper curves would start together and the lower ones apart",
  ];
  return writeSvg([...layers, notes(text, 504)], {
    height: 554,
    title: "Norms and coherence of the instances’ gradients at x_in and x_res",
    description: `Mean instance norms and coherence at x_in and x_res over training; ${
      text.join(" ")
    }.`,
    metadata: originOf(runs),
  });
}

/** The curves' names, where they start. */
function names(
  curves: readonly { readonly place: string; readonly points: readonly Spread[] }[],
): Plot.Markish[] {
  return curves.map(({ place, points: [{ low, high }] }, i) =>
    mark(place, {
      ...{ x: 4, y: i === 0 ? high : low, fill: BOTH[i].colour, fontSize: 17 },
      dy: i === 0 ? -6 : 26,
    })
  );
}
