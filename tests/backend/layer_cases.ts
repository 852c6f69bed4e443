/**
 * Layers of `tf.layers` and connections, and what PyTorch says that they give.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import type { BackendName } from "../../src/backend/start.ts";
import { dropPath } from "../../src/layers/drop_path.ts";
import { highway } from "../../src/layers/highway.ts";
import { residual } from "../../src/layers/residual.ts";
import { residualA } from "../../src/layers/residual_a.ts";
import { skip } from "../../src/layers/skip.ts";
import connections from "../reference/connections.json" with { type: "json" };
import reference from "../reference/layers.json" with { type: "json" };

/**
 * One layer with its options and inputs, and the numbers that `tests/reference/layers.py` or
 * `connections.py` computed.
 */
export interface LayerCase {
  readonly layer: string;
  readonly config: Config;
  readonly inputs: readonly number[][];
  readonly weights: readonly number[][];
  readonly output: { readonly shape: readonly number[]; readonly values: readonly number[] };
  readonly inputGradients: readonly number[][];
  readonly weightGradients: readonly number[][];
}

type Config = Readonly<Record<string, unknown>>;

/** The cases of `tf.layers`. */
export const LAYER_CASES = reference.cases as readonly LayerCase[];

/** The cases of this package's connections. */
export const CONNECTION_CASES = connections.cases as readonly LayerCase[];

/** What a layer says that TensorFlow.js refuses, on these backends. */
export interface Refusal {
  readonly on: readonly BackendName[];
  readonly sentence: string;
}

const EVERYWHERE = ["cpu", "wasm", "webgpu"] as const;

/** What TensorFlow.js refuses of a case. */
export function refusalOf({ layer, config }: LayerCase): Refusal | undefined {
  if (layer === "elu" && config.alpha !== undefined) {
    const sentence =
      `Non-default alpha value (${config.alpha}) is not supported by the ELU layer yet`;
    return { on: EVERYWHERE, sentence };
  }
  if (config.padding === "causal") {
    const sentence = "The support for CAUSAL padding mode in conv1dWithBias is not implemented yet";
    return { on: EVERYWHERE, sentence };
  }
  if (layer === "categoryEncoding") {
    // It looks at its input at once; in a page it can.
    return { on: ["webgpu"], sentence: "Cannot read a tensor on WebGPU at once" };
  }
}

/** A layer's numbers, in the order of the reference. */
export interface LayerNumbers {
  readonly output: ArrayLike<number>;
  readonly inputGradients: readonly ArrayLike<number>[];
  readonly weightGradients: readonly ArrayLike<number>[];
}

/** The layer and its options, as the tests' names and the guide have them. */
export function describeCase({ layer, config, inputs }: LayerCase): string {
  const options = Object.entries(config).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return [layer, ...options, `of ${inputs.map((shape) => shape.join("×")).join(", ")}`].join(" ");
}

/**
 * What the layer gives on today's backend, and the gradients of Σ sin(1 + i) · yᵢ.
 *
 * @param prepare Is given the model that has the layer before it computes.
 */
export async function computeLayer(
  c: LayerCase,
  prepare: (model: tf.LayersModel) => void = () => {},
): Promise<LayerNumbers> {
  const ofIndices = isOfIndices(c);
  const model = build(c, ofIndices ? "int32" : "float32");
  const inputs = c.inputs.map((shape, which) =>
    numbers(shape, ofIndices ? "index" : "input", which)
  );
  if (c.layer === "maskedLstm") mask(inputs);
  prepare(model);
  try {
    return await differentiate(c, model, inputs);
  } finally {
    tf.dispose(inputs);
    model.dispose();
  }
}

function isOfIndices({ layer }: LayerCase): boolean {
  return layer === "embedding" || layer === "categoryEncoding";
}

function build({ layer, config, inputs, weights }: LayerCase, dtype: "int32" | "float32") {
  const symbolic = inputs.map((shape) => tf.input({ shape: shape.slice(1), dtype }));
  const masked = layer === "maskedLstm";
  const { training: _training, mask: _mask, ...options } = config;
  const own = makeLayer(masked ? "lstm" : layer, options);
  const first = masked ? [tf.layers.masking({ maskValue: 0 }).apply(symbolic[0])] : symbolic;
  const output = own.apply((first.length > 1 ? first : first[0]) as tf.SymbolicTensor);
  const model = tf.model({ inputs: symbolic, outputs: output as tf.SymbolicTensor });
  const values = weights.map((shape, which) => {
    const variance = layer === "batchNormalization" && which === 3;
    return numbers(shape, variance ? "variance" : "weight", which);
  });
  own.setWeights(values);
  tf.dispose(values);
  return model;
}

type Maker = (config: unknown) => tf.layers.Layer;

