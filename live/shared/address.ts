/**
 * The page's whole state as the query of its address, and back.
 *
 * @module
 */

import {
  ARTICLES,
  COMPARED,
  DEFAULT_PAGE,
  LAST_SEED,
  type ListedChoice,
  NAMES,
  OFFERED,
  type Other,
  type Page,
  problemOf,
  problemOfOther,
  UNDERLAYS,
} from "./configuration.ts";

/** The query, with `?` if it is not empty; what is as in the article is left out. */
export function formatAddress({ first, other, under }: Page): string {
  const query = new URLSearchParams();
  for (const name of NAMES) {
    const value = first[name];
    if (value !== undefined && value !== ARTICLES[name]) query.set(name, String(value));
  }
  if (other !== undefined) query.set("against", `${other.choice}:${other.value}`);
  if (under.length > 0) query.set("under", under.join(" "));
  return query.size === 0 ? "" : `?${query}`;
}

/** A query read back, and a sentence for each part of it that says nothing. */
export interface ParsedAddress {
  readonly page: Page;
  readonly problems: readonly string[];
}

/**
 * Reads a query. What cannot be read, is given more than once or makes no network is as in the
 * article, and a sentence says so.
 */
export function parseAddress(query: string): ParsedAddress {
  const problems: string[] = [];
  const parameters = new URLSearchParams(query);
  let page = DEFAULT_PAGE;
  for (const name of new Set(parameters.keys())) {
    const result = readInto(page, name, parameters.getAll(name));
    if (typeof result === "string") problems.push(result);
    else page = result;
  }
  const { first, other, under } = page;
  const problem = problemOf(first);
  if (problem !== undefined) {
    problems.push(problem);
    page = { ...page, first: { ...first, depth: ARTICLES.depth } };
  }
  const problemOfBoth = other && problemOfOther(page.first, other);
  if (problemOfBoth !== undefined) {
    problems.push(problemOfBoth);
    page = { first: page.first, under };
  }
  return { page, problems };
}

function readInto(page: Page, name: string, texts: readonly string[]): Page | string {
  const [text] = texts;
  if (texts.length > 1 && isKnown(name)) {
    return `Cannot read ${name} from the address: it must be given once, got it ${texts.length} times`;
  }
  if (name === "against") {
    const other = readOther(text);
    return typeof other === "string" ? other : { ...page, other };
  }
  if (name === "under") {
    const words = text.split(" ");
    const wrong = words.find((word) => !UNDERLAYS.some((each) => each === word));
    if (wrong !== undefined) return refusal(name, UNDERLAYS, wrong);
    return { ...page, under: UNDERLAYS.filter((each) => words.includes(each)) };
  }
  const value = readValue(name, text);
  if (value.problem !== undefined) return value.problem;
  return { ...page, first: { ...page.first, [name]: value.value } };
}

function isKnown(name: string): boolean {
  return NAMES.some((known) => known === name) || name === "against" || name === "under";
}

function readOther(text: string): Other | string {
  const [choice, ...rest] = text.split(":");
  if (!COMPARED.some((name) => name === choice)) return refusal("against", COMPARED, choice);
  const { problem, value } = readValue(choice, rest.join(":"));
  return problem ?? { choice, value } as Other;
}

type Value =
  | { readonly value: string | number; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: string };

function readValue(name: string, text: string): Value {
  if (name === "seed") return readSeed(text);
  if (!Object.hasOwn(OFFERED, name)) {
    const known = [...NAMES, "against", "under"].join(", ");
    return { problem: `Cannot choose ${quoted(name)}: the address may have ${known}` };
  }
  const offered: readonly (string | number)[] = OFFERED[name as ListedChoice];
  const value = offered.find((value) => String(value) === text);
  return value === undefined ? { problem: refusal(name, offered, text) } : { value };
}

function readSeed(text: string): Value {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  if (value <= LAST_SEED) return { value };
  const problem = `Cannot read seed from the address: it must be a whole number from 0 to ` +
    `${LAST_SEED}, got ${quoted(text)}`;
  return { problem };
}

function refusal(name: string, known: readonly (string | number)[], got: string): string {
  return `Cannot read ${name} from the address: it must be one of ${known.join(", ")}, ` +
    `got ${quoted(got)}`;
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 40));
}
