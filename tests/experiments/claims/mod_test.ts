import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import type { Region } from "../../../experiments/claims/decide.ts";
import { CLAIMS, decideAll, type Decided } from "../../../experiments/claims/mod.ts";
import {
  inWords,
  markdownTable,
  probability,
  summaryTable,
  textTable,
  threeDigits,
} from "../../../experiments/claims/report.ts";
import { records } from "./a_record.ts";
import { wholeSweep } from "./whole_sweep.ts";

Deno.test("there are eleven claims, each id once, as there is each part of one", () => {
  assertEquals(CLAIMS.map(({ id }) => id), [
    "small-at-start",
    "change-places",
    "noise-not-vanishing",
    "block-shrinks-first",
    "lower-layers-slowest",
    "lower-layers-told",
    "a-not-needed",
    "complex-blocks",
    "initialization",
    "published-figure",
    "helps",
  ]);
  const ids = CLAIMS.flatMap(({ id, parts }) => parts.map((part) => `${id}/${part.id}`));
  assertEquals(new Set(ids).size, ids.length);
});

Deno.test("a whole sweep decides every part, with all that a reader needs", () => {
  const decided = decideAll(records(wholeSweep));
  const parts = CLAIMS.flatMap(({ id, parts }) => parts.map((part) => `${id}/${part.id}`));
  assertEquals(decided.map(({ id }) => id), parts);
  assertEquals(new Set(decided.map(({ verdict }) => verdict)).size, 3);
  for (const { sentence, effect, interval: [low, high], seeds, p } of decided) {
    assert(sentence !== "" && low <= effect && effect <= high);
    assertEquals(seeds, 10);
    assert(p === null || (p >= 1 / 1024 && p <= 1));
  }
});

Deno.test("the order of the records does not count", () => {
  const all = records(wholeSweep, 3);
  assertEquals(decideAll(all.toReversed()), decideAll(all));
});

Deno.test("a missing case is named with the part that needs it", () => {
  const { "eight/plain-sgd": _, ...rest } = wholeSweep;
  assertThrows(
    () => decideAll(records(rest, 1)),
    RangeError,
    "Cannot decide lower-layers-slowest/stack-sgd: cannot pair the runs of " +
      "eight/plain-sgd: at least one is needed, got none",
  );
});

Deno.test("a missing column is named with the run that lacks it", () => {
  const cases = { ...wholeSweep, "article/residual": { every: { x_in: 1, logits: 1 } } };
  const { message } = assertThrows(() => decideAll(records(cases, 1)), RangeError);
  assertStringIncludes(
    message,
    "Cannot decide small-at-start/small: cannot take x_res of article/residual, seed 0",
  );
  assertStringIncludes(
    message,
    "seed 0: a column of that name is needed, got step, loss, x_in, logits",
  );
});

const DECIDED: readonly Decided[] = [
  {
    id: "small-at-start/small",
    sentence: "The gradients … are small …",
    states: "x_in is small",
    verdict: "supported",
    effect: 0.144,
    interval: [0.139, 0.15],
    seeds: 10,
    p: 1 / 1024,
    region: { below: 0.5 },
    unit: "",
  },
  {
    id: "published-figure/crossing",
    sentence: "Here are the results.",
    states: "the curves cross where PyTorch's do",
    verdict: "inconclusive",
    effect: 150,
    interval: [134.2, 170],
    seeds: 10,
    p: 0.2,
    region: { above: 145, below: 200 },
    unit: "steps",
  },
  {
    id: "published-figure/band-loss",
    sentence: "Here are the results.",
    states: "the loss lies in the band",
    verdict: "refuted",
    effect: 0.5,
    interval: [0.4, 0.5],
    seeds: 10,
    p: null,
    region: { above: 0.9 },
    unit: "",
  },
];

