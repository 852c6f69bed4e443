/**
 * A pause that lets timers, signals and a page's events run between two steps.
 *
 * @module
 */

/**
 * Resolves in a later task of the event loop. A timer of 0 ms would wait for over one; a message
 * takes less than a tenth of that, in Deno, Node and browsers alike.
 */
export function breathe(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
