/**
 * Reading a tar archive of plain files.
 *
 * @module
 */

const BLOCK = 512;

/** Where a header keeps what is read of it: offset and length in bytes. */
const FIELDS = { name: [0, 100], size: [124, 12], type: [156, 1] } as const;

/**
 * Takes an archive's files out of it, by their paths, such as `/mod.ts`.
 *
 * @throws {RangeError} If the archive is cut off, or holds a link, a folder or a name over 100 bytes
 */
export function untar(archive: Uint8Array): Map<string, Uint8Array<ArrayBuffer>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (let start = 0; archive[start] !== 0;) {
    const header = archive.subarray(start, start + BLOCK);
    const first = start + BLOCK;
    const size = parseInt(field(header, "size"), 8);
    const name = field(header, "name").replace(/^\.?\/?/, "/");
    if (first + size > archive.length || Number.isNaN(size)) {
      throw new RangeError(
        `Cannot read the archive: it is cut off, got ${archive.length} bytes and no end`,
      );
    }
    if (!["", "0"].includes(field(header, "type"))) {
      throw new RangeError(`Cannot read the archive: ${name} must be a plain file`);
    }
    files.set(name, archive.slice(first, first + size));
    start = first + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

function field(header: Uint8Array, name: keyof typeof FIELDS): string {
  const [start, length] = FIELDS[name];
  return new TextDecoder().decode(header.subarray(start, start + length)).replace(/\0.*$/s, "");
}
