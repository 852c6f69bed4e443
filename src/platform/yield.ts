/**
 * A pause that lets timers, signals and a page's events run between two steps.
 *
 * @module
 */

/** Milliseconds of work after which a timer is waited for, which takes about one. */
const WORK = 100;

/**
 * Makes a function to wait for between two steps: it resolves in a later task of the event loop.
 *
 * That is one of `setImmediate` in Deno and Node, a message in browsers, which have no such function.
 * Messages would starve timers in Deno, and so keep an `AbortSignal.timeout` from ever ending a run; a
 * timer of 0 ms would wait for over one. At least every 100 ms or, where a step takes longer, after each
 * it is a timer none the less: while a program waits for none, Deno may deliver a signal such as Ctrl-C
 * seconds late, even where other events run in between.
 */
export function createYield(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < WORK) return await task();
    await new Promise<void>((resolve) => setTimeout(resolve));
    last = performance.now();
  };
}

function task(): Promise<void> {
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
