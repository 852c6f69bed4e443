/**
 * One part of the data: fetched once, kept in the browser's cache, checked each time.
 *
 * @module
 */

import type { PartFile } from "../shared/files.ts";

/** Where a part is, and who is told of its progress. */
export interface LoadOptions {
  /** The page's folder. */
  readonly base: URL;
  /** Name of the cache. */
  readonly cache: string;
  /** So many more bytes are there. */
  onBytes(count: number): void;
}

/**
 * The unpacked bytes of a part: labels, then pixels.
 *
 * @throws {Error} If it cannot be fetched, or is not what the build wrote, even when fetched again.
 */
export async function loadPart(
  part: PartFile,
  { base, cache: cacheName, onBytes }: LoadOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const url = new URL(part.path, base);
  const cache = await openCache(cacheName);
  const kept = await cache?.match(url);
  if (kept !== undefined) {
    const bytes = await checked(await kept.bytes(), part).catch(() => undefined);
    if (bytes !== undefined) {
      onBytes(part.size);
      return bytes;
    }
    await cache?.delete(url);
  }
  const packed = await fetched(url, onBytes);
  const bytes = await checked(packed, part);
  // A full disk costs only the next visit.
  await cache?.put(url, new Response(packed)).catch(() => {});
  return bytes;
}

/** Nothing where a page may not keep anything, such as in a private window of some browsers. */
async function openCache(name: string): Promise<Cache | undefined> {
  try {
    return await caches.open(name);
  } catch {
    return undefined;
  }
}

async function fetched(
  url: URL,
  onBytes: LoadOptions["onBytes"],
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url).catch((cause) => {
    throw new Error(`Cannot load ${url.pathname}: ${cause.message}`, { cause });
  });
  if (!response.ok || response.body === null) {
    throw new Error(`Cannot load ${url.pathname}: the server answered ${response.status}`);
  }
  const counting = new TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      onBytes(chunk.length);
      controller.enqueue(chunk as Uint8Array<ArrayBuffer>);
    },
  });
  return await new Response(response.body.pipeThrough(counting)).bytes();
}

/** Unpacks a part and compares it with what the build wrote. */
async function checked(
  packed: Uint8Array<ArrayBuffer>,
  { path, sha256 }: PartFile,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await gunzip(packed).catch(() => undefined);
  const found = bytes && new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  if (bytes !== undefined && found === sha256) return bytes;
  throw new Error(
    `Cannot trust ${path}: its SHA-256 must be ${sha256.slice(0, 16)}…, ` +
      `got ${found === undefined ? "a file that cannot be unpacked" : `${found.slice(0, 16)}…`}`,
  );
}

async function gunzip(packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return await new Response(stream).bytes();
}
