/**
 * The fifth claim: without the residual connection lower layers learn slowest, and none can start
 * until they do; with it the problem is gone.
 *
 * Stacks are of seeds 100 to 109. A layer's *update* is the mean of ‖ΔW‖ / ‖W‖ over steps 0, 20 … 80, and at least 2⁻²⁴, below
 * which float32 rounds most of it away. The floor lifts the slowest layers, against the claim. Adam
 * divides each gradient by its own size, gradient descent (SGD) does not: each is asked. Layers are
 * compared only with layers of the same shape: Adam's first steps are alike for all weights, so
 * ‖ΔW‖ / ‖W‖ is larger the more inputs a layer has, whose weights start smaller. 1.25 and 1/1.25
 * are the least difference that one would call faster or slower.
 *
 * - `below-block-*`: the article's network, `update(plain) / update(residual)` of each of b1c1,
 *   b1c2 and b1c3, their geometric mean; below 1/1.25. Both start from the same weights.
 * - `stack-*`: eight blocks without residual connections, `update(block1_conv1) /
 *   update(block8_conv2)`; below 1/1.25.
 * - `gradient`: the same of the gradient's norm, ‖∂L/∂W‖, which no optimizer has rescaled.
 * - `residual-cures-*`: the ratio of `stack-*` with residual connections over that without; above
 *   1.25.
 * - `gone-*`: the ratio of `stack-*` with residual connections; between 1/1.25 and 1.25. A problem that is
 *   less bad is not yet gone.
 * - `starts-later-*`: eight blocks, steps until the mean loss of 20 is below 2.0 (guessing gives
 *   2.3), without residual connections over with them; above 1.25. A run that does not get there in
 *   its 300 steps counts as 300: the effect is then a lower bound of the real one if only plain
 *   runs fail, and 1 if all do.
 * - `none-until`: the article's network without the residual connection, fall of the loss from the
 *   first 20 to the last 20 steps when the three lowest convolutions keep their random weights,
 *   over its fall when they learn; below 1/4. Could no layer start until the lower ones do, the
 *   loss would stay.
 *
 * @module
 */

import { START_STEPS } from "@residual/connection/analysis";
import type { Claim, SeedPart } from "./claim.ts";
import { gradientNorm, relativeUpdate, stepsToLoss } from "./effects.ts";
import type { Run } from "./evidence.ts";

const SLOWER = 1 / 1.25;
const FASTER = 1.25;
const SLOWEST =
  "… if your network is a stack of blocks, the lower stacks (closer to the input) will learn most slowly.";
const CURES = "The residual network gets rid of this problem.";
const NONE = "None of the network can start learning until the lower blocks get going.";
const OPTIMIZERS = [["adam", "Adam"], ["sgd", "SGD"]] as const;

/** The fifth claim, in its parts. */
export const lowerLayersSlowest: Claim = {
  id: "lower-layers-slowest",
  title: "Without the residual connection, lower layers learn slowest and hold up the rest",
  finding: {
    sentence:
      "So it is in stacks; in the article's network with gradient descent, not with Adam, and lower layers left at random do not hold up the rest",
    verdicts: [
      "refuted",
      "supported",
      "supported",
      "supported",
      "supported",
      "supported",
      "supported",
      "inconclusive",
      "inconclusive",
      "supported",
      "supported",
      "refuted",
    ],
  },
  figure: "lower-layers-slowest",
  parts: [
    ...OPTIMIZERS.map(belowBlock),
    ...OPTIMIZERS.map(stack),
    {
      id: "gradient",
      sentence: SLOWEST,
      states: "8 blocks, plain: the lowest layer's gradient is smaller than the highest's",
      cases: ["eight/plain-adam"],
      effect: ({ diagnostics }) =>
        gradientNorm(diagnostics, "block1_conv1") / gradientNorm(diagnostics, "block8_conv2"),
      scale: "ratio",
      region: { below: SLOWER },
    },
    ...OPTIMIZERS.map(cures),
    ...OPTIMIZERS.map(gone),
    ...OPTIMIZERS.map(startsLater),
    {
      id: "none-until",
      sentence: NONE,
      states: "plain: with b1c1–b1c3 frozen, the loss falls less than a quarter as far",
      cases: ["frozen/plain-adam", "layers/plain-adam"],
      effect: (frozen, learning) => fall(frozen) / fall(learning),
      scale: "difference",
      region: { below: 1 / 4 },
    },
  ],
};

type Optimizer = (typeof OPTIMIZERS)[number];

function belowBlock([id, name]: Optimizer): SeedPart {
  return {
    id: `below-block-${id}`,
    sentence: "In general, this will slow down learning for anything below the block.",
    states: `${name}: layers below the block change slower without the residual connection`,
    cases: [`layers/plain-${id}`, `layers/residual-${id}`],
    effect: (plain, residual) => {
      const ratios = ["b1c1", "b1c2", "b1c3"].map((layer) =>
        relativeUpdate(plain.diagnostics, layer) / relativeUpdate(residual.diagnostics, layer)
      );
      // Not through logarithms: the last bits would differ, and the resampled interval with them.
      return Math.cbrt(ratios.reduce((product, ratio) => product * ratio));
    },
    scale: "ratio",
    region: { below: SLOWER },
  };
}

function stack([id, name]: Optimizer): SeedPart {
  return {
    id: `stack-${id}`,
    sentence: SLOWEST,
    states: `8 blocks, plain, ${name}: the lowest layer changes slower than the highest`,
    cases: [`eight/plain-${id}`],
    effect: lowestOverHighest,
    scale: "ratio",
    region: { below: SLOWER },
  };
}

function cures([id, name]: Optimizer): SeedPart {
  return {
    id: `residual-cures-${id}`,
    sentence: CURES,
    states: `8 blocks, ${name}: with residual connections, the lowest layer lags behind less`,
    cases: [`eight/residual-${id}`, `eight/plain-${id}`],
    effect: (residual, plain) => lowestOverHighest(residual) / lowestOverHighest(plain),
    scale: "ratio",
    region: { above: FASTER },
  };
}

function gone([id, name]: Optimizer): SeedPart {
  return {
    id: `gone-${id}`,
    sentence: CURES,
    states:
      `8 blocks, ${name}: with residual connections, the lowest layer changes as fast as the highest`,
    cases: [`eight/residual-${id}`],
    effect: lowestOverHighest,
    scale: "ratio",
    region: { above: SLOWER, below: FASTER },
  };
}

function startsLater([id, name]: Optimizer): SeedPart {
  return {
    id: `starts-later-${id}`,
    sentence: CURES,
    states: `8 blocks, ${name}: plain takes more steps to a loss of 2.0`,
    cases: [`eight/plain-${id}`, `eight/residual-${id}`],
    effect: (plain, residual) => stepsToLoss(plain, 2) / stepsToLoss(residual, 2),
    scale: "ratio",
    region: { above: FASTER },
  };
}

function lowestOverHighest({ diagnostics }: Run): number {
  return relativeUpdate(diagnostics, "block1_conv1") / relativeUpdate(diagnostics, "block8_conv2");
}

function fall({ every }: Run): number {
  return every.before(START_STEPS).mean("loss") - every.last(START_STEPS).mean("loss");
}
