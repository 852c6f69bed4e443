/**
 * Values at one step: a slider that says which, a table that says what.
 *
 * @module
 */

import { mean, WINDOW } from "@residual/connection/analysis";
import type { Content } from "./content.ts";
import type { Curves } from "./curves.ts";
import { byId, html } from "./dom.ts";
import { short } from "./number.ts";

/** The slider and the table under the charts. */
export class StepInspector {
  readonly #slider: HTMLInputElement = byId("at", HTMLInputElement);
  readonly #text: HTMLOutputElement = byId("at-text", HTMLOutputElement);
  readonly #rows: HTMLTableSectionElement = byId("values", HTMLTableElement).tBodies[0];
  #content: Content = { curves: [], end: 1 };
  /** Follows the newest step until the reader chooses one. */
  #follows = true;

  /** @param onStep Is told which step is read. */
  constructor(onStep: (step: number) => void) {
    this.#slider.addEventListener("input", () => {
      this.#follows = this.#slider.value === this.#slider.max;
      this.#write();
      onStep(Number(this.#slider.value));
    });
  }

  /** Reads this step. */
  read(step: number): void {
    const newest = newestOf(this.#content);
    this.#slider.value = `${Math.min(step, newest)}`;
    this.#follows = step >= newest;
    this.#write();
  }

  /** Reads from this content; gives the step that is read, if there is one. */
  show(content: Content): number | undefined {
    this.#content = content;
    const newest = newestOf(content);
    this.#slider.disabled = newest < 0;
    this.#slider.max = `${Math.max(0, newest)}`;
    if (this.#follows) this.#slider.value = this.#slider.max;
    this.#write();
    return newest < 0 ? undefined : Number(this.#slider.value);
  }

  #write(): void {
    const { curves, published } = this.#content;
    const read = newestOf(this.#content) >= 0;
    const step = Number(this.#slider.value);
    this.#text.textContent = read ? `${step}` : "–";
    const rows = read ? curves.map((each) => rowOf(each, meansAt(each, step))) : [];
    if (read && published !== undefined) {
      const values = (name: string) => published[name]?.[step];
      rows.push(rowOf({ name: "published", role: "published" }, values));
    }
    this.#rows.replaceChildren(...rows);
  }
}

/** The last step that the runs have, or a dropped record if it is alone; −1 if there is none. */
function newestOf({ curves }: Content): number {
  const runs = curves.filter(({ role }) => role !== "dropped");
  const last = (runs.length > 0 ? runs : curves).map(({ steps }) => steps.at(-1) ?? -1);
  return last.length === 0 ? -1 : Math.min(...last);
}

type Values = (column: string) => number | null | undefined;

/** The means of the last 20 values up to a step. */
function meansAt({ steps, columns }: Curves, step: number): Values {
  const row = steps.indexOf(step);
  return (name) => {
    if (row < 0) return undefined;
    if (name === "a") return columns.a?.[row];
    const average = mean((columns[name] ?? []).slice(Math.max(0, row + 1 - WINDOW), row + 1));
    return Number.isNaN(average) ? undefined : average;
  };
}

function rowOf(
  { name, role }: { readonly name: string; readonly role: string },
  at: Values,
): HTMLTableRowElement {
  const [loss, xRes, xIn, a] = ["loss", "x_res", "x_in", "a"].map(at);
  const ratio = typeof xIn === "number" && typeof xRes === "number" ? xIn / xRes : undefined;
  return html("tr", {}, [
    html("th", { scope: "row", class: role }, [name]),
    ...[loss, xRes, xIn, ratio, a].map((value) => html("td", {}, [short(value)])),
  ]);
}
