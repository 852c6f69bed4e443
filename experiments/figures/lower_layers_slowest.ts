/**
 * The fifth claim: how fast each layer of a stack learns, with and without residual connections.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import { extent, max, range } from "d3-array";
import type { RunRecord } from "@residual/connection";
import { geometricMean, Rows, selectRuns } from "@residual/connection/analysis";
import { figure, type FigureChart, textAt } from "../../figures/chart.ts";
import { sharedProvenance } from "../../figures/provenance.ts";
import { colors, dashes } from "../../figures/theme.ts";
import { LAYER_STEPS, LEAST_UPDATE, relativeUpdate } from "../claims/effects.ts";
import { countSeeds } from "./common.ts";

const DEPTHS = [2, 4, 8, 16] as const;
const OPTIMIZERS = [["adam", "Adam"], ["sgd", "SGD"]] as const;
const STYLES = {
  residual: { color: colors.xRes, symbol: "circle", dashes: undefined },
  plain: { color: colors.loss, symbol: "square", dashes: dashes.reference },
} as const;

type Variant = keyof typeof STYLES;

/** Draws a chart for each depth and optimizer, from the diagnostics of the experiment depth. */
export function lowerLayersSlowest(records: readonly RunRecord[]): string {
  const stackRuns = (variant: Variant, optimizer: string, depth: number) =>
    selectRuns(records, {
      experiment: "depth",
      case: `${variant}-${optimizer}-${depth}`,
      diagnostics: true,
    });
  const stacks = DEPTHS.map((depth) =>
    OPTIMIZERS.map(([id, optimizer]) => {
      const runs = {
        residual: stackRuns("residual", id, depth),
        plain: stackRuns("plain", id, depth),
      };
      const [residual, plain] = [speedsOf(runs.residual, depth), speedsOf(runs.plain, depth)];
      return { depth, optimizer, runs, residual, plain };
    })
  );
  const all = stacks.flat();
  const highest = max(all.flatMap(({ residual, plain }) => [...residual, ...plain]), highOf);
  const seeds = countSeeds(all[0].runs.plain);
  const notes =
    `mean ‖ΔW‖ / ‖W‖ of the first ${LAYER_STEPS} steps, the convolutions from the lowest ` +
    `(left) to the highest block; ${seeds}: geometric mean, bars from the least to the greatest; at ` +
    "most 2⁻²⁴ shows at the foot";
  return figure({
    name: "lower-layers-slowest",
    title: "How fast each layer learns, with and without residual connections, by depth",
    description: `Relative updates by layer for stacks of 2, 4, 8 and 16 blocks; ${notes}.`,
    charts: stacks.map((column, i) => ({
      width: 136,
      charts: column.map((stack, row) => stackChart(stack, { first: i === 0, row, highest })),
    })),
    gap: 17,
    notes: [notes],
    provenance: sharedProvenance(
      all.flatMap(({ runs }) => [...runs.residual, ...runs.plain]),
    ),
  });
}

/** A layer's relative update, over the seeds of one variant. */
interface Speed {
  readonly layer: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const highOf = ({ high }: Speed) => high;

function speedsOf(runs: readonly RunRecord[], depth: number): Speed[] {
  return range(2 * depth).map((layer: number) => {
    const name = `block${Math.floor(layer / 2) + 1}_conv${layer % 2 + 1}`;
    const updates = runs.map((run) => relativeUpdate(new Rows(run), name));
    const [low, high] = extent(updates);
    return { layer, mean: geometricMean(updates), low, high };
  });
}

interface Stack {
  readonly depth: number;
  readonly optimizer: string;
  readonly residual: readonly Speed[];
  readonly plain: readonly Speed[];
}

/** One depth under one optimizer; the numbers and the label stand at the first chart of a row. */
function stackChart(
  { depth, optimizer, residual, plain }: Stack,
  { first, row, highest }: {
    readonly first: boolean;
    readonly row: number;
    readonly highest: number;
  },
): FigureChart {
  const last = 2 * depth - 1;
  return {
    title: row === 0 ? `${depth} blocks` : undefined,
    height: 150,
    x: {
      domain: [-0.04 * last - 0.2, 1.04 * last + 0.2],
      names: [],
      label: row === 1 ? "lowest … highest" : undefined,
    },
    y: {
      domain: [LEAST_UPDATE / 2, 8 * highest], // Room for the curves' names.
      log: true,
      numbered: first,
      label: first ? `‖ΔW‖ / ‖W‖, ${optimizer}` : undefined,
    },
    marks: [
      speedMarks("residual", residual),
      speedMarks("plain", plain),
      row === 0 && depth === 8
        ? [
          nameAt("residual", residual[Math.floor(last / 2)], { x: last / 2, dx: 0, dy: -10 }),
          nameAt("plain", plain[Math.floor(last / 3)], { x: last / 3, dx: 30, dy: 26 }),
        ]
        : [],
    ],
  };
}

function speedMarks(variant: Variant, speeds: readonly Speed[]): Plot.Markish {
  const { color, symbol, dashes } = STYLES[variant];
  return [
    Plot.ruleX(speeds, { x: "layer", y1: "low", y2: "high", stroke: color, strokeOpacity: 0.5 }),
    Plot.line(speeds, {
      x: "layer",
      y: "mean",
      stroke: color,
      strokeWidth: 1.6,
      strokeDasharray: dashes,
    }),
    Plot.dot(speeds, { x: "layer", y: "mean", fill: color, symbol, r: 2.6 }),
  ];
}

function nameAt(
  variant: Variant,
  { mean }: Speed,
  place: { readonly x: number; readonly dx: number; readonly dy: number },
): Plot.Markish {
  const { color } = STYLES[variant];
  return textAt(variant, { ...place, y: mean, fill: color, textAnchor: "middle" });
}
