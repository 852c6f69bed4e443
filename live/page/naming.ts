/**
 * Runs in a few words.
 *
 * @module
 */

import { ARTICLES, type Configuration } from "../shared/configuration.ts";

const FORMULAS: Readonly<Record<Configuration["variant"], string>> = {
  "residual": "block(x) + x",
  "residual-a": "a·block(x) + x",
  "plain": "block(x)",
};

/** A run's name, such as `block(x) + x, He normal, seed 3`; what is as in the article is left out. */
export function nameOf(configuration: Configuration): string {
  const { variant, depth, initialization, optimizer, learning_rate, batch, seed } = configuration;
  return [
    FORMULAS[variant],
    ...depth > 1 ? [`${depth} blocks`] : [],
    ...initialization === ARTICLES.initialization ? [] : [initialization],
    ...optimizer === ARTICLES.optimizer ? [] : ["gradient descent"],
    ...learning_rate === undefined ? [] : [`rate ${learning_rate}`],
    ...batch === ARTICLES.batch ? [] : [`batches of ${batch}`],
    `seed ${seed}`,
  ].join(", ");
}
