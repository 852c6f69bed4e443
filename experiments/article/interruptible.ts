/**
 * Batches between which Ctrl-C is heard.
 *
 * @module
 */

/** Milliseconds of work after which a timer is waited for, which takes about one. */
const WORK = 100;

/**
 * The same batches, with a timer waited for between two of them at least every 100 ms or, where a
 * batch takes longer, after each. While work never waits for a timer, Deno may deliver a signal such
 * as Ctrl-C seconds late, even where other events run in between.
 */
export async function* interruptible<B>(batches: Iterable<B>): AsyncGenerator<B, void> {
  let last = performance.now();
  for (const batch of batches) {
    yield batch;
    if (performance.now() - last < WORK) continue;
    await new Promise((resolve) => setTimeout(resolve));
    last = performance.now();
  }
}
