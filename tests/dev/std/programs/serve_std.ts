/**
 * Serves two small packages in JSR's layout on the loopback interface and says where. Their functions
 * do nothing; with `false`, the listed checksums are those of no file.
 */

const [sound] = Deno.args;
const SOURCE = "export const assert = () => {};\nexport const parseArgs = () => ({ _: [] });\n";
const bytes = new TextEncoder().encode(SOURCE);
const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
const checksum = `sha256-${sound === "true" ? digest : "0".repeat(64)}`;

Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => console.log(`http://127.0.0.1:${port}/`),
}, (request) => {
  const { pathname } = new URL(request.url);
  if (pathname.endsWith("/meta.json")) {
    return Response.json({ versions: { "1.0.20": {}, "1.0.21": { yanked: true } } });
  }
  if (pathname.endsWith("_meta.json")) {
    const manifest = { "/mod.ts": { size: bytes.length, checksum } };
    return Response.json({ manifest, exports: { ".": "./mod.ts", "./parse-args": "./mod.ts" } });
  }
  return new Response(bytes, { headers: { "content-type": "text/typescript" } });
});
