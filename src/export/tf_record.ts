/**
 * TensorFlow's container of byte strings, TFRecord (https://www.tensorflow.org/tutorials/load_data/tfrecord).
 *
 * @module
 */

import { concat } from "../platform/bytes.ts";

/**
 * The bytes as one entry of the container: their number (64 bits), its masked checksum, the bytes, their
 * masked checksum; little-endian.
 */
export function framed(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(bytes.length), true);
  return concat([length, maskedChecksum(length), bytes, maskedChecksum(bytes)]);
}

/**
 * TensorFlow rotates a checksum and adds a constant, because a checksum over bytes that contain
 * checksums says little.
 */
function maskedChecksum(bytes: Uint8Array): Uint8Array {
  const checksum = crc32c(bytes);
  const rotated = (checksum >>> 15) | (checksum << 17);
  const masked = new Uint8Array(4);
  new DataView(masked.buffer).setUint32(0, rotated + 0xa282ead8, true);
  return masked;
}

/** CRC-32C's polynomial, Castagnoli's, the lowest bit first. */
const POLYNOMIAL = 0x82f63b78;

/** What a byte does to the checksum of what comes before it. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) {
    remainder = (remainder >>> 1) ^ (remainder & 1 ? POLYNOMIAL : 0);
  }
  return remainder;
});

/** CRC-32C of some bytes (RFC 3720, appendix B.4), from 0 to 2³² − 1. */
export function crc32c(bytes: Uint8Array): number {
  let remainder = 0xffffffff;
  for (const byte of bytes) remainder = (remainder >>> 8) ^ TABLE[(remainder ^ byte) & 0xff];
  return ~remainder >>> 0;
}
