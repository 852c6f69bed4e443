/**
 * A gate that lets steps through: as many as were allowed, then it waits.
 *
 * @module
 */

/** Holds a run between two steps until it may go on. */
export class Gate {
  #allowed = 0;
  readonly #waiting: (() => void)[] = [];
  readonly #signal: AbortSignal;

  /** @param signal Ends every wait with its reason. */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener("abort", () => this.#wake());
  }

  /** Lets so many more steps through, or all with `Infinity`. */
  allow(steps: number): void {
    this.#allowed += steps;
    this.#wake();
  }

  /** Lets no step through until allowed again. */
  hold(): void {
    this.#allowed = 0;
  }

  /** Waits until a step may pass. */
  async pass(): Promise<void> {
    while (this.#allowed < 1) {
      this.#signal.throwIfAborted();
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#signal.throwIfAborted();
    this.#allowed--;
  }

  #wake(): void {
    for (const resume of this.#waiting.splice(0)) resume();
  }
}
