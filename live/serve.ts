/**
 * Serves files from memory, to this machine alone.
 *
 * @module
 */

import { formatValue } from "../src/validate.ts";
import type { Files } from "./build/files.ts";
import { HEADERS } from "./policy.ts";

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  gz: "application/gzip",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  txt: "text/plain; charset=utf-8",
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
  const { promise: taken, resolve } = Promise.withResolvers<number>();
  const etags = new Map<string, Promise<string>>();
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port,
    signal,
    onListen() {},
    // What cannot even be read as a request: of no interest to whoever runs this.
    onError: () => refuse(400, "Cannot read the request: it must be of a page here"),
  }, async (request) => {
    const port = await taken;
    const refused = checked(request, port);
    if (refused !== undefined) return refused;
    const path = pathOf(request);
    if (path === undefined) return refuse(400, "Cannot read the address: its % must be escapes");
    const bytes = files.get(path);
    if (bytes === undefined) {
      const page = `http://localhost:${port}/`;
      return refuse(404, `Cannot find ${formatValue(path)}: the page is at ${page}`);
    }
    const etag = etags.get(path) ?? etagOf(bytes);
    etags.set(path, etag);
    return answer(request, { path, bytes, etag: await etag });
  });
  const { port: chosen } = server.addr as Deno.NetAddr;
  resolve(chosen);
  return { address: `http://localhost:${chosen}/`, finished: server.finished };
}

/** The answer to a request that is none of this server's. */
function checked({ method, headers }: Request, port: number): Response | undefined {
  const host = headers.get("host") ?? "";
  if (!isHost(host)) return refuse(400, "Cannot tell the host: the request must name one");
  // A foreign name that leads to this machine would let its owner's page read what is here.
  const names = ["localhost", "127.0.0.1", "[::1]"];
  const ours = names.flatMap((name) => port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]);
  if (!ours.includes(host.toLowerCase())) {
    return refuse(421, `Cannot answer for another host: it must be localhost:${port}`);
  }
  if (method === "GET" || method === "HEAD") return undefined;
  return refuse(405, "Cannot do that: the method must be GET or HEAD", { allow: "GET, HEAD" });
}

function isHost(host: string): boolean {
  return /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(host);
}

/** The path of a file; nothing if the address cannot be decoded. */
function pathOf({ url }: Request): string | undefined {
  try {
    return decodeURIComponent(new URL(url).pathname).slice(1).replace(/(^|\/)$/, "$1index.html");
  } catch {
    return undefined;
  }
}

async function etagOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `"${digest.toHex().slice(0, 32)}"`;
}

/** A file, or only that it is the one that the browser has: the next build is at the same address. */
function answer(
  { method, headers: asked }: Request,
  { path, bytes, etag }: {
    readonly path: string;
    readonly bytes: Uint8Array<ArrayBuffer>;
    readonly etag: string;
  },
): Response {
  const headers = { ...HEADERS, etag, "cache-control": "no-cache", "accept-ranges": "none" };
  const known = (asked.get("if-none-match") ?? "").split(",").map((each) =>
    each.trim().replace(/^W\//, "")
  );
  if (known.includes(etag) || known.includes("*")) {
    return new Response(null, { status: 304, headers });
  }
  const type = TYPES[path.split(".").at(-1)!] ?? "application/octet-stream";
  return new Response(method === "HEAD" ? null : bytes, {
    headers: { ...headers, "content-type": type, "content-length": `${bytes.length}` },
  });
}

function refuse(
  status: number,
  sentence: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(`${sentence}\n`, {
    status,
    headers: { ...HEADERS, "content-type": TYPES.txt, ...headers },
  });
}