const MAKERS = {
  ...tf.layers,
  dropPath,
  highway,
  residual,
  residualA,
  skip,
  stochasticDepth: ({ block, rate, seed }: {
    readonly block: tf.layers.Layer;
    readonly rate: number;
    readonly seed: number;
  }) => residual({ block: tf.sequential({ layers: [block, dropPath({ rate, seed })] }) }),
} as unknown as Record<string, Maker>;

/** A layer with the layers or the cells that its options describe. */
function makeLayer(name: string, config: Config): tf.layers.Layer {
  const inner = (described: unknown) => {
    const { layer, config } = described as { layer: string; config: Config };
    return makeLayer(layer, config);
  };
  const { cell, ...options } = config;
  const made = Object.entries(options).map(([key, value]) =>
    [key, isDescribed(value) ? inner(value) : value] as const
  );
  return MAKERS[name]({
    ...Object.fromEntries(made),
    ...(cell === undefined
      ? {}
      : { cell: tf.layers.stackedRNNCells({ cells: (cell as unknown[]).map(inner) as never }) }),
  });
}

function isDescribed(value: unknown): boolean {
  return typeof value === "object" && value !== null && "layer" in value;
}

async function differentiate(
  c: LayerCase,
  model: tf.LayersModel,
  inputs: tf.Tensor[],
): Promise<LayerNumbers> {
  const apply = (x: tf.Tensor[]) =>
    model.apply(x.length > 1 ? x : x[0], { training: c.config.training === true }) as tf.Tensor;
  const loss = (x: tf.Tensor[]) => {
    const y = apply(x);
    const weights = tf.tensor(outputGradient(y.size), y.shape);
    return tf.sum(tf.mul(y, weights)) as tf.Scalar;
  };
  const { output, inputGradients, weightGradients } = tf.tidy(() => {
    const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const grads = variables.length > 0 ? tf.variableGrads(() => loss(inputs), variables).grads : {};
    return {
      output: apply(inputs),
      inputGradients: isOfIndices(c) ? [] : tf.grads((...x) => loss(x))(inputs),
      weightGradients: variables.map(({ name }) => grads[name]),
    };
  });
  const read = await Promise.all(
    [output, ...inputGradients, ...weightGradients].map((tensor) => tensor.data()),
  );
  tf.dispose([output, inputGradients, weightGradients]);
  const [values, ...others] = read;
  return {
    output: values,
    inputGradients: others.slice(0, inputGradients.length),
    weightGradients: others.slice(inputGradients.length),
  };
}

/** The gradient at the output. */
export function outputGradient(size: number): Float32Array {
  return Float32Array.from({ length: size }, (_, i) => Math.sin(1 + i));
}

/** The numbers of an input or a weight: the same as `tests/reference/layers.py` makes. */
function numbers(shape: number[], kind: keyof typeof NUMBERS, which: number): tf.Tensor {
  const count = shape.reduce((a, b) => a * b, 1);
  const values = Array.from({ length: count }, (_, i) => NUMBERS[kind](i, which));
  return tf.tensor(values, shape, kind === "index" ? "int32" : "float32");
}

const NUMBERS = {
  input: (i: number, which: number) => 0.8 * Math.sin(2.3 * i + 0.4 + which),
  weight: (i: number, which: number) => 0.5 * Math.sin(1.7 * i + 0.9 * which + 0.3),
  variance: (i: number) => 1 + 0.3 * Math.sin(i),
  index: (i: number, which: number) => Math.floor(i * 1.7 + which) % 5,
};

/** Puts zeros, which are passed over, in the second step of the first series and the last of the second. */
function mask(inputs: tf.Tensor[]): void {
  const [x] = inputs; // [2, 4, 3]
  const kept = tf.tensor3d([1, 0, 1, 1, 1, 1, 1, 0], [2, 4, 1]);
  inputs[0] = tf.mul(x, kept);
  tf.dispose([x, kept]);
}

/** Fails unless the layer computes what the reference says, and its gradients. */
export async function compareLayer(c: LayerCase): Promise<void> {
  const { output, inputGradients, weightGradients } = await computeLayer(c);
  assertClose(output, c.output.values, "the result");
  assertEquals(inputGradients.length, c.inputGradients.length);
  assertEquals(weightGradients.length, c.weightGradients.length);
  inputGradients.forEach((found, i) =>
    assertClose(found, c.inputGradients[i], `the gradient of input ${i}`)
  );
  weightGradients.forEach((found, i) =>
    assertClose(found, c.weightGradients[i], `the gradient of weight ${i}`)
  );
}

/** Fails unless each number is the expected one, to some units in the last place of the largest. */
function assertClose(found: ArrayLike<number>, expected: readonly number[], what: string): void {
  assertEquals(found.length, expected.length, what);
  const largest = Math.max(1, ...expected.map(Math.abs));
  expected.forEach((value, i) => {
    const error = Math.abs(found[i] - value);
    assert(error <= 1e-5 * largest, `${what}[${i}]: ${found[i]}, expected ${value}`);
  });
}
