/**
 * The eleventh claim: the loss with and without the residual connection, each with its best rate.
 *
 * @module
 */

import type { RunRecord } from "@residual/connection";
import { pairRuns } from "@residual/connection/analysis";
import { figure } from "../../figures/chart.ts";
import { sharedProvenance } from "../../figures/provenance.ts";
import { colors, dashes } from "../../figures/theme.ts";
import { countSeeds, lossChart } from "./common.ts";

const OPTIMIZERS = [["adam", "Adam"], ["sgd", "gradient descent"]] as const;

/** Draws the losses of the runs of tuned. */
export function helps(records: readonly RunRecord[]): string {
  const runs = pairRuns(
    records,
    OPTIMIZERS.flatMap(([optimizer]) =>
      ["residual", "plain"].map((variant) => ({
        experiment: "tuned",
        case: `${variant}-${optimizer}`,
      }))
    ),
  );
  const notes =
    `${countSeeds(runs[0])}, each network with the learning rate that is best for it: ` +
    "mean, and the band from the least to the greatest";
  const charts = OPTIMIZERS.map(([, name], i) => {
    const [residual, plain] = runs.slice(2 * i);
    const rateOf = ([{ configuration }]: readonly RunRecord[]) => configuration.learning_rate;
    return {
      ...lossChart([
        {
          name: `with the connection, rate ${rateOf(residual)}`,
          style: { color: colors.xRes },
          runs: residual,
        },
        {
          name: `without, rate ${rateOf(plain)}`,
          style: { color: colors.loss, dashes: dashes.second },
          runs: plain,
        },
      ]),
      title: `${name}: loss, the mean of the last 20 steps`,
      height: 190,
    };
  });
  return figure({
    name: "helps",
    title: "Learning with the residual connection and without",
    description: `The loss with either optimizer; ${notes}.`,
    charts,
    notes: [notes],
    provenance: sharedProvenance(runs.flat()),
  });
}
