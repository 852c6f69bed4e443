/**
 * What can be laid under a run: the published curves, and the committed runs of each case.
 *
 * @module
 */

import type { RunRecord } from "@residual/connection";
import { spread, trailingMean } from "@residual/connection/analysis";
import { ARTICLE } from "../../experiments/article/settings.ts";
import { OPTIMIZERS } from "../../experiments/article/optimizer.ts";
import { CURVES, publishedCurve } from "../../experiments/claims/published_curves.ts";
import type { BandColumn, Overlays, SeedsOfCase } from "../shared/files.ts";

/** The settings that the page can choose. */
const CHOSEN = [
  "network",
  "variant",
  "depth",
  "initialization",
  "optimizer",
  "learning_rate",
  "batch",
];

/** The measures that the page draws. */
const DRAWN = ["loss", "x_res", "x_in", "a"];

/** Points that a band has at most: about one each two pixels. */
const POINTS = 375;

/** The published curves, and the band of each case in these records. */
export function overlays(records: readonly RunRecord[]): Overlays {
  const runs = records.filter(isOfPage);
  const cases = Map.groupBy(
    runs,
    ({ configuration }) => `${configuration.experiment}/${configuration.case}`,
  );
  const [loss, x_res, x_in] = CURVES.map((name) => publishedCurve(name).map(short));
  return {
    published: { loss, x_res, x_in },
    seeds: longestOfEach([...cases.values()]).map(seedsOf),
    rates: { Adam: OPTIMIZERS.Adam.learning_rate, SGD: OPTIMIZERS.SGD.learning_rate },
  };
}

/** Whether the page can make such a run: the article's activation and order, no frozen layers, no detached path. */
function isOfPage({ configuration }: RunRecord): boolean {
  const { measures, activation, frozen, detached, order } = configuration;
  return measures === undefined && activation === ARTICLE.activation &&
    frozen === ARTICLE.frozen && detached === undefined && order === undefined;
}

/** Of the cases that are alike in all that the page can choose, the one with the most steps, then seeds. */
function longestOfEach(cases: readonly (readonly RunRecord[])[]): (readonly RunRecord[])[] {
  const steps = ([{ columns }]: readonly RunRecord[]) => columns.step.length;
  const alike = Map.groupBy(
    cases,
    ([{ configuration }]) => JSON.stringify(CHOSEN.map((name) => configuration[name])),
  );
  return [...alike.values()].map((each) =>
    each.toSorted((a, b) => steps(b) - steps(a) || b.length - a.length)[0]
  );
}

function seedsOf(runs: readonly RunRecord[]): SeedsOfCase {
  const { configuration, columns } = runs[0];
  const every = Math.ceil(columns.step.length / POINTS);
  const kept = <T>(values: readonly T[]) => values.filter((_, row) => row % every === 0);
  const bands = DRAWN.filter((name) => Object.hasOwn(columns, name)).map((name) => {
    const points = kept(spread(runs, (rows) => trailingMean(rows.column(name))));
    const band: BandColumn = {
      mean: points.map(({ mean }) => short(mean)),
      low: points.map(({ low }) => short(low)),
      high: points.map(({ high }) => short(high)),
    };
    return [name, band] as const;
  });
  return {
    configuration: Object.fromEntries(CHOSEN.map((name) => [name, configuration[name]])),
    seeds: runs.length,
    steps: kept(columns.step) as number[],
    columns: Object.fromEntries(bands),
  };
}

/** Four digits, which is more than a pixel shows. */
function short(value: number): number {
  return Number(value.toPrecision(4));
}
