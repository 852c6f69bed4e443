/**
 * Progress of a whole sweep: runs, speed, and time left by the steps that are left.
 *
 * @module
 */

import { show } from "../commands/say.ts";

/** Where progress is shown, and how far it will go. */
export interface SweepProgressOptions {
  /** Runs to make. */
  readonly runs: number;
  /** Steps of all these runs. */
  readonly steps: number;
  /** @default Whether standard error is a terminal */
  readonly terminal?: boolean;
  /** @default Standard error */
  readonly write?: (text: string) => void;
  /** The time in milliseconds. @default performance.now */
  readonly now?: () => number;
}

/** Milliseconds between two lines where there is no terminal. */
const QUIET = 10_000;
const OFTEN = 250;

/** Shows the progress of a sweep; its time counts from its making. */
export class SweepProgress {
  readonly #options: Required<SweepProgressOptions>;
  readonly #start: number;
  readonly #going = new Map<string, { step: number; readonly steps: number }>();
  #shown = -Infinity;
  #runs = 0;
  #steps = 0;

  constructor(options: SweepProgressOptions) {
    this.#options = {
      terminal: Deno.stderr.isTerminal(),
      write: show,
      now: () => performance.now(),
      ...options,
    };
    this.#start = this.#options.now();
  }

  /** A step of a run, counted from 0, is done. */
  step(name: string, step: number, steps: number): void {
    this.#going.set(name, { step: step + 1, steps });
    this.#show();
  }

  /** A run of so many steps has ended, well or not. */
  end(name: string, steps: number): void {
    this.#going.delete(name);
    this.#runs++;
    this.#steps += steps;
    this.#show();
  }

  /** A line that stays. */
  note(text: string): void {
    this.clear();
    this.#options.write(`${text}\n`);
  }

  /** Takes the display away. */
  clear(): void {
    if (this.#options.terminal) this.#options.write("\r\x1b[J");
  }

  #show(): void {
    const { terminal, now, write } = this.#options;
    if (now() - this.#shown < (terminal ? OFTEN : QUIET)) return;
    this.#shown = now();
    if (!terminal) return write(`${this.#summary()}\n`);
    const lines = [
      this.#summary(),
      ...[...this.#going].map(([name, { step, steps }]) => `  ${name}  step ${step}/${steps}`),
    ];
    write(`\r\x1b[J${lines.join("\n")}\x1b[${lines.length - 1}A`);
  }

  #summary(): string {
    const { runs, steps, now } = this.#options;
    const going = [...this.#going.values()].reduce((sum, { step }) => sum + step, 0);
    const done = this.#steps + going;
    const seconds = (now() - this.#start) / 1000;
    const pace = done > 0 && seconds > 0
      ? `  ${(done / seconds).toFixed(1)} steps/s  ${
        duration((steps - done) * seconds / done)
      } left`
      : "";
    return `${this.#runs}/${runs} runs${pace}`;
  }
}

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}
