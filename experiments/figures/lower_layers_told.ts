/**
 * The sixth claim: the loss where the layers below the block hear of one path only.
 *
 * @module
 */

import type { RunRecord } from "@residual/connection";
import { pairRuns } from "@residual/connection/analysis";
import { figure } from "../../figures/chart.ts";
import { sharedProvenance } from "../../figures/provenance.ts";
import { colors, dashes } from "../../figures/theme.ts";
import { countSeeds, lossChart } from "./common.ts";

const CASES = [
  { name: "both gradients", case: "both", style: { color: colors.loss } },
  {
    name: "that around the block only",
    case: "x_in-detached",
    style: { color: colors.xRes, dashes: dashes.second },
  },
  {
    name: "that through the block only",
    case: "x_res-detached",
    style: { color: colors.xIn, dashes: dashes.rule },
  },
] as const;

/** Draws the losses of the runs of paths. */
export function lowerLayersTold(records: readonly RunRecord[]): string {
  const runs = pairRuns(
    records,
    CASES.map(({ case: each }) => ({ experiment: "paths", case: each })),
  );
  const notes = `${countSeeds(runs[0])}: mean, and the band from the least to the greatest; the ` +
    "network’s output is the same in all, its layers above the block hear all";
  return figure({
    name: "lower-layers-told",
    title: "Learning while the layers below the block hear of one path or of both",
    description: `The loss of three kinds of runs; ${notes}.`,
    charts: [{
      ...lossChart(CASES.map(({ name, style }, i) => ({ name, style, runs: runs[i] })), {
        level: 1,
      }),
      title: "loss, the mean of the last 20 steps, if the layers below the block hear …",
      height: 260,
    }],
    notes: [notes],
    provenance: sharedProvenance(runs.flat()),
  });
}
