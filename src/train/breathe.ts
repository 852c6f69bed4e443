/**
 * A pause that lets timers, signals and a page's events run between two steps.
 *
 * @module
 */

/**
 * Resolves in a later task of the event loop: one of `setImmediate` in Deno and Node, a message in
 * browsers, which have no such function. Messages would starve timers in Deno, and so keep an
 * `AbortSignal.timeout` from ever ending a run; a timer of 0 ms would wait for over one.
 */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === "function") setImmediate(resolve);
    else message(resolve);
  });
}

function message(received: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    received();
  };
  port2.postMessage(undefined);
}
