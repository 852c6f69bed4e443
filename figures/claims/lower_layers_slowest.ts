/**
 * The fifth claim: how fast each layer of a stack learns, with and without residual connections.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import type { RunRecord } from "../../src/train/record.ts";
import { chart, mark, notes } from "../chart.ts";
import { originOf, seedsOf } from "../origin.ts";
import { numbers, pick } from "../pick.ts";
import type { Layer } from "../svg.ts";
import { writeSvg } from "../svg.ts";
import { colours } from "../theme.ts";

const DEPTHS = [2, 4, 8, 16] as const;
const OPTIMIZERS = [["adam", "Adam"], ["sgd", "SGD"]] as const;
const VARIANTS = [
  { variant: "residual", colour: colours.xRes, symbol: "circle", dashes: undefined },
  { variant: "plain", colour: colours.loss, symbol: "square", dashes: "5 3" },
] as const;

/** Below this nothing of an update is kept in float32. */
const FLOOR = 2 ** -24;
/** The first so many steps are averaged. */
const START = 100;
const LEFT = 72;
const WIDTH = 136;
const GAP = 17;
const HEIGHT = 150;

/** A layer's mean relative update in one variant: the seeds' geometric mean, least and greatest. */
interface Speed {
  readonly x: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Draws a chart for each depth and optimizer, from the diagnostics of the experiment depth. */
export function lowerLayersSlowest(records: readonly RunRecord[]): string {
  const used: RunRecord[] = [];
  const cells = OPTIMIZERS.flatMap(([id, name], row) =>
    DEPTHS.map((depth, column) => {
      const drawn = VARIANTS.map(({ variant, ...style }) => {
        const wanted = { experiment: "depth", case: `${variant}-${id}-${depth}` };
        const runs = pick(records, { ...wanted, diagnostics: true });
        used.push(...runs);
        return { variant, style, speeds: speeds(runs, depth) };
      });
      return { drawn, row, column, depth, name };
    })
  );
  const highest = cells.flatMap(({ drawn }) => drawn).flatMap(({ speeds }) =>
    speeds.map(({ high }) => high)
  );
  const top = 8 * Math.max(...highest); // Room for the curves' names.
  const layers = cells.map(({ drawn, ...place }) => panel(drawn, { ...place, top }));
  const bottom = 60 + 2 * HEIGHT + 46 + 52;
  const seeds = seedsOf(
    pick(used, { experiment: "depth", case: "plain-adam-2", diagnostics: true }),
  );
  const text = [
    `mean ‖ΔW‖ / ‖W‖ of the first ${START} steps, the convolutions from the lowest (left) to the highest`,
    `block; ${seeds}: geometric mean, bars from the least to the greatest; at most 2⁻²⁴ shows at the foot`,
  ];
  return writeSvg([...layers, notes(text, bottom)], {
    height: bottom + 50,
    title: "How fast each layer learns, with and without residual connections, by depth",
    description: `Relative updates by layer for stacks of 2, 4, 8 and 16 blocks; ${
      text.join(" ")
    }.`,
    metadata: originOf(used),
  });
}

function speeds(runs: readonly RunRecord[], depth: number): Speed[] {
  const convolutions = Array.from(
    { length: 2 * depth },
    (_, i) => `block${Math.floor(i / 2) + 1}_conv${i % 2 + 1}`,
  );
  return convolutions.map((layer, x) => {
    const means = runs.map((run) => meanUpdate(run, layer));
    const logs = means.map(Math.log);
    const mean = Math.exp(logs.reduce((sum, value) => sum + value, 0) / logs.length);
    return { x, mean, low: Math.min(...means), high: Math.max(...means) };
  });
}

function meanUpdate(run: RunRecord, layer: string): number {
  const rows = numbers(run, "step").filter((step) => step < START).length;
  const values = numbers(run, `${layer}_update`).slice(0, rows);
  return Math.max(FLOOR, values.reduce((sum, value) => sum + value, 0) / values.length);
}

interface Drawn {
  readonly variant: string;
  readonly style: Pick<(typeof VARIANTS)[number], "colour" | "symbol" | "dashes">;
  readonly speeds: readonly Speed[];
}

function panel(
  drawn: readonly Drawn[],
  { row, column, depth, name, top }: {
    readonly row: number;
    readonly column: number;
    readonly depth: number;
    readonly name: string;
    readonly top: number;
  },
): Layer {
  const title = row === 0 ? `${depth} blocks` : undefined;
  const last = 2 * depth - 1;
  return chart({
    ...{ title, top: 60 + row * (HEIGHT + 46), height: HEIGHT },
    ...{ left: LEFT + column * (WIDTH + GAP), width: WIDTH },
    x: {
      ...{ domain: [-0.04 * last - 0.2, 1.04 * last + 0.2], names: [] },
      label: row === 1 ? "lowest … highest" : undefined,
    },
    y: {
      ...{ domain: [FLOOR / 2, top], log: true, numbered: column === 0 },
      label: column === 0 ? `‖ΔW‖ / ‖W‖, ${name}` : undefined,
    },
    marks: [
      ...drawn.flatMap(({ style, speeds }) => curve(speeds, style)),
      ...row === 0 && column === 2 ? names(drawn, last) : [],
    ],
  });
}

function curve(
  speeds: readonly Speed[],
  { colour, symbol, dashes }: Drawn["style"],
): Plot.Markish[] {
  return [
    Plot.ruleX(speeds, { x: "x", y1: "low", y2: "high", stroke: colour, strokeOpacity: 0.5 }),
    Plot.line(speeds, {
      ...{ x: "x", y: "mean", stroke: colour, strokeWidth: 1.6, strokeDasharray: dashes },
    }),
    Plot.dot(speeds, { x: "x", y: "mean", fill: colour, symbol, r: 2.6 }),
  ];
}

function names(drawn: readonly Drawn[], last: number): Plot.Markish[] {
  return drawn.map(({ variant, style: { colour }, speeds }) => {
    const residual = variant === "residual";
    const { mean } = speeds[Math.floor(last / (residual ? 2 : 3))];
    return mark(residual ? "residual" : "plain", {
      ...{ x: last / (residual ? 2 : 3), y: mean, fill: colour, textAnchor: "middle" },
      ...{ dx: residual ? 0 : 30, dy: residual ? -10 : 26 },
    });
  });
}
