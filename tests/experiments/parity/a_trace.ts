/** A made-up trace: files' contents to take apart, and put together wrongly. */

import { sealTrace } from "../../../experiments/parity/trace.ts";

/** The network's weights in PyTorch's layouts, as the article's table has them. */
export const SHAPES: readonly (readonly [name: string, shape: readonly number[]])[] = [
  ["b1c1.weight", [16, 3, 3, 3]],
  ["b1c1.bias", [16]],
  ["b1c2.weight", [16, 16, 3, 3]],
  ["b1c2.bias", [16]],
  ["b1c3.weight", [64, 16, 1, 1]],
  ["b1c3.bias", [64]],
  ["b2c1.weight", [64, 64, 3, 3]],
  ["b2c1.bias", [64]],
  ["b2c2.weight", [64, 64, 3, 3]],
  ["b2c2.bias", [64]],
  ["cls.weight", [10, 256]],
  ["cls.bias", [10]],
];

/** One entry of the list of weights. */
export interface Entry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly length: number;
}

/** What the JSON of a trace holds. */
export interface Header {
  readonly steps: number;
  readonly loss: readonly number[];
  readonly x_res: readonly number[];
  readonly x_in: readonly number[];
  readonly weights: readonly Entry[];
}

/** Where each weight is in {@linkcode weightBytes}. */
export function entries(): Entry[] {
  let end = 0;
  return SHAPES.map(([name, shape]) => {
    const length = shape.reduce((product, size) => product * size);
    end += length;
    return { name, shape, offset: end - length, length };
  });
}

/** A trace of two steps. */
export function header(): Header {
  return { steps: 2, loss: [2.5, 2], x_res: [0.5, 0.25], x_in: [0.125, 1], weights: entries() };
}

/** The text of a header with the checksum that belongs to it and the made-up weights. */
export async function sealed(header: object, weights = weightBytes()): Promise<string> {
  return await sealTrace(JSON.stringify(header), weights);
}

/** 80,282 little-endian float32: 0, 1/1024, 2/1024 … */
export function weightBytes(): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(4 * 80_282));
  for (let i = 0; i < 80_282; i++) view.setFloat32(4 * i, i / 1024, true);
  return new Uint8Array(view.buffer);
}
