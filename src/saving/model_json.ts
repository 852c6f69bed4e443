/**
 * `model.json`: TensorFlow.js's description of a saved model, with a checksum, and with the
 * optimizer's class where its state was saved too; and the description of its weights, which other
 * readers know as the weights manifest. Pure.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import { parseJson } from "../platform/json.ts";
import { sha256 } from "../platform/sha256.ts";
import { escapeUnseen, formatValue, visible } from "../validate.ts";

/** What `model.json` holds. */
export interface ModelJson
  extends Omit<tf.io.ModelArtifacts, "weightData" | "weightSpecs" | "getWeightStream"> {
  readonly weightsManifest: readonly WeightsGroup[];
  /** Class of the optimizer whose state is among the weights. */
  readonly optimizer?: string;
}

const FORMAT = "layers-model";

/** The text of `model.json`. */
export async function formatModel(json: ModelJson): Promise<string> {
  const text = JSON.stringify(json);
  return JSON.stringify({ ...JSON.parse(text), checksum: await sha256(text) });
}

/** What a `model.json` holds, and whether it was found to be as it was written. */
export interface ParsedModel {
  readonly json: ModelJson;
  /** Whether it had a checksum, which then is right. */
  readonly checked: boolean;
}

/**
 * What the text of a `model.json` holds. One without checksum is another tool's.
 *
 * @throws {TypeError} If it is not that of a layers model.
 * @throws {RangeError} If its checksum is not that of the rest.
 */
export async function parseModel(text: string): Promise<ParsedModel> {
  const { checksum: stated, ...json } = parseObject(text);
  const problem = formProblem(json);
  if (problem !== undefined) throw new TypeError(problem);
  const contents = JSON.stringify(json);
  const model = JSON.parse(contents) as ModelJson; // with 0 in place of −0: their text is the same
  if (stated === undefined) return { json: model, checked: false };
  const found = await sha256(contents);
  if (stated === found) return { json: model, checked: true };
  throw new RangeError(
    `the contents of model.json have checksum ${found}, it states ${formatValue(stated)}`,
  );
}

function parseObject(text: string): Record<string, unknown> {
  const value = parseText(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new TypeError(`its model.json must be a JSON object, got ${formatValue(value)}`);
}

function parseText(text: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    throw new TypeError(`its model.json cannot be read: ${(cause as Error).message}`, { cause });
  }
}

function formProblem({ format = FORMAT, ...json }: Record<string, unknown>): string | undefined {
  const { modelTopology, optimizer, weightsManifest } = json;
  if (format !== FORMAT) return `its format must be ${FORMAT}, got ${formatValue(format)}`;
  if (typeof modelTopology !== "object" || modelTopology === null) {
    return `its modelTopology must be an object, got ${formatValue(modelTopology)}`;
  }
  if (optimizer !== undefined && typeof optimizer !== "string") {
    return `its optimizer must be the name of a class, got ${formatValue(optimizer)}`;
  }
  return namesProblem(modelTopology) ?? manifestProblem(weightsManifest);
}

/** What TensorFlow.js quotes whole if it does not know or does not like it. */
const QUOTED: readonly string[] = ["activation", "class_name", "name"];

/** What is wrong with a name in the description of the layers: it would reach a message as it is. */
function namesProblem(topology: object): string | undefined {
  for (const [key, value] of Object.entries(topology)) {
    if (typeof value === "object" && value !== null) {
      const problem = namesProblem(value);
      if (problem !== undefined) return problem;
    } else if (typeof value === "string" && QUOTED.includes(key) && visible(value, 255) !== value) {
      return `each ${key} in its modelTopology must be at most 255 characters that are seen, got ` +
        formatValue(value);
    }
  }
}

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
    return `its weightsManifest must be an array, got ${formatValue(manifest)}`;
  }
  for (const group of manifest) {
    const { paths, weights } = Object(group);
    if (!Array.isArray(paths)) {
      return `its weights' paths must be an array, got ${formatValue(paths)}`;
    }
    if (!Array.isArray(weights)) return `its weights must be an array, got ${formatValue(weights)}`;
    const path = paths.find((path) => !isFileName(path));
    if (path !== undefined) {
      return `its weights must be in files of the same folder, got ${formatValue(path)}`;
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
  if (typeof name !== "string") return `a weight's name must be a string, got ${formatValue(name)}`;
  if (name.length > LONGEST || escapeUnseen(name) !== name) { // TensorFlow.js would quote it whole
    return `a weight's name must be at most ${LONGEST} characters that are seen, got ` +
      formatValue(name);
  }
  if (!Array.isArray(shape) || !shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    return `the shape of ${formatValue(name)} must be whole numbers, got ${inWords(shape)}`;
  }
  const known = quantization === undefined ? BYTES : QUANTIZED_BYTES;
  const type = quantization === undefined ? dtype : Object(quantization).dtype;
  if (!Object.hasOwn(BYTES, dtype) || !Object.hasOwn(known, type)) {
    return `the type of ${formatValue(name)} must be one of ${Object.keys(known).join(", ")}, ` +
      `got ${formatValue(type)}`;
  }
  if (quantization !== undefined) return quantizationProblem(name, { dtype, quantization });
}

function inWords(shape: unknown): string {
  return Array.isArray(shape) ? visible(JSON.stringify(shape)) : formatValue(shape);
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
    return `the type of ${formatValue(name)}, rounded to ${rounded}, must be one of ` +
      `${types.join(", ")}, got ${formatValue(dtype)}`;
  }
  if (rounded === "float16") return undefined; // it has neither
  if (typeof scale !== "number" || !(scale > 0)) {
    return `the scale of ${formatValue(name)} must be above 0, got ${formatValue(scale)}`;
  }
  const ends = [Number(min), GREATEST[rounded as string] * scale + Number(min)];
  if (typeof min !== "number" || !ends.map(Math.fround).every(Number.isFinite)) {
    return `the min of ${formatValue(name)} must be a number that, like ` +
      `${GREATEST[rounded as string]} · scale + min, is a float32, got ${formatValue(min)}`;
  }
}

function duplicateProblem(manifest: readonly WeightsGroup[]): string | undefined {
  const names = manifest.flatMap(({ weights }) => weights.map(({ name }) => name));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) return `each weight must be in it once, got ${formatValue(twice)} twice`;
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

/** The name of a file of these bytes. */
export async function weightsFileName(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return `weights.${(await sha256(bytes)).slice(0, 16)}.bin`;
}

/** Whether a file's name is one that {@linkcode weightsFileName} may have given. */
export function isWeightsFileName(name: string): boolean {
  return /^weights\.[0-9a-f]{16}\.bin$/.test(name);
}
