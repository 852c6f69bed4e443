/**
 * Unpacking gzipped IDX files, never further than their header says: a few megabytes of gzip can hold
 * gigabytes.
 *
 * @module
 */

import { headerLength, parseHeader } from "./idx.ts";

/**
 * Bytes that are given to the decompressor at a time. Deno's gives all that comes of them as one
 * array, and a byte of gzip may become 1,032: so it is 8 MB at most.
 */
const PIECE = 8192;

/**
 * Unpacks one gzip stream that holds an IDX file.
 *
 * @param packed The stream, whole
 * @param path What to call the file in errors
 * @returns The unpacked file; shorter than its header says where the stream holds less
 * @throws {RangeError} If it is no gzip stream, is damaged, or holds no IDX file or more than one
 */
export async function unpackIdx(
  packed: Uint8Array<ArrayBuffer>,
  path: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const unpacked = new Unpacked(path);
  const reader = piecesOf(packed).pipeThrough(new DecompressionStream("gzip")).getReader();
  try {
    while (true) {
      const { value, done } = await reader.read().catch((cause) => {
        throw damaged(packed, { path, cause });
      });
      if (done) return unpacked.end();
      unpacked.add(value);
    }
  } finally {
    await reader.cancel().catch(() => {}); // it may have failed already
  }
}

function piecesOf(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let from = 0;
  return new ReadableStream({
    pull(controller) {
      if (from >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(from, from += PIECE));
    },
  }, { highWaterMark: 0 });
}

function damaged(
  { length }: Uint8Array,
  { path, cause }: { readonly path: string; readonly cause: unknown },
): RangeError {
  return new RangeError(
    `Cannot unpack ${path}: it must be one whole gzip stream, got ${length} bytes that are ` +
      `cut, damaged or something else; fetch the file again`,
    { cause },
  );
}

/** A file that comes in pieces: its first bytes until they hold the header, then all that it states. */
class Unpacked {
  readonly #path: string;
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(4);
  #filled = 0;
  #stated = false;

  constructor(path: string) {
    this.#path = path;
  }

  /** @throws {RangeError} If the header is no IDX file's, or this is more than it states. */
  add(piece: Uint8Array): void {
    let rest = piece;
    while (rest.length > 0) {
      const room = this.#bytes.length - this.#filled;
      this.#bytes.set(rest.subarray(0, room), this.#filled);
      this.#filled += Math.min(room, rest.length);
      rest = rest.subarray(room);
      if (this.#filled === this.#bytes.length && !this.#stated) this.#grow();
      else if (rest.length > 0) this.#refuse();
    }
  }

  end(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#filled);
  }

  /** Makes room for the header once its length is known, for the whole file once its shape is. */
  #grow(): void {
    const header = headerLength(this.#bytes);
    this.#stated = this.#filled >= header;
    const { end } = this.#stated ? parseHeader(this.#bytes, this.#path) : { end: header };
    const grown = new Uint8Array(end);
    grown.set(this.#bytes);
    this.#bytes = grown;
  }

  #refuse(): never {
    throw new RangeError(
      `Cannot unpack ${this.#path}: its header states ${this.#bytes.length} bytes, ` +
        "got a gzip stream of more",
    );
  }
}
