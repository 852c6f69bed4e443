/** Records of every case that the claims' figures are drawn from, made up: three seeds, few steps. */

import type { RunRecord } from "../../../src/record/record.ts";

const SEEDS = 3;

/** A record of one case and seed; its checksum is its name. */
function record(
  name: readonly [experiment: string, each: string, seed: number],
  columns: RunRecord["columns"],
  { results = {}, diagnostics = false }: {
    readonly results?: RunRecord["results"];
    readonly diagnostics?: boolean;
  } = {},
): RunRecord {
  const [experiment, each, seed] = name;
  return {
    format: "residual-connection/run@1",
    checksum: `${name.join("/")}${diagnostics ? ".diagnostics" : ""}`,
    configuration: {
      experiment,
      case: each,
      seed,
      batch: 32,
      data: "MNIST",
      ...diagnostics && { measures: "diagnostics" },
    },
    environment: { backend: "wasm", tensorflow: "4.22.0" },
    results,
    columns,
  };
}

/** From one number to another in equal steps. */
function ramp(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + (to - from) * i / (count - 1));
}

const STEPS = 60;

/** x_in rises from 0.01, x_res falls from 0.1; the norm at the logits is 0.2. Seeds differ by a factor. */
function everyStep(seed: number): RunRecord["columns"] {
  const factor = 1 + 0.1 * seed;
  return {
    step: ramp(0, STEPS - 1, STEPS),
    loss: ramp(2.3, 0.2, STEPS).map((value) => value * factor),
    x_in: ramp(0.01, 0.05, STEPS).map((value) => value * factor),
    x_res: ramp(0.1, 0.02, STEPS).map((value) => value / factor),
    logits: ramp(0.2, 0.2, STEPS),
  };
}

function atSomeSteps(seed: number): RunRecord["columns"] {
  const factor = 1 + 0.1 * seed;
  const rows = STEPS / 5;
  const column = (from: number, to: number) => ramp(from, to, rows).map((value) => value * factor);
  return {
    step: ramp(0, STEPS - 5, rows),
    loss: column(2.3, 0.2),
    x_in_instance: column(0.08, 0.2),
    x_in_coherence: column(0.2, 0.5),
    x_res_instance: column(0.5, 0.1),
    x_res_coherence: column(0.2, 0.4),
    block: column(6, 60),
    x: column(50, 100),
    loss_zeroed: column(2.3, 1),
    loss_shuffled: column(2.3, 4),
  };
}

/** The signal to noise falls with each measuring around the block, and rises through it. */
function signals(seed: number): RunRecord["columns"] {
  const factor = 1 + 0.1 * seed;
  return {
    step: [0, 20, 60, 150],
    loss: ramp(2.3, 0.5, 4),
    x_in_snr: ramp(0.1, 2, 4).map((value) => value * factor),
    x_res_snr: ramp(0.4, -0.01, 4).map((value) => value * factor),
  };
}

function stack(variant: string, optimizer: string, depth: number): RunRecord[] {
  return Array.from({ length: SEEDS }, (_, seed) => {
    const layers = Array.from(
      { length: 2 * depth },
      (_, i) => `block${Math.floor(i / 2) + 1}_conv${i % 2 + 1}`,
    );
    const columns = layers.map((layer, i) => {
      const exponent = variant === "plain" ? i - 2 * depth : -3;
      return [`${layer}_update`, [1, 2].map((row) => row * 10 ** Math.max(-9, exponent))];
    });
    const name = ["depth", `${variant}-${optimizer}-${depth}`, seed] as const;
    return record(name, { step: [0, 20], loss: [2, 1], ...Object.fromEntries(columns) }, {
      diagnostics: true,
    });
  });
}

const ON_ARTICLE = [
  ["article", "residual"],
  ["article", "residual-a"],
  ...["glorot", "he", "orthogonal"].map((each) => ["initialization", each] as const),
  ...["tanh", "sigmoid", "softmax"].map((each) => ["activation", each] as const),
  ...["both", "x_in-detached", "x_res-detached"].map((each) => ["paths", each] as const),
  ...["glorot", "he", "orthogonal"].map((each) => ["shrinking", each] as const),
  ...["plain-adam", "residual-adam", "plain-sgd", "residual-sgd"].map((each) =>
    ["tuned", each] as const
  ),
] as const;

/** All of them. */
export const records: readonly RunRecord[] = [
  ...ON_ARTICLE.flatMap(([experiment, each]) =>
    Array.from({ length: SEEDS }, (_, seed) => {
      const a: RunRecord["columns"] = each === "residual-a"
        ? { a: ramp(0, 0.3 - 0.2 * seed, STEPS) }
        : {};
      const results = { test_accuracy: 0.95 + 0.005 * seed };
      return [
        record([experiment, each, seed], { ...everyStep(seed), ...a }, { results }),
        record([experiment, each, seed], atSomeSteps(seed), { diagnostics: true }),
      ];
    }).flat()
  ),
  ...["relu", "tanh", "sigmoid", "softmax"].flatMap((each) =>
    Array.from(
      { length: SEEDS },
      (_, seed) => record(["noise", each, seed], signals(seed), { diagnostics: true }),
    )
  ),
  ...["plain", "residual"].flatMap((variant) =>
    ["adam", "sgd"].flatMap((optimizer) =>
      [2, 4, 8, 16].flatMap((depth) => stack(variant, optimizer, depth))
    )
  ),
];
