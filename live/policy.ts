/**
 * What a browser may do with the page: nothing leaves the reader's machine.
 *
 * @module
 */

/** Where each kind of thing may come from; the page has all that it needs in its own folder. */
const DIRECTIVES: Readonly<Record<string, string>> = {
  "default-src": "'none'",
  // TensorFlow.js compiles its wasm file.
  "script-src": "'self' 'wasm-unsafe-eval'",
  // wasm's threads, and the module that they share, are loaded from blobs.
  "worker-src": "'self' blob:",
  "style-src": "'self'",
  "img-src": "'self'",
  "connect-src": "'self' blob:",
  "form-action": "'none'",
  "base-uri": "'none'",
};

/** The content security policy, as a page states it in its head. */
export const POLICY: string = Object.entries(DIRECTIVES).map((each) => each.join(" ")).join("; ");

/** The headers under which a page's threads may share memory; it then can load nothing from other origins. */
export const ISOLATION: Readonly<Record<string, string>> = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
};

/** The headers of every answer; that no page may frame this one can be said only there. */
export const HEADERS: Readonly<Record<string, string>> = {
  ...ISOLATION,
  "content-security-policy": `${POLICY}; frame-ancestors 'none'`,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/**
 * A page that states the policy itself, for web servers that do not. Its threads have the policy that
 * comes with their programs, so that only a server that sends the headers binds them too.
 */
export function withPolicy(page: string): string {
  const metas = `
    <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
    <meta name="referrer" content="no-referrer" />`;
  return page.replace(/<meta charset="utf-8" \/>/, (charset) => charset + metas);
}
