/**
 * Making the memory of a WebAssembly module shared between threads, by its one byte that says so.
 *
 * TensorFlow.js's threaded build starts only in browsers, and leaves our kernels on one thread.
 *
 * @module
 */

const IMPORT_SECTION = 2;
const MEMORY_SECTION = 5;
const MEMORY_KIND = 2;

/** Limits of a memory that has a maximum, and of one that is also shared. */
const [HAS_MAXIMUM, SHARED] = [1, 3];

/**
 * The same module with its memory, defined or imported, shared.
 *
 * @throws {TypeError} If the module has no memory with a maximum, which sharing needs.
 */
export function shareMemory(module: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const limits = limitsOfMemory(module);
  if (limits === undefined || module[limits] !== HAS_MAXIMUM) {
    throw new TypeError("Cannot share the module's memory: it has none with a maximum");
  }
  const shared = module.slice();
  shared[limits] = SHARED;
  return shared;
}

/** Where the limits of the module's memory begin. */
function limitsOfMemory(module: Uint8Array): number | undefined {
  const reader = new Reader(module, 8); // After the magic number and the version.
  while (reader.at < module.length) {
    const section = reader.byte();
    const end = reader.number() + reader.at;
    if (section === MEMORY_SECTION && reader.number() > 0) return reader.at;
    if (section === IMPORT_SECTION) {
      for (let imports = reader.number(); imports > 0; imports--) {
        reader.name(); // of the module
        reader.name(); // of the import
        if (reader.byte() === MEMORY_KIND) return reader.at;
        reader.number(); // the type of a function, the only other kind that is met here
      }
    }
    reader.at = end;
  }
}

class Reader {
  at: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  byte(): number {
    return this.#bytes[this.at++];
  }

  /** An unsigned number in LEB128. */
  number(): number {
    let value = 0;
    for (let shift = 0;; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  name(): void {
    const length = this.number();
    this.at += length;
  }
}
