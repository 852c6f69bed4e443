/**
 * Starting weights from our own seed.
 *
 * Each weight draws from a generator of its own, seeded by the run's seed and the weight's name, so
 * that the variants of one seed start from identical numbers, on every backend.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/**
 * How kernels are drawn. PyTorch's default draws biases as it draws kernels; the others start biases at
 * 0, as is usual with them.
 *
 * - PyTorch default: uniform in ±1/√fan_in, variance 1/(3·fan_in);
 * - Glorot uniform: uniform in ±√(6/(fan_in + fan_out)), variance 2/(fan_in + fan_out);
 * - He normal: normal, variance 2/fan_in;
 * - orthogonal: of the matrix [out, fan_in], orthonormal rows or, if there are more rows than columns,
 *   orthonormal columns.
 */
export type Initialization = "PyTorch default" | "Glorot uniform" | "He normal" | "orthogonal";

/** Which starting weights are drawn. */
export interface DrawOptions {
  readonly initialization: Initialization;
  /** A whole number of at least 0. */
  readonly seed: number;
}

/** Sets every kernel and bias of a model to its starting numbers. */
export function initialize(model: tf.LayersModel, options: DrawOptions): void {
  tf.tidy(() => {
    for (const weight of model.weights) {
      const [layer, part] = weight.originalName.split("/");
      const kernel = model.weights.find(({ originalName }) => originalName === `${layer}/kernel`);
      if (part === "kernel") weight.write(drawKernel(weight, options));
      if (part === "bias") weight.write(drawBias(weight, { ...options, fanIn: fans(kernel!)[0] }));
    }
  });
}

function drawKernel(weight: tf.LayerVariable, { initialization, seed }: DrawOptions): tf.Tensor {
  const shape = weight.shape as number[];
  const [fanIn, fanOut] = fans(weight);
  const key = keyOf(weight, seed);
  switch (initialization) {
    case "PyTorch default":
      return uniform(shape, 1 / Math.sqrt(fanIn), key);
    case "Glorot uniform":
      return uniform(shape, Math.sqrt(6 / (fanIn + fanOut)), key);
    case "He normal":
      return tf.randomNormal(shape, 0, Math.sqrt(2 / fanIn), "float32", key);
    case "orthogonal":
      return orthogonal(shape, key);
  }
}

function drawBias(
  weight: tf.LayerVariable,
  { initialization, seed, fanIn }: DrawOptions & { readonly fanIn: number },
): tf.Tensor {
  const shape = weight.shape as number[];
  if (initialization !== "PyTorch default") return tf.zeros(shape);
  return uniform(shape, 1 / Math.sqrt(fanIn), keyOf(weight, seed));
}

/** Over how many inputs each output of a kernel sums, and into how many outputs each input goes. */
function fans({ shape }: tf.LayerVariable): [fanIn: number, fanOut: number] {
  const [inputs, outputs] = shape.slice(-2) as number[];
  const taps = (shape.slice(0, -2) as number[]).reduce((product, size) => product * size, 1);
  return [taps * inputs, taps * outputs];
}

function uniform(shape: number[], bound: number, key: number): tf.Tensor {
  return tf.randomUniform(shape, -bound, bound, "float32", key);
}

/** Draws a normal matrix, since its rows made orthonormal have no preferred direction. */
function orthogonal(shape: number[], key: number): tf.Tensor {
  const outputs = shape[shape.length - 1];
  const fanIn = shape.reduce((product, size) => product * size, 1) / outputs;
  const normal = tf.randomNormal<tf.Rank.R2>([fanIn, outputs], 0, 1, "float32", key).arraySync();
  const kernel = fanIn < outputs
    ? orthonormalRows(normal)
    : transpose(orthonormalRows(transpose(normal)));
  return tf.tensor2d(kernel).reshape(shape); // [fanIn, outputs] to the kernel's shape
}

function keyOf({ originalName }: tf.LayerVariable, seed: number): number {
  return fnv1a(`${originalName}/${seed}`);
}

/** 32 bits that differ for different texts (Fowler, Noll and Vo's hash, version 1a). */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/**
 * The rows of a matrix made orthonormal one after another: each loses its part along those before it
 * (the Gram–Schmidt process, run twice, which is exact to the last digits). There must be no more rows
 * than columns, and no row may be a combination of those before it.
 */
export function orthonormalRows(rows: readonly (readonly number[])[]): number[][] {
  const done: number[][] = [];
  for (const row of rows) {
    const free = withoutAll(withoutAll(row, done), done);
    const length = Math.sqrt(dot(free, free));
    done.push(free.map((value) => value / length));
  }
  return done;
}

function withoutAll(row: readonly number[], units: readonly (readonly number[])[]): number[] {
  return units.reduce<number[]>((rest, unit) => {
    const along = dot(rest, unit);
    return rest.map((value, i) => value - along * unit[i]);
  }, [...row]);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

/** Rows as columns. */
function transpose(rows: readonly (readonly number[])[]): number[][] {
  return rows[0].map((_, column) => rows.map((row) => row[column]));
}
