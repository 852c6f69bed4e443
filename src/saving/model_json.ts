/**
 * `model.json`: TensorFlow.js's description of a saved model, with a checksum, and with the
 * optimizer's class where its state was saved too. Other readers pass over both. Pure.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import { sha256 } from "../data/sha256.ts";
import { described, visible } from "../checks/described.ts";
import { parseJson } from "../checks/json.ts";
import { manifestProblem, type WeightsGroup } from "./weights_form.ts";

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
    `the contents of model.json have checksum ${found}, it states ${described(stated)}`,
  );
}

function parseObject(text: string): Record<string, unknown> {
  const value = parseText(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new TypeError(`its model.json must be a JSON object, got ${described(value)}`);
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
  if (format !== FORMAT) return `its format must be ${FORMAT}, got ${described(format)}`;
  if (typeof modelTopology !== "object" || modelTopology === null) {
    return `its modelTopology must be an object, got ${described(modelTopology)}`;
  }
  if (optimizer !== undefined && typeof optimizer !== "string") {
    return `its optimizer must be the name of a class, got ${described(optimizer)}`;
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
        described(value);
    }
  }
}
