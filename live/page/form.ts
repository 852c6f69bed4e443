/**
 * The choices' form, read and filled in.
 *
 * @module
 */

import {
  COMPARED,
  type Configuration,
  NAMES,
  OFFERED,
  type Other,
  type Page,
  problemOf,
  problemOfOther,
  UNDERLAYS,
} from "../shared/configuration.ts";
import { byId, html } from "./dom.ts";

/** The form and what was chosen in it. */
export class ChoicesForm {
  readonly #form: HTMLFormElement = byId("choices", HTMLFormElement);

  /** @param onChange Is told what is chosen now, whenever that changes. */
  constructor(onChange: (page: Page) => void) {
    offer("learning_rate", OFFERED.learning_rate);
    offer("depth", OFFERED.depth.slice(1));
    offer("batch", OFFERED.batch);
    this.#offerOthers();
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    this.#form.addEventListener("change", () => {
      if (!this.#form.reportValidity()) return;
      this.#allow();
      onChange(this.read());
    });
  }

  /** What is chosen. */
  read(): Page {
    const data = new FormData(this.#form);
    const text = (name: string) => String(data.get(name) ?? "");
    const rate = text("learning_rate");
    const first: Configuration = {
      variant: text("variant") as Configuration["variant"],
      depth: Number(text("depth")),
      initialization: text("initialization") as Configuration["initialization"],
      optimizer: text("optimizer") as Configuration["optimizer"],
      ...rate === "" ? {} : { learning_rate: Number(rate) },
      batch: Number(text("batch")),
      seed: Number(text("seed")),
      backend: text("backend") as Configuration["backend"],
    };
    const under = data.getAll("under").map(String);
    return {
      first,
      other: otherOf(text("against")),
      under: UNDERLAYS.filter((name) => under.includes(name)),
    };
  }

  /** Fills the form in. */
  write({ first, other, under }: Page): void {
    for (const name of NAMES) {
      this.#field(name).value = String(first[name] ?? "");
    }
    this.#field("against").value = other === undefined ? "" : `${other.choice}:${other.value}`;
    for (const box of this.#form.querySelectorAll<HTMLInputElement>("[name=under]")) {
      box.checked = under.some((name) => name === box.value);
    }
    this.#allow();
  }

  /** Says what each optimizer's own learning rate is. */
  showRates(rates: Readonly<Record<Configuration["optimizer"], number>>): void {
    const words = Object.entries(rates).map(([name, rate]) => `${rate} for ${name}`).join(", ");
    byId("learning_rate", HTMLSelectElement).options[0].text = words;
  }

  #field(name: string): HTMLInputElement | HTMLSelectElement {
    return this.#form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement;
  }

  /** Each choice's other values, under the words that the form has for it. */
  #offerOthers(): void {
    const against = byId("against", HTMLSelectElement);
    for (const choice of COMPARED) {
      const field = byId(choice, HTMLSelectElement);
      const label = this.#form.querySelector(`label[for="${choice}"]`)?.textContent ?? choice;
      const options = [...field.options].filter(({ value }) => value !== "").map((
        { value, text },
      ) => html("option", { value: `${choice}:${value}` }, [text]));
      against.append(html("optgroup", { label }, options));
    }
  }

  /** Only what makes a network, and another one, can be chosen. */
  #allow(): void {
    const first = () => this.read().first;
    const scaled = byId("variant", HTMLSelectElement).querySelector<HTMLOptionElement>(
      "[value=residual-a]",
    )!;
    scaled.disabled = first().depth > 1;
    for (const option of byId("depth", HTMLSelectElement).options) {
      option.disabled = problemOf({ ...first(), depth: Number(option.value) }) !== undefined;
    }
    const against = byId("against", HTMLSelectElement);
    for (const option of against.options) {
      const other = otherOf(option.value);
      if (other === undefined) continue;
      option.disabled = problemOfOther(first(), other) !== undefined;
      if (option.disabled && option.selected) against.value = "";
    }
  }
}

function offer(id: string, values: readonly number[]): void {
  byId(id, HTMLSelectElement).append(
    ...values.map((value) => html("option", { value }, [String(value)])),
  );
}

function otherOf(text: string): Other | undefined {
  if (text === "") return undefined;
  const [choice, value] = text.split(":") as [Other["choice"], string];
  return { choice, value: typeof OFFERED[choice][0] === "number" ? Number(value) : value } as Other;
}
