/**
 * The buttons that start, pause, step and reset.
 *
 * @module
 */

import { byId } from "./dom.ts";
import type { State } from "./training.ts";

/** What the buttons do. */
export interface Pressed {
  onStart(): void;
  onPause(): void;
  onStep(): void;
  onReset(): void;
}

const LABELS: Readonly<Record<State, string>> = {
  idle: "Start",
  starting: "Pause",
  running: "Pause",
  paused: "Resume",
  done: "Start again",
  failed: "Start again",
};

/** The buttons, which say what they would do now. */
export class Transport {
  readonly #start = byId("start", HTMLButtonElement);
  readonly #reset = byId("reset", HTMLButtonElement);
  #state: State = "idle";

  constructor({ onStart, onPause, onStep, onReset }: Pressed) {
    this.#start.addEventListener("click", () => {
      if (this.#state === "starting" || this.#state === "running") onPause();
      else onStart();
    });
    const step = byId("step", HTMLButtonElement);
    step.addEventListener("click", onStep);
    this.#reset.addEventListener("click", onReset);
    for (const button of [this.#start, step]) button.disabled = false; // no click is lost before
  }

  /** Shows what can be done in this state. */
  show(state: State): void {
    this.#state = state;
    this.#start.textContent = LABELS[state];
  }

  /** Whether there is anything to take away. */
  allowReset(allowed: boolean): void {
    this.#reset.disabled = !allowed;
  }
}
