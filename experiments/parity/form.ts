/**
 * What the refusals of a trace have in common.
 *
 * @module
 */

import { visible } from "../../src/validate.ts";

/** How every refusal starts. */
export const REFUSAL = "Cannot read the trace";

/** Whether a value is an object with names, not a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as a refusal shows it, short. */
export function shown(value: unknown): string {
  return visible(JSON.stringify(value) ?? "nothing");
}
