/**
 * Making the page cross-origin isolated, so that wasm may train on all cores.
 *
 * @module
 */

/** Session storage's key: this tab was reloaded once. A reload that changed nothing is not repeated. */
const RELOADED = "reloaded for threads";

/**
 * Where the web server does not send the headers for it, starts a service worker that adds them and, unless
 * the reader has begun, loads the page again under it. Where there are no service workers, wasm stays on
 * one thread.
 *
 * @param base The page's folder.
 */
export async function isolate(base: URL): Promise<void> {
  // None where the page is not secure, or where the reader forbids them.
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (crossOriginIsolated || workers === undefined) return;
  await workers.register(new URL("service_worker.js", base));
  await workers.ready;
  if (sessionStorage.getItem(RELOADED) !== null || navigator.userActivation.hasBeenActive) return;
  sessionStorage.setItem(RELOADED, "");
  location.reload();
}
