/**
 * The progress of training, of one run or of many: a display that redraws itself on a terminal, and
 * a line from time to time elsewhere.
 *
 * @module
 */

import { show } from "./log.ts";

/** Where progress is shown, and how far it will get. */
export interface ProgressOptions {
  /** Steps of all runs together. */
  readonly steps: number;
  /** Runs, if their number is to be shown. @default one run, which is not counted */
  readonly runs?: number;
  /** @default Whether standard error is a terminal */
  readonly terminal?: boolean;
  /** @default Standard error */
  readonly write?: (text: string) => void;
  /** The time in milliseconds. @default performance.now */
  readonly now?: () => number;
}

/** A step that a run has taken. */
export interface ProgressStep {
  /** The run's name, where there are several. @default "" */
  readonly run?: string;
  /** Which step, counted from 0. */
  readonly step: number;
  /** Steps of this run. @default the steps of all runs */
  readonly steps?: number;
  /** The loss at this step, if it is to be shown. */
  readonly loss?: number;
}

/** Milliseconds between two redraws on a terminal. */
const REDRAW = 250;

/** Milliseconds between two lines elsewhere: a log is to stay short. */
const LINE = 10_000;

/** Shows progress. The clock starts when it is made. */
export class Progress {
  readonly #options: ProgressOptions & Required<Omit<ProgressOptions, "runs">>;
  readonly #start: number;
  /** The runs that are being trained, by name. */
  readonly #current = new Map<string, Required<Omit<ProgressStep, "run" | "loss">>>();
  #shown = -Infinity;
  #endedRuns = 0;
  #endedSteps = 0;
  /** Steps that were taken before this display was made, by a single run that is resumed. */
  #earlierSteps = 0;

  constructor(options: ProgressOptions) {
    this.#options = {
      terminal: Deno.stderr.isTerminal(),
      write: show,
      now: () => performance.now(),
      ...options,
    };
    this.#start = this.#options.now();
  }

  /** Shows the first step, the last one, and those between from time to time. */
  update({ run = "", step, steps = this.#options.steps, loss }: ProgressStep): void {
    const resumed = this.#options.runs === undefined && this.#current.size === 0;
    if (resumed) this.#earlierSteps = step;
    this.#current.set(run, { step, steps });
    this.#show(loss);
  }

  /** Counts a run of so many steps as ended, well or not. */
  endRun(run: string, steps: number): void {
    this.#current.delete(run);
    this.#endedRuns++;
    this.#endedSteps += steps;
    this.#show();
  }

  /** Writes a line that stays. */
  note(text: string): void {
    this.clear();
    this.#options.write(`${text}\n`);
  }

  /** Takes the display off the terminal. */
  clear(): void {
    if (this.#options.terminal) this.#options.write("\r\x1b[J");
  }

  #show(loss?: number): void {
    const { terminal, now, write, runs, steps } = this.#options;
    const done = this.#done();
    const early = now() - this.#shown < (terminal ? REDRAW : LINE);
    if (early && done < steps) return;
    this.#shown = now();
    const facts = [
      ...terminal ? [bar(done / steps)] : [],
      ...runs === undefined ? [] : [`${this.#endedRuns}/${runs} runs`],
      `step ${done}/${steps}`,
      ...this.#pace(done),
      ...loss === undefined ? [] : [`loss ${loss.toFixed(3)}`],
    ];
    const line = facts.join("  ");
    if (!terminal) return write(`${line}\n`);
    const below = runs === undefined
      ? []
      : [...this.#current].map(([name, { step, steps }]) =>
        `\n  ${name}  step ${step + 1}/${steps}`
      );
    const backUp = below.length === 0 ? "" : `\x1b[${below.length}A`;
    write(`\r\x1b[J${line}${below.join("")}${backUp}`);
  }

  /** Steps that are done, of all runs. */
  #done(): number {
    return [...this.#current.values()].reduce((sum, { step }) => sum + step + 1, this.#endedSteps);
  }

  /** The speed and the time left, once there is time to tell them from. */
  #pace(done: number): string[] {
    const seconds = (this.#options.now() - this.#start) / 1000;
    if (seconds <= 0) return [];
    const rate = (done - this.#earlierSteps) / seconds;
    const left = (this.#options.steps - done) / rate;
    return [`${rate.toFixed(1)} steps/s`, `${duration(left)} left`];
  }
}

function bar(part: number): string {
  const full = Math.round(24 * part);
  return "█".repeat(full) + "░".repeat(24 - full);
}

/** Such as 0:07, 12:34 and, from an hour on, 1:02:03. */
function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const clock = hours === 0 ? `${minutes}` : `${hours}:${two(minutes)}`;
  return `${clock}:${two(whole % 60)}`;
}
