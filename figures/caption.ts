/**
 * The gray lines under the experiment: what was trained, on what, and which record the numbers are.
 *
 * @module
 */

import type { RunRecord } from "../src/record/record.ts";
import { formatCount, stripControlCharacters, truncate } from "./format.ts";

/** The article trains for one epoch: 60,000 images in batches of 32. */
const articleSteps = 1875;

/**
 * Says what a record is of, and where that is not what the article trains: other data, another
 * variant, fewer steps.
 *
 * @returns Two lines of text
 * @throws {TypeError} If `data`, `variant`, `seed`, `steps` or `backend` is missing
 *
 * @example
 * ```ts ignore
 * caption(record);
 * // ["MNIST, variant residual, seed 0", "1,875 steps on wasm, record 3fa9c1d2e4b7"]
 * ```
 */
export function caption(record: RunRecord): [what: string, which: string] {
  const { configuration, environment, checksum } = record;
  const data = describeData(setting("data", configuration));
  const variant = setting("variant", configuration);
  const seed = setting("seed", configuration);
  const steps = describeSteps(record);
  const backend = setting("backend", environment);
  const id = [...stripControlCharacters(checksum)].slice(0, 12).join("");
  return [
    `${data}, variant ${variant}, seed ${seed}`,
    `${steps} on ${backend}, record ${id}`,
  ];
}

function describeData(data: string): string {
  return data === "MNIST" ? data : `not MNIST: ${data}`;
}

/** A run ends before its last step when it is stopped or its loss is no longer a number. */
function describeSteps({ configuration, columns }: RunRecord): string {
  const taken = columns.step.length;
  const wanted = Number(setting("steps", configuration));
  if (taken < wanted) return `stopped after ${formatCount(taken)} of ${formatCount(wanted)} steps`;
  if (taken < articleSteps) {
    return `only ${formatCount(taken)} of the article's ${formatCount(articleSteps)} steps`;
  }
  return `${formatCount(taken)} steps`;
}

function setting(name: string, values: Readonly<Record<string, number | string>>): string {
  if (!Object.hasOwn(values, name)) {
    const found = truncate(Object.keys(values).join(", "), 200) || "none";
    throw new TypeError(
      `Cannot caption the experiment: the record must say its ${name}, got ${found}`,
    );
  }
  return truncate(String(values[name]), 40);
}
