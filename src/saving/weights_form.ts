/**
 * The form of a weights manifest: what it says of each weight, and of the files that have them. Pure.
 *
 * @module
 */

import { described, visible } from "../checks/described.ts";
import { escapeUnseen } from "../checks/unseen.ts";

/** What `model.json` says of one weight. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: number[];
  readonly dtype: "float32" | "int32" | "bool";
  readonly group?: "model" | "optimizer";
}

/** Files, and the weights that they hold one after the other. */
export interface WeightsGroup {
  readonly paths: string[];
  readonly weights: WeightSpec[];
}

/** Bytes of one value, as it is stored. */
const BYTES: Readonly<Record<string, number>> = { float32: 4, int32: 4, bool: 1 };
const QUANTIZED_BYTES: Readonly<Record<string, number>> = { float16: 2, uint16: 2, uint8: 1 };

/** The first thing that is wrong with a weights manifest, if any. */
export function manifestProblem(manifest: unknown): string | undefined {
  if (!Array.isArray(manifest)) {
    return `its weightsManifest must be an array, got ${described(manifest)}`;
  }
  for (const group of manifest) {
    const { paths, weights } = Object(group);
    if (!Array.isArray(paths)) {
      return `its weights' paths must be an array, got ${described(paths)}`;
    }
    if (!Array.isArray(weights)) return `its weights must be an array, got ${described(weights)}`;
    const path = paths.find((path) => !isFileName(path));
    if (path !== undefined) {
      return `its weights must be in files of the same folder, got ${described(path)}`;
    }
    const problem = weights.map(weightProblem).find((problem) => problem !== undefined);
    if (problem !== undefined) return problem;
  }
  return duplicateProblem(manifest as WeightsGroup[]);
}

/** The most characters of a name, as file systems have it. */
const LONGEST = 255;

function isFileName(path: unknown): boolean {
  return typeof path === "string" && path.length <= LONGEST &&
    /^(\.\/)?(?!\.\.?$)[^/\\:\0]+$/.test(path);
}

function weightProblem(weight: unknown): string | undefined {
  const { name, shape, dtype, quantization } = Object(weight);
  if (typeof name !== "string") return `a weight's name must be a string, got ${described(name)}`;
  if (name.length > LONGEST || escapeUnseen(name) !== name) { // TensorFlow.js would quote it whole
    return `a weight's name must be at most ${LONGEST} characters that are seen, got ` +
      described(name);
  }
  if (!Array.isArray(shape) || !shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    return `the shape of ${described(name)} must be whole numbers, got ${inWords(shape)}`;
  }
  const known = quantization === undefined ? BYTES : QUANTIZED_BYTES;
  const type = quantization === undefined ? dtype : Object(quantization).dtype;
  if (!Object.hasOwn(BYTES, dtype) || !Object.hasOwn(known, type)) {
    return `the type of ${described(name)} must be one of ${Object.keys(known).join(", ")}, ` +
      `got ${described(type)}`;
  }
  if (quantization !== undefined) return quantizationProblem(name, { dtype, quantization });
}

function inWords(shape: unknown): string {
  return Array.isArray(shape) ? visible(JSON.stringify(shape)) : described(shape);
}

/** The greatest whole number of each type that a weight is rounded to. */
const GREATEST: Readonly<Record<string, number>> = { uint16: 2 ** 16 - 1, uint8: 2 ** 8 - 1 };

/** What is wrong with how a weight is rounded: TensorFlow.js takes v·scale + min for its values. */
function quantizationProblem(
  name: string,
  { dtype, quantization }: {
    readonly dtype: string;
    readonly quantization: Readonly<Record<"dtype" | "scale" | "min", unknown>>;
  },
): string | undefined {
  const { dtype: rounded, scale, min } = quantization;
  const types = rounded === "float16" ? ["float32"] : ["float32", "int32"];
  if (!types.includes(dtype)) {
    return `the type of ${described(name)}, rounded to ${rounded}, must be one of ` +
      `${types.join(", ")}, got ${described(dtype)}`;
  }
  if (rounded === "float16") return undefined; // it has neither
  if (typeof scale !== "number" || !(scale > 0)) {
    return `the scale of ${described(name)} must be above 0, got ${described(scale)}`;
  }
  const ends = [Number(min), GREATEST[rounded as string] * scale + Number(min)];
  if (typeof min !== "number" || !ends.map(Math.fround).every(Number.isFinite)) {
    return `the min of ${described(name)} must be a number that, like ` +
      `${GREATEST[rounded as string]} · scale + min, is a float32, got ${described(min)}`;
  }
}

function duplicateProblem(manifest: readonly WeightsGroup[]): string | undefined {
  const names = manifest.flatMap(({ weights }) => weights.map(({ name }) => name));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) return `each weight must be in it once, got ${described(twice)} twice`;
}

/** The specs of a model's weights, or of its optimizer's state. */
export function ofGroup(
  specs: readonly WeightSpec[],
  group: "model" | "optimizer",
): readonly WeightSpec[] {
  return specs.filter((spec) => (spec.group === "optimizer") === (group === "optimizer"));
}

/** The bytes that the weights of a group of that form take. */
export function byteLength({ weights }: WeightsGroup): number {
  return weights.reduce((sum, weight) => sum + bytesOf(weight), 0);
}

function bytesOf(weight: WeightSpec): number {
  const { shape, dtype, quantization } = weight as WeightSpec & {
    readonly quantization?: { readonly dtype: string };
  };
  const size = quantization === undefined ? BYTES[dtype] : QUANTIZED_BYTES[quantization.dtype];
  return shape.reduce((product, length) => product * length, size);
}
