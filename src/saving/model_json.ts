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
import { check, escapeUnseen, formatValue, isObject, visible } from "../validate.ts";

/** What `model.json` holds. */
export interface ModelJson
  extends Omit<tf.io.ModelArtifacts, "weightData" | "weightSpecs" | "getWeightStream"> {
  readonly weightsManifest: readonly WeightsGroup[];
  /** Class of the optimizer whose state is among the weights. */
  readonly optimizer?: string;
  /** Classes of the optimizers of single weights, by weight; there if any state is. */
  readonly optimizers?: Readonly<Record<string, string>>;
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
  checkForm(json);
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
  const holds = isObject(value) && !Array.isArray(value);
  check(holds, { name: "its model.json", must: "be a JSON object", got: value });
  return value as Record<string, unknown>;
}

function parseText(text: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    throw new TypeError(`its model.json cannot be read: ${(cause as Error).message}`, { cause });
  }
}

function checkForm({ format = FORMAT, ...json }: Record<string, unknown>): void {
  const { modelTopology, optimizer, optimizers = {}, weightsManifest } = json;
  check(format === FORMAT, { name: "its format", must: `be ${FORMAT}`, got: format });
  const name = "its modelTopology";
  check(isObject(modelTopology), { name, must: "be an object", got: modelTopology });
  const named = optimizer === undefined || typeof optimizer === "string";
  check(named, { name: "its optimizer", must: "be the name of a class", got: optimizer });
  const own = isObject(optimizers) &&
    Object.values(optimizers).every((name) => typeof name === "string");
  check(own, { name: "its optimizers", must: "be names of classes by weight", got: optimizers });
  checkNames(modelTopology);
  checkManifest(weightsManifest);
}

/** What TensorFlow.js quotes whole if it does not know or does not like it. */
const QUOTED: readonly string[] = ["activation", "class_name", "name"];

/** Names in the description of the layers reach messages as they are. */
function checkNames(topology: object): void {
  for (const [key, value] of Object.entries(topology)) {
    if (typeof value === "object" && value !== null) checkNames(value);
    else if (typeof value === "string" && QUOTED.includes(key)) {
      check(visible(value, LONGEST) === value, {
        name: `each ${key} in its modelTopology`,
        must: `be at most ${LONGEST} characters that are seen`,
        got: value,
      });
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

/** Throws a `TypeError` at the first thing that is wrong with a weights manifest. */
export function checkManifest(manifest: unknown): asserts manifest is WeightsGroup[] {
  check(Array.isArray(manifest), {
    name: "its weightsManifest",
    must: "be an array",
    got: manifest,
  });
  for (const group of manifest) {
    const { paths, weights } = Object(group);
    check(Array.isArray(paths), { name: "its weights' paths", must: "be an array", got: paths });
    check(Array.isArray(weights), { name: "its weights", must: "be an array", got: weights });
    for (const path of paths) {
      check(isFileName(path), {
        name: "its weights",
        must: "be in files of the same folder",
        got: path,
      });
    }
    for (const weight of weights) checkWeight(weight);
  }
  checkNoneTwice(manifest);
}

/** The most characters of a name, as file systems have it. */
const LONGEST = 255;

function isFileName(path: unknown): boolean {
  return typeof path === "string" && path.length <= LONGEST &&
    /^(\.\/)?(?!\.\.?$)[^/\\:\0]+$/.test(path);
}

function checkWeight(weight: unknown): void {
  const { name, shape, dtype, quantization } = Object(weight);
  check(typeof name === "string", { name: "a weight's name", must: "be a string", got: name });
  const seen = name.length <= LONGEST && escapeUnseen(name) === name; // TensorFlow.js would quote it whole
  const must = `be at most ${LONGEST} characters that are seen`;
  check(seen, { name: "a weight's name", must, got: name });
  const shown = formatValue(name);
  const whole = Array.isArray(shape) &&
    shape.every((size) => Number.isSafeInteger(size) && size >= 0);
  check(whole, {
    name: `the shape of ${shown}`,
    must: "be whole numbers",
    words: Array.isArray(shape) ? visible(JSON.stringify(shape)) : formatValue(shape),
  });
  const known = quantization === undefined ? BYTES : QUANTIZED_BYTES;
  const type = quantization === undefined ? dtype : Object(quantization).dtype;
  check(Object.hasOwn(BYTES, dtype) && Object.hasOwn(known, type), {
    name: `the type of ${shown}`,
    must: `be one of ${Object.keys(known).join(", ")}`,
    got: type,
  });
  if (quantization !== undefined) checkQuantization(shown, { dtype, quantization });
}

/** The greatest whole number of each type that a weight is rounded to. */
const GREATEST: Readonly<Record<string, number>> = { uint16: 2 ** 16 - 1, uint8: 2 ** 8 - 1 };

/** What must hold of how a weight is rounded: TensorFlow.js takes v·scale + min for its values. */
function checkQuantization(
  weight: string,
  { dtype, quantization }: {
    readonly dtype: string;
    readonly quantization: Readonly<Record<"dtype" | "scale" | "min", unknown>>;
  },
): void {
  const { dtype: rounded, scale, min } = quantization;
  const types = rounded === "float16" ? ["float32"] : ["float32", "int32"];
  check(types.includes(dtype), {
    name: `the type of ${weight}, rounded to ${rounded},`,
    must: `be one of ${types.join(", ")}`,
    got: dtype,
  });
  if (rounded === "float16") return; // it has neither
  const positive = typeof scale === "number" && scale > 0;
  check(positive, { name: `the scale of ${weight}`, must: "be above 0", got: scale });
  const greatest = GREATEST[rounded as string];
  const ends = [Number(min), greatest * scale + Number(min)];
  check(typeof min === "number" && ends.map(Math.fround).every(Number.isFinite), {
    name: `the min of ${weight}`,
    must: `be a number that, like ${greatest} · scale + min, is a float32`,
    got: min,
  });
}

function checkNoneTwice(manifest: readonly WeightsGroup[]): void {
  const names = manifest.flatMap(({ weights }) => weights.map(({ name }) => name));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  const words = `${formatValue(twice)} twice`;
  check(twice === undefined, { name: "each weight", must: "be in it once", words });
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
