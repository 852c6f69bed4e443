/**
 * A trace of the article's experiment in PyTorch: starting weights, and loss and gradient norms at
 * every step. Pure: takes the files' contents.
 *
 * @module
 */

import { formatValue } from "../../src/validate.ts";
import { parseJson } from "../../src/platform/json.ts";
import { isObject, parseWeights, REFUSAL, shown, type TracedWeights } from "./traced_weights.ts";

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

type Header = Readonly<Record<string, unknown>>;

/**
 * Parses a trace.
 *
 * @param json The text of `PREFIX.json`: `steps`, `loss`, `x_res`, `x_in`, under `weights` a list of
 * name, shape, offset and length, the last two counted in numbers, and the `checksum` that
 * {@linkcode sealTrace} adds.
 * @param weights The bytes of `PREFIX.weights.f32`: little-endian float32.
 * @throws {TypeError} If something is missing from the JSON, or is not of that form.
 * @throws {RangeError} If a curve or the weights' file has another length than it needs, or the
 * checksum is not that of the contents.
 */
export async function parseTrace(
  json: string,
  weights: Uint8Array<ArrayBuffer>,
): Promise<Trace> {
  const { checksum: stated, ...header } = parseObject(json);
  const trace = traceOf(header, weights);
  if (stated === undefined) {
    throw new TypeError(
      `${REFUSAL}: it must have a checksum, got none: deno task parity --reference PREFIX --seal ` +
        "prints its JSON with one",
    );
  }
  const found = await checksumOf(header, weights);
  if (found === stated) return trace;
  throw new RangeError(
    `Cannot trust the trace: its contents have checksum ${found}, it states ${formatValue(stated)}`,
  );
}

/**
 * The text of `PREFIX.json` with a checksum over all else in it and over the weights.
 *
 * @param json The text without a checksum, as PyTorch's program wrote it.
 * @param weights The bytes of `PREFIX.weights.f32`.
 * @throws {TypeError} If it is no trace, or has a checksum already.
 * @throws {RangeError} If a curve or the weights' file has another length than it needs.
 */
export async function sealTrace(json: string, weights: Uint8Array<ArrayBuffer>): Promise<string> {
  const header = parseObject(json);
  traceOf(header, weights);
  if (Object.hasOwn(header, "checksum")) {
    throw new TypeError(
      `Cannot seal the trace: it must have no checksum, got ${formatValue(header.checksum)}`,
    );
  }
  return `${JSON.stringify({ checksum: await checksumOf(header, weights), ...header })}\n`;
}

/**
 * SHA-256 of the JSON without white space and without the checksum, as pairs sorted by name, and of
 * the SHA-256 of the weights.
 */
async function checksumOf(header: Header, weights: Uint8Array<ArrayBuffer>): Promise<string> {
  const pairs = Object.entries(header).sort(([a], [b]) => a < b ? -1 : 1); // in any locale
  const text = JSON.stringify([pairs, await sha256(weights)]);
  return await sha256(new TextEncoder().encode(text));
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

/** What a header and its weights' bytes say, if they have their form. */
function traceOf(header: Header, weights: Uint8Array): Trace {
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

/** The JSON's names and values, 0 in place of −0: the checksum's text is the same. */
function parseObject(json: string): Header {
  let value: unknown;
  try {
    value = JSON.parse(JSON.stringify(parseJson(json)));
  } catch (cause) {
    throw new TypeError(`${REFUSAL}: its JSON cannot be read: ${(cause as Error).message}`, {
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
