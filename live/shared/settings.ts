/**
 * A reader's configuration as settings of the experiments.
 *
 * @module
 */

import { ARTICLE, type Settings } from "../../experiments/article/settings.ts";
import type { Configuration } from "./configuration.ts";

/** Images of MNIST's training set. */
const IMAGES = 60_000;

/**
 * What a configuration trains: one epoch, then the test. A run of the article's own experiment goes by
 * its name, so that its record is the command line's; any other belongs to the experiment `live`.
 */
export function settingsOf({ backend: _, ...chosen }: Configuration): Settings {
  const { variant, depth, batch, initialization, optimizer, learning_rate } = chosen;
  const articles = depth === 1 && batch === ARTICLE.batch && learning_rate === undefined &&
    initialization === ARTICLE.initialization && optimizer === ARTICLE.optimizer &&
    variant !== "plain";
  return {
    ...ARTICLE,
    ...chosen,
    experiment: articles ? ARTICLE.experiment : "live",
    case: variant,
    network: depth === 1 ? "article" : "stack",
    steps: Math.ceil(IMAGES / batch),
  };
}
