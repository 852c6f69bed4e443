/**
 * The page: puts its parts together.
 *
 * @module
 */

import type { DecidedClaim, Overlays } from "../shared/files.ts";
import { formatAddress, parseAddress } from "../shared/address.ts";
import { ChoicesForm } from "./form.ts";
import { showClaims } from "./claims.ts";
import { byId } from "./dom.ts";
import { Experiment } from "./experiment.ts";
import { acceptRecords } from "./drop.ts";
import { isolate } from "./isolation.ts";
import { sayProblem, sayStatus } from "./status.ts";
import { problemHere } from "./support.ts";

/** The most sentences about an address that are shown: it may have any number of parts. */
const SENTENCES = 5;

const base = new URL(document.baseURI);
isolate(base).catch(() => {}); // It trains all the same, on one thread.
const { page, problems } = parseAddress(location.search);
const experiment = new Experiment(new URL("worker/worker.js", base), page);

const form = new ChoicesForm((page) => {
  history.replaceState(null, "", formatAddress(page) || location.pathname);
  experiment.choose(page);
});
form.write(page);
const sentences = [problemHere() ?? [], problems].flat();
const more = sentences.length - SENTENCES;
if (more > 0) {
  sentences.splice(SENTENCES, more, `There is more that cannot be read, ${more} in all`);
}
if (sentences.length > 0) sayProblem(sentences.join(". "));

acceptRecords((record) => experiment.layUnder(record));

byId("copy-link", HTMLButtonElement).addEventListener("click", () => {
  navigator.clipboard.writeText(location.href).then(() => sayStatus("Link copied."), sayProblem);
});

fetchJson<Overlays>("overlays.json").then((overlays) => {
  experiment.haveOverlays(overlays);
  form.showRates(overlays.rates);
}, sayProblem);
fetchJson<DecidedClaim[]>("claims.json").then(showClaims, sayProblem);

async function fetchJson<T>(path: string): Promise<T> {
  const response = await fetch(new URL(path, base));
  if (!response.ok) throw new Error(`Cannot load ${path}: the server answered ${response.status}`);
  return await response.json();
}
