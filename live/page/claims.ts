/**
 * The claims and their verdicts: all of them in tables, those about a choice beside it.
 *
 * @module
 */

import type { DecidedClaim, DecidedPart } from "../shared/files.ts";
import { byId, html } from "./dom.ts";

/** Writes the claims where the page has room for them. */
export function showClaims(claims: readonly DecidedClaim[]): void {
  byId("claims", HTMLElement).replaceChildren(...claims.map(section));
  for (const list of document.querySelectorAll<HTMLElement>("[data-claim]")) {
    const claim = claims.find(({ id }) => id === list.dataset.claim);
    if (claim !== undefined) list.replaceChildren(link(claim));
  }
}

/** One line by a choice: what the claim is about, and how many of its parts hold. */
function link({ id, title, parts }: DecidedClaim): HTMLElement {
  const where = html("a", { href: `#claim-${id}` }, set(title));
  where.addEventListener("click", () => {
    const details = document.getElementById(`claim-${id}`);
    if (details instanceof HTMLDetailsElement) details.open = true;
  });
  return html("li", {}, [where, ": ", ...badges(parts)]);
}

function section({ id, title, parts }: DecidedClaim): HTMLElement {
  return html("details", { id: `claim-${id}` }, [
    html("summary", {}, [html("span", {}, set(title)), " ", ...badges(parts)]),
    html("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": title }, [
      table(parts),
    ]),
  ]);
}

function table(parts: readonly DecidedPart[]): HTMLElement {
  const head = ["statement", "measured (95 % interval)", "holds if", "verdict"].map((words) =>
    html("th", { scope: "col" }, [words])
  );
  const rows = parts.map(({ states, measured, holds, verdict }) =>
    html("tr", {}, [
      html("td", {}, set(states)),
      html("td", {}, [measured]),
      html("td", {}, [holds]),
      html("td", {}, [html("span", { class: `badge ${verdict}` }, [verdict])]),
    ])
  );
  return html("table", {}, [html("thead", {}, [html("tr", {}, head)]), html("tbody", {}, rows)]);
}

/** Words in which variables are set as the article sets them: x_in with a subscript. */
function set(words: string): (HTMLElement | string)[] {
  const parts = words.split(/\b(x)_(in|res)\b/); // words, letter, subscript, words …
  return parts.map((part, i) => i % 3 === 0 ? part : html(i % 3 === 1 ? "i" : "sub", {}, [part]));
}

function badges(parts: readonly DecidedPart[]): (HTMLElement | string)[] {
  const counts = (["supported", "refuted", "inconclusive"] as const).map((verdict) => ({
    verdict,
    count: parts.filter((part) => part.verdict === verdict).length,
  }));
  return counts.filter(({ count }) => count > 0).flatMap(({ verdict, count }, i) => [
    ...i > 0 ? [" "] : [],
    html("span", { class: `badge ${verdict}` }, [`${count} ${verdict}`]),
  ]);
}
