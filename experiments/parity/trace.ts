/**
 * A trace of the article's experiment in PyTorch: starting weights, and loss and gradient norms at
 * every step. Pure: takes the files' contents.
 *
 * @module
 */

import { isObject, REFUSAL, shown } from "./form.ts";
import { parseWeights, type TracedWeights } from "./traced_weights.ts";

/** What is compared, in this order. */
export const MEASURES = ["loss", "x_res", "x_in"] as const;

/** One of {@linkcode MEASURES}. */
export type TracedMeasure = (typeof MEASURES)[number];

/** Numbers by measure, one a step. */
export type Curves = Readonly<Record<TracedMeasure, readonly number[]>>;

/** A trace as it is read from `PREFIX.json` and `PREFIX.weights.f32`. */
export interface Trace {
  /** Number of steps, the length of every curve. */
  readonly steps: number;
  /** PyTorch's curves. */
  readonly curves: Curves;
  /** The starting weights by PyTorch's names. */
  readonly weights: TracedWeights;
}

/**
 * Parses a trace.
 *
 * @param json The text of `PREFIX.json`: `steps`, `loss`, `x_res`, `x_in`, and under `weights` a list
 * of name, shape, offset and length, the last two counted in numbers.
 * @param weights The bytes of `PREFIX.weights.f32`: little-endian float32.
 * @throws {TypeError} If something is missing from the JSON, or is not of that form.
 * @throws {RangeError} If a curve or the weights' file has another length than it needs.
 */
export function parseTrace(json: string, weights: Uint8Array): Trace {
  const header = parseObject(json);
  const { steps } = header;
  if (!Number.isInteger(steps) || Number(steps) < 1) {
    throw new TypeError(`${REFUSAL}: steps must be a whole number from 1, got ${shown(steps)}`);
  }
  const curve = (measure: TracedMeasure) => parseCurve(header[measure], measure, Number(steps));
  return {
    steps: Number(steps),
    curves: { loss: curve("loss"), x_res: curve("x_res"), x_in: curve("x_in") },
    weights: parseWeights(header.weights, weights),
  };
}

function parseObject(json: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new TypeError(`${REFUSAL}: its JSON does not parse: ${(cause as Error).message}`, {
      cause,
    });
  }
  if (isObject(value)) return value;
  throw new TypeError(`${REFUSAL}: its JSON must be an object, got ${shown(value)}`);
}

function parseCurve(curve: unknown, measure: TracedMeasure, steps: number): readonly number[] {
  if (!Array.isArray(curve)) {
    throw new TypeError(`${REFUSAL}: ${measure} must be a list of numbers, got ${shown(curve)}`);
  }
  if (curve.length !== steps) {
    throw new RangeError(
      `${REFUSAL}: ${measure} must have a number for each of ${steps} steps, got ${curve.length}`,
    );
  }
  const wrong = curve.findIndex((value) => !Number.isFinite(value));
  if (wrong < 0) return curve;
  throw new TypeError(
    `${REFUSAL}: ${measure} must be a number at step ${wrong}, got ${shown(curve[wrong])}`,
  );
}
