/**
 * Progress of a run: a bar that redraws itself on a terminal, a line every 100 steps elsewhere.
 *
 * @module
 */

import { show } from "./say.ts";

/** Where progress is shown, and how far it will go. */
export interface ProgressOptions {
  /** Steps of the whole run. */
  readonly total: number;
  /** @default Whether standard error is a terminal */
  readonly terminal?: boolean;
  /** @default Standard error */
  readonly write?: (text: string) => void;
  /** The time in milliseconds. @default performance.now */
  readonly now?: () => number;
}

/** Shows one run's progress; its time counts from its making, its steps from the first that is shown. */
export class Progress {
  readonly #total: number;
  readonly #terminal: boolean;
  readonly #write: (text: string) => void;
  readonly #now: () => number;
  readonly #start: number;
  #first: number | undefined;

  constructor({
    total,
    terminal = Deno.stderr.isTerminal(),
    write = show,
    now = () => performance.now(),
  }: ProgressOptions) {
    this.#total = total;
    this.#terminal = terminal;
    this.#write = write;
    this.#now = now;
    this.#start = now();
  }

  /** Step `step`, counted from 0, is done. */
  update(step: number, loss: number): void {
    const done = step + 1;
    this.#first ??= step;
    if (!this.#terminal && done % 100 !== 0 && done !== this.#total) return;
    const facts = [
      `step ${done}/${this.#total}`,
      ...this.#pace(done, this.#first),
      `loss ${loss.toFixed(3)}`,
    ];
    if (this.#terminal) facts.unshift(bar(done / this.#total));
    this.#show(facts.join("  "));
  }

  /** Speed and time left, once there is any time to tell them from. */
  #pace(done: number, first: number): string[] {
    const seconds = (this.#now() - this.#start) / 1000;
    if (seconds <= 0) return [];
    const rate = (done - first) / seconds;
    return [`${rate.toFixed(1)} steps/s`, `${duration((this.#total - done) / rate)} left`];
  }

  /** Something else than a step goes on now. */
  note(text: string): void {
    this.#show(text);
  }

  #show(line: string): void {
    this.#write(this.#terminal ? `\r${line}\x1b[K` : `${line}\n`);
  }

  /** Clears the bar. */
  end(): void {
    if (this.#terminal) this.#write("\r\x1b[K");
  }
}

function bar(part: number): string {
  const full = Math.round(24 * part);
  return "█".repeat(full) + "░".repeat(24 - full);
}

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
