/**
 * One version of a package, as `deno publish` uploads it and as JSR describes it.
 *
 * @module
 */

import { untar } from "./untar.ts";

/** A published version. */
export interface Version {
  /** The files by their paths, such as `/mod.ts`. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** The modules by what users import: `.` or `./name`. */
  readonly exports: Readonly<Record<string, string>>;
  /** Size and checksum of every file, which Deno holds what it loads against. */
  readonly manifest: Readonly<Record<string, FileEntry>>;
}

/** What the manifest says about a file. */
export interface FileEntry {
  /** In bytes. */
  readonly size: number;
  /** `sha256-` and 64 hexadecimal digits. */
  readonly checksum: string;
}

/** The part of a package's configuration file that a registry reads. */
interface Configuration {
  readonly name: string;
  readonly version: string;
  readonly exports: string | Record<string, string>;
}

/**
 * Reads an upload.
 *
 * @param tarball A gzipped tar archive
 * @param expected The name and version that the upload's address has
 * @throws {RangeError} If the archive cannot be read, or an export's module is not in it
 * @throws {TypeError} If the configuration is for another name or version
 */
export async function readVersion(
  tarball: ReadableStream<Uint8Array<ArrayBuffer>>,
  { name, version, config }: Pick<Configuration, "name" | "version"> & { readonly config: string },
): Promise<Version> {
  const unzipped = new Response(tarball.pipeThrough(new DecompressionStream("gzip")));
  const files = untar(await unzipped.bytes());
  const read = JSON.parse(new TextDecoder().decode(files.get(config))) as Configuration;
  if (read.name !== name || read.version !== version) {
    throw new TypeError(
      `Cannot publish ${name}@${version}: ${config} says ${read.name}@${read.version}`,
    );
  }
  const exports = typeof read.exports === "string" ? { ".": read.exports } : read.exports;
  for (const path of Object.values(exports)) {
    if (!files.has(path.replace(/^\./, ""))) {
      throw new RangeError(
        `Cannot publish ${name}@${version}: it exports ${path}, which is missing`,
      );
    }
  }
  return { files, exports, manifest: await manifestOf(files) };
}

async function manifestOf(files: Version["files"]): Promise<Version["manifest"]> {
  const entries = [...files].map(async ([path, bytes]): Promise<[string, FileEntry]> => {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return [path, { size: bytes.length, checksum: `sha256-${digest.toHex()}` }];
  });
  return Object.fromEntries(await Promise.all(entries));
}
