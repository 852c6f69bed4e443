/**
 * The starting weights of a trace, in PyTorch's layouts. Pure.
 *
 * @module
 */

import { visible } from "../../src/validate.ts";

/** The network's weights in PyTorch's layouts, by PyTorch's names. */
const SHAPES = {
  "b1c1.weight": [16, 3, 3, 3],
  "b1c1.bias": [16],
  "b1c2.weight": [16, 16, 3, 3],
  "b1c2.bias": [16],
  "b1c3.weight": [64, 16, 1, 1],
  "b1c3.bias": [64],
  "b2c1.weight": [64, 64, 3, 3],
  "b2c1.bias": [64],
  "b2c2.weight": [64, 64, 3, 3],
  "b2c2.bias": [64],
  "cls.weight": [10, 256],
  "cls.bias": [10],
} as const;

/** PyTorch's name of one of the network's weights. */
export type TracedName = keyof typeof SHAPES;

/** A starting weight, in PyTorch's layout. */
export interface TracedWeight {
  /** `[out, in, kh, kw]`, `[out, in]` or, for a bias, `[out]`. */
  readonly shape: readonly number[];
  /** Its numbers in row-major order. */
  readonly values: Float32Array;
}

/** Every starting weight by PyTorch's name. */
export type TracedWeights = Readonly<Record<TracedName, TracedWeight>>;

/**
 * Takes the weights that a trace's list places in its file.
 *
 * @param entries Name, shape, offset and length of each, the last two counted in numbers.
 * @param bytes Little-endian float32.
 * @throws {TypeError} If a weight is not in the list, or not as the network has it.
 * @throws {RangeError} If there are more or fewer bytes than the network's weights have.
 */
export function parseWeights(entries: unknown, bytes: Uint8Array): TracedWeights {
  if (!Array.isArray(entries)) {
    throw new TypeError(`${REFUSAL}: weights must be a list, got ${shown(entries)}`);
  }
  const needed = 4 * Object.values(SHAPES).reduce((sum, shape) => sum + product(shape), 0);
  if (bytes.length !== needed) {
    throw new RangeError(
      `${REFUSAL}: its weights must be ${needed} bytes, the network's, got ${bytes.length}`,
    );
  }
  const weights = Object.entries(SHAPES).map(([name, shape]) => {
    const entry = entries.find((entry) => isObject(entry) && entry.name === name);
    return [name, { shape, values: littleEndian(bytes, positionOf(name, shape, entry)) }];
  });
  return Object.fromEntries(weights);
}

/** Where a weight's numbers are, counted in numbers. */
function positionOf(
  name: string,
  shape: readonly number[],
  entry: Readonly<Record<string, unknown>> | undefined,
): { readonly offset: number; readonly length: number } {
  if (entry === undefined) throw new TypeError(`${REFUSAL}: it lacks the weight ${name}`);
  const { offset, length } = entry;
  if (JSON.stringify(entry.shape) !== JSON.stringify(shape) || length !== product(shape)) {
    throw new TypeError(
      `${REFUSAL}: ${name} must have shape [${shape}] and length ${product(shape)}, ` +
        `got ${shown(entry.shape)} and ${shown(length)}`,
    );
  }
  if (!Number.isInteger(offset) || Number(offset) < 0) {
    throw new TypeError(
      `${REFUSAL}: the offset of ${name} must be a whole number from 0, got ${shown(offset)}`,
    );
  }
  return { offset: Number(offset), length };
}

function littleEndian(
  bytes: Uint8Array,
  { offset, length }: { readonly offset: number; readonly length: number },
): Float32Array {
  if (4 * (offset + length) > bytes.length) {
    throw new RangeError(
      `${REFUSAL}: a weight of ${length} numbers at offset ${offset} does not fit into the ` +
        `weights' ${bytes.length / 4}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + 4 * offset, 4 * length);
  return Float32Array.from({ length }, (_, i) => view.getFloat32(4 * i, true));
}

function product(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

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
