/**
 * Serves files from memory, to this machine alone.
 *
 * @module
 */

import type { Files } from "./build/files.ts";

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  gz: "application/gzip",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  svg: "image/svg+xml",
  wasm: "application/wasm",
};

/** Where to listen. */
export interface ServeOptions {
  /** 0 for any that is free. */
  readonly port: number;
  /** Stops serving. */
  readonly signal?: AbortSignal;
}

/** A server that is listening. */
export interface Served {
  /** Where the page is. */
  readonly address: string;
  /** Resolves once the server has stopped. */
  readonly finished: Promise<void>;
}

/**
 * Serves the files at `localhost`. Needs permission to listen there.
 *
 * @throws {Deno.errors.AddrInUse} If something else listens on the port.
 */
export function serve(files: Files, { port, signal }: ServeOptions): Served {
  const options = { hostname: "127.0.0.1", port, signal, onListen() {} };
  const server = Deno.serve(options, ({ url }) => answer(files, new URL(url).pathname));
  const { port: taken } = server.addr as Deno.NetAddr;
  return { address: `http://localhost:${taken}/`, finished: server.finished };
}

function answer(files: Files, pathname: string): Response {
  const path = decodeURIComponent(pathname).slice(1).replace(/(^|\/)$/, "$1index.html");
  const bytes = files.get(path);
  if (bytes === undefined) return new Response("Not found", { status: 404 });
  const type = TYPES[path.split(".").at(-1)!] ?? "application/octet-stream";
  // The next build is at the same address.
  return new Response(bytes, { headers: { "content-type": type, "cache-control": "no-cache" } });
}
