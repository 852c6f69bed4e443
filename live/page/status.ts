/**
 * What the page says in words.
 *
 * @module
 */

import { escapeUnseen } from "../../src/validate.ts";
import { byId } from "./dom.ts";

/** Says what the page is doing, to screen readers too. */
export function sayStatus(words: string): void {
  byId("status", HTMLElement).textContent = words;
}

/** Says how far it is; changes too often to be read out. */
export function sayCounter(words: string): void {
  byId("counter", HTMLElement).textContent = words;
}

/** Says what went wrong; nothing takes it back. */
export function sayProblem(problem?: unknown): void {
  const line = byId("problem", HTMLElement);
  line.hidden = problem === undefined;
  const words = escapeUnseen(problem instanceof Error ? problem.message : String(problem ?? ""));
  line.textContent = words === "" || words.endsWith(".") ? words : `${words}.`;
}

/** Shows how much of the data is there. */
export function sayLoading(loaded: number, total: number): void {
  const line = byId("loading", HTMLElement);
  line.hidden = loaded === total;
  byId("loaded", HTMLProgressElement).value = loaded / total;
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  byId("loaded-text", HTMLElement).textContent = `${megabytes(loaded)} of ${megabytes(total)} MB`;
}

/** Takes that away. */
export function hideLoading(): void {
  byId("loading", HTMLElement).hidden = true;
}
