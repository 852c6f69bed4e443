/**
 * A made-up sweep with every record that the claims take, whose verdicts are of all three kinds.
 */

import type { ACase, Cases } from "./a_record.ts";

const norms = { x_in: 0.3, x_res: (_: number, seed: number) => 1 + seed / 10, logits: 1 };
const coherences = { x_in_coherence: 0.3, x_res_coherence: 0.5 };
const block = { block: 2, x: 1, loss_zeroed: 1, loss_shuffled: (step: number) => 1 + step / 1e3 };

const residual: ACase = {
  every: norms,
  diagnostics: { ...coherences, ...block, x_in_instance: 1, x_res_instance: 1 },
  accuracy: (seed) => 0.95 + seed / 1000,
};

const residualA: ACase = {
  every: { ...norms, a: (step) => step / 1e4 },
  accuracy: (seed) => 0.95 + seed / 500,
};

const short: ACase = { steps: 200, every: norms, diagnostics: coherences };

function layers(...names: readonly string[]): ACase {
  const measures = names.flatMap((
    name,
    i,
  ) => [[`${name}_update`, i + 1], [`${name}_gradient`, i + 1]]);
  return { steps: 300, diagnostics: Object.fromEntries(measures) };
}

function forEach(prefixes: readonly string[], aCase: ACase): Cases {
  return Object.fromEntries(prefixes.map((name) => [name, aCase]));
}

const below = layers("b1c1", "b1c2", "b1c3");
const learning: ACase = { ...below, every: { loss: (step) => 3 - step / 150 } };

const paths: ACase = { steps: 600, every: { ...norms, loss: (step) => 3 - step / 200 } };
const flow: ACase = {
  steps: 1,
  every: norms,
  diagnostics: { b2c1_share: 0.6, b2c1_places: 8, b2c2_share: 0.6, b2c2_places: 8 },
};
const noise: ACase = { steps: 1, diagnostics: { x_in_snr: 1, x_res_snr: 1 } };

/** Its cases. */
export const wholeSweep: Cases = {
  "article/residual": residual,
  "article/residual-a": residualA,
  ...forEach(["initialization/glorot", "initialization/he", "initialization/orthogonal"], short),
  ...forEach(["activation/tanh", "activation/sigmoid", "activation/softmax"], short),
  ...forEach(["layers/plain-adam", "layers/residual-adam"], learning),
  ...forEach(["layers/plain-sgd", "layers/residual-sgd"], below),
  "frozen/plain-adam": { steps: 300, every: { loss: (step) => 3 - step / 200 } },
  ...forEach(
    ["plain-adam", "plain-sgd", "residual-adam", "residual-sgd"].map((name) => `eight/${name}`),
    layers("block1_conv1", "block8_conv2"),
  ),
  "orders/residual": { every: norms },
  "paths/both": { ...paths, diagnostics: block },
  ...forEach(["paths/x_in-detached", "paths/x_res-detached"], paths),
  ...forEach(["shrinking/glorot", "shrinking/he", "shrinking/orthogonal"], {
    steps: 200,
    diagnostics: block,
  }),
  ...forEach(["flow/pytorch", "flow/glorot", "flow/he", "flow/orthogonal"], flow),
  ...forEach(["noise/relu", "noise/tanh", "noise/sigmoid", "noise/softmax"], noise),
  ...forEach(
    ["residual-adam", "plain-adam", "residual-sgd", "plain-sgd"].map((n) => `tuned/${n}`),
    {
      steps: 300,
    },
  ),
};
