/**
 * The wire format of Protocol Buffers, as much of it as TensorBoard's messages need
 * (https://protobuf.dev/programming-guides/encoding/).
 *
 * @module
 */

import { concat } from "../platform/bytes.ts";

/** How the value of a field is written: the last three bits of its tag. */
const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** A field of any message: its bytes, the tag in front. */
export type Field = Uint8Array;

/** A whole number from 0 to 2⁵³ − 1: an `int64`, an `int32` or an enumeration. */
export function whole(field: number, value: number): Field {
  return concat([tag(field, "varint"), varint(value)]);
}

/** A `double`. */
export function double(field: number, value: number): Field {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return concat([tag(field, "fixed64"), bytes]);
}

/** A `float`: the number nearest to this one in float32. */
export function float(field: number, value: number): Field {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return concat([tag(field, "fixed32"), bytes]);
}

/** A `string`, or `bytes` that are the text in UTF-8. */
export function text(field: number, value: string): Field {
  return lengthPrefixed(field, new TextEncoder().encode(value));
}

/** A message, of these fields. */
export function message(field: number, fields: readonly Field[]): Field {
  return lengthPrefixed(field, concat(fields));
}

function lengthPrefixed(field: number, bytes: Uint8Array): Field {
  return concat([tag(field, "bytes"), varint(bytes.length), bytes]);
}

function tag(field: number, wire: keyof typeof WIRE): Uint8Array {
  return varint(field * 8 + WIRE[wire]);
}

/** Seven bits a byte, the lowest first; all bytes but the last have the highest bit set. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push(rest % 128 + 128);
  return Uint8Array.from([...bytes, rest]);
}
