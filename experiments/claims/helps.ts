/**
 * The eleventh claim, what the article explains: residual connections help.
 *
 * Of the article's network with and without its residual connection, per seed of 100 to 109, each with the
 * learning rate that is best for it. The rates are tried on seeds 200 to 202, which decide nothing else:
 * three or four for each optimizer, see `experiments.ts`; best is the least mean loss of the last 20
 * of 300 steps.
 *
 * - `adam`, `sgd`: mean loss of the last 20 of 300 steps with the residual connection, over that without;
 *   below 1/1.1. A network of two blocks' depth can do without: then the ratio is 1 or more.
 *
 * @module
 */

import { START_STEPS } from "@residual/connection/analysis";
import type { Claim, SeedPart } from "./claim.ts";
import type { Run } from "./evidence.ts";

/** The eleventh claim, in its parts. */
export const helps: Claim = {
  id: "helps",
  title: "Residual connections help",
  figure: "helps",
  finding: {
    sentence:
      "They do, each network having its best learning rate: the loss is a fifth lower with Adam, half as high with gradient descent",
    verdicts: ["supported", "supported"],
  },
  parts: [part("adam", "Adam"), part("sgd", "SGD")],
};

function part(id: string, optimizer: string): SeedPart {
  return {
    id,
    sentence: "There are a few complementary perspectives on why residual connections help.",
    states:
      `${optimizer}, best rates: after 300 steps, the loss is a tenth lower with the residual connection`,
    cases: [`tuned/residual-${id}`, `tuned/plain-${id}`],
    effect: (residual, plain) => loss(residual) / loss(plain),
    scale: "ratio",
    region: { below: 1 / 1.1 },
  };
}

function loss({ every }: Run): number {
  return every.last(START_STEPS).mean("loss");
}