Deno.test("the text table has a line a part under its claim, columns aligned", () => {
  assertEquals(
    textTable(DECIDED),
    `small-at-start: At the start the gradient at x_in is small, at x_res clear
  small      0.144 (0.139 … 0.150)  below 0.5            p < 0.001  (Holm 0.002)  supported
published-figure: Our figure is the published figure
  crossing   150 (134 … 170) steps  between 145 and 200  p 0.200    (Holm 0.200)  inconclusive
  band-loss  0.500 (0.400 … 0.500)  above 0.9                                     refuted
`,
  );
});

Deno.test("the Markdown table has a row a part under its claim's, as deno fmt lays it out", () => {
  assertEquals(
    markdownTable(DECIDED),
    `| claim                                                          | measured (95 % interval) | holds if            | p       | p, Holm | verdict      |
| -------------------------------------------------------------- | ------------------------ | ------------------- | ------- | ------- | ------------ |
| **At the start the gradient at x_in is small, at x_res clear** |                          |                     |         |         |              |
| x_in is small                                                  | 0.144 (0.139 … 0.150)    | below 0.5           | < 0.001 | 0.002   | supported    |
| **Our figure is the published figure**                         |                          |                     |         |         |              |
| the curves cross where PyTorch's do                            | 150 (134 … 170) steps    | between 145 and 200 | 0.200   | 0.200   | inconclusive |
| the loss lies in the band                                      | 0.500 (0.400 … 0.500)    | above 0.9           |         |         | refuted      |
`,
  );
});

Deno.test("the summary has a row a claim: what was found, how many parts hold, the figure", () => {
  const [small] = DECIDED;
  const clear: Decided = { ...small, id: "small-at-start/clear", verdict: "refuted" };
  const shuffled: Decided = { ...small, id: "small-at-start/small-shuffled" };
  const [, , row] = summaryTable([small, shuffled, clear]).split("\n");
  const cells = row.split("|").map((cell) => cell.trim());
  assertEquals([cells[1], cells[3], cells[4]], [
    "At the start the gradient at x_in is small, at x_res clear",
    "2 supported, 1 refuted",
    "[figure](figures/out/residual-experiment.svg)",
  ]);
});

Deno.test("the summary has no sentence for verdicts that it was not written for", () => {
  assertThrows(
    () => summaryTable(DECIDED.slice(0, 1)),
    Error,
    "Cannot say what was found on small-at-start: its sentence was written for the verdicts " +
      "supported, supported, refuted, got supported; write another in experiments/claims",
  );
});

Deno.test("nothing decided is no line, and a table's head", () => {
  assertEquals(textTable([]), "");
  assertEquals(markdownTable([]).trimEnd().split("\n").length, 2);
});

const NUMBERS: readonly [value: number, text: string][] = [
  [0, "0"],
  [0.14, "0.140"],
  [1.4, "1.40"],
  [14.26, "14.3"],
  [149.7, "150"],
  [1875, "1875"],
  [0.99996, "1.00"],
  [9.999, "10.0"],
  [-0.0045, "−0.00450"],
  [0.00001234, "1.23×10⁻⁵"],
  [1e-12, "1.00×10⁻¹²"],
];

for (const [value, text] of NUMBERS) {
  Deno.test(`${value} is shown as ${text}`, () => assertEquals(threeDigits(value), text));
}

const REGIONS: readonly [region: Region, words: string][] = [
  [{ below: 1 / 2 }, "below 0.5"],
  [{ above: 1.25 }, "above 1.25"],
  [{ below: 1e-6 }, "below 1×10⁻⁶"],
  [{ above: -0.01, below: 0.01 }, "between −0.01 and 0.01"],
  [{ above: 145, below: 200 }, "between 145 and 200"],
  [{ below: 0 }, "below 0"],
];

for (const [region, words] of REGIONS) {
  Deno.test(`the region ${JSON.stringify(region)} is ${words}`, () => {
    assertEquals(inWords(region), words);
  });
}

Deno.test("a probability below 0.001 is shown as that", () => {
  assertEquals([1 / 1024, 0.0527, 1].map(probability), ["< 0.001", "0.053", "1.000"]);
});
