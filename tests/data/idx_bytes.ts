import type { Idx } from "../../src/data/idx.ts";

/** Bytes of a value by the type byte of an IDX file, from the format's description. */
export const IDX_SIZES: Readonly<Record<number, number>> = {
  0x08: 1,
  0x09: 1,
  0x0b: 2,
  0x0c: 4,
  0x0d: 4,
  0x0e: 8,
};

/** Writes an IDX file: the oracle of its parser. The type is that of the data. */
export function idxBytes(
  shape: readonly number[],
  data: ArrayLike<number> | Idx["data"],
): Uint8Array<ArrayBuffer> {
  const values = ArrayBuffer.isView(data) ? data : Uint8Array.from(data);
  const start = 4 + 4 * shape.length;
  const bytes = new Uint8Array(start + values.byteLength);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, typeOf(values) << 8 | shape.length);
  shape.forEach((size, i) => view.setUint32(4 + 4 * i, size));
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), start);
  const size = values.BYTES_PER_ELEMENT;
  if (size === 1 || !LOWEST_FIRST) return bytes;
  for (let at = start; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
  return bytes;
}

/** Whether this machine has the lowest byte of a number first, unlike the file. */
const LOWEST_FIRST = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function typeOf(values: Idx["data"]): number {
  if (values instanceof Uint8Array) return 0x08;
  if (values instanceof Int8Array) return 0x09;
  if (values instanceof Int16Array) return 0x0b;
  if (values instanceof Int32Array) return 0x0c;
  return values instanceof Float32Array ? 0x0d : 0x0e;
}
