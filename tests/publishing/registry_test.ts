import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { type Handler, registry } from "../../dev/registry/registry.ts";
import { untar } from "../../dev/registry/untar.ts";
import { tar } from "./tar.ts";

const VERSION = "/api/scopes/a/packages/b/versions/1.0.0";
const config = { name: "@a/b", version: "1.0.0", exports: "./mod.ts" };

Deno.test("an empty registry has no version of a package, and lets it be published", async () => {
  const ask = registry({ token: "secret" });
  assertEquals((await get(ask, "/api/scopes/a/packages/b")).status, 200);
  assertEquals((await get(ask, VERSION)).status, 404);
  assertEquals((await get(ask, "/@a/b/meta.json")).status, 404);
});

Deno.test("a published version is listed, described with exports and checksums, and served", async () => {
  const ask = registry({ token: "secret" });
  assertEquals((await publish(ask, { config, files: { "./mod.ts": "abc" } })).status, 200);
  assertEquals(await (await get(ask, "/@a/b/meta.json")).json(), {
    scope: "a",
    name: "b",
    latest: "1.0.0",
    versions: { "1.0.0": {} },
  });
  const { exports, manifest } = await (await get(ask, "/@a/b/1.0.0_meta.json")).json();
  assertEquals(exports, { ".": "./mod.ts" });
  assertEquals(manifest["/mod.ts"], {
    size: 3,
    // SHA-256 of "abc", from FIPS 180-2, appendix B.1.
    checksum: "sha256-ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  });
  assertEquals(await (await get(ask, "/@a/b/1.0.0/mod.ts")).text(), "abc");
  assertEquals((await get(ask, "/@a/b/1.0.0/other.ts")).status, 404);
});

Deno.test("an upload is refused without the token, and a second time", async () => {
  const ask = registry({ token: "secret" });
  const upload = { config, files: { "./mod.ts": "" } };
  assertEquals((await publish(ask, { ...upload, token: "guess" })).status, 401);
  assertEquals((await publish(ask, upload)).status, 200);
  assertEquals((await publish(ask, upload)).status, 409);
});

Deno.test("an upload is refused that exports what is not in it, or is of another package", async () => {
  const ask = registry({ token: "secret" });
  const missing = await publish(ask, { config, files: {} });
  assertStringIncludes(await missing.text(), "it exports ./mod.ts, which is missing");
  const other = await publish(ask, { config: { ...config, name: "@a/c" }, files: {} });
  assertStringIncludes(await other.text(), "/deno.json says @a/c@1.0.0");
});

function get(ask: Handler, path: string): Promise<Response> {
  return ask(new Request(`http://127.0.0.1${path}`));
}

interface Upload {
  readonly config: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  readonly token?: string;
}

function publish(ask: Handler, { config, files, token = "secret" }: Upload): Promise<Response> {
  const archive = tar({ "./deno.json": JSON.stringify(config), ...files });
  const body = new Blob([archive]).stream().pipeThrough(new CompressionStream("gzip"));
  const headers = { authorization: `Bearer ${token}` };
  const url = `http://127.0.0.1${VERSION}?config=/deno.json`;
  return ask(new Request(url, { method: "POST", headers, body }));
}

Deno.test("untar gives files by their paths, also an empty one and one of several blocks", () => {
  const long = "b".repeat(1025);
  const files = [...untar(tar({ "./mod.ts": "a", "./src/long.ts": long, "./empty.ts": "" }))];
  assertEquals(files.map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]), [
    ["/mod.ts", "a"],
    ["/src/long.ts", long],
    ["/empty.ts", ""],
  ]);
});

Deno.test("untar refuses an archive that is cut off in a file, and one cut off before its end", () => {
  const archive = tar({ "./mod.ts": "a".repeat(600) });
  for (const length of [1000, 1536]) {
    assertThrows(() => untar(archive.subarray(0, length)), RangeError, `got ${length} bytes`);
  }
});

Deno.test("untar refuses a link", () => {
  const archive = tar({ "./mod.ts": "" });
  archive[156] = "2".charCodeAt(0);
  assertThrows(() => untar(archive), RangeError, "/mod.ts must be a plain file");
});
