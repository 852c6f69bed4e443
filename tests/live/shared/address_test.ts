import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { ARTICLE } from "../../../experiments/article/settings.ts";
import { formatAddress, parseAddress } from "../../../live/shared/address.ts";
import {
  ARTICLES,
  COMPARED,
  type Configuration,
  configurationsOf,
  DEFAULT_PAGE,
  LAST_SEED,
  OFFERED,
  type Other,
  type Page,
  problemOf,
  problemOfOther,
  UNDERLAYS,
} from "../../../live/shared/configuration.ts";
import { settingsOf } from "../../../live/shared/settings.ts";

const configuration: fc.Arbitrary<Configuration> = fc.record({
  variant: fc.constantFrom(...OFFERED.variant),
  depth: fc.constantFrom(...OFFERED.depth),
  initialization: fc.constantFrom(...OFFERED.initialization),
  optimizer: fc.constantFrom(...OFFERED.optimizer),
  learning_rate: fc.constantFrom(...OFFERED.learning_rate),
  batch: fc.constantFrom(...OFFERED.batch),
  seed: fc.nat(LAST_SEED),
  backend: fc.constantFrom(...OFFERED.backend),
}, {
  requiredKeys: [
    "variant",
    "depth",
    "initialization",
    "optimizer",
    "batch",
    "seed",
    "backend",
  ],
});

const other: fc.Arbitrary<Other> = fc.constantFrom(...COMPARED).chain((choice) =>
  fc.constantFrom(...OFFERED[choice]).map((value) => ({ choice, value }) as Other)
);

const page: fc.Arbitrary<Page> = fc.record({
  first: configuration,
  other,
  under: fc.subarray([...UNDERLAYS]),
}, { requiredKeys: ["first", "under"] }).filter((page) =>
  problemOf(page.first) === undefined &&
  (page.other === undefined || problemOfOther(page.first, page.other) === undefined)
);

Deno.test("every page comes back from its address", () => {
  fc.assert(fc.property(page, (page) => {
    assertEquals(parseAddress(formatAddress(page)), { page, problems: [] });
  }));
});

Deno.test("the article's choices are an empty address", () => {
  assertEquals(formatAddress(DEFAULT_PAGE), "");
});

Deno.test("an address says only what is not as in the article", () => {
  const address = formatAddress({
    first: { ...ARTICLES, variant: "plain", seed: 3 },
    other: { choice: "optimizer", value: "SGD" },
    under: ["published"],
  });
  assertEquals(address, "?variant=plain&seed=3&against=optimizer%3ASGD&under=published");
});

Deno.test("any text is read without an error, as a page that there is", () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom("", "seed=", "against=", "under="), (text, start) => {
      const { page } = parseAddress(`?${start}${text}`);
      assertEquals(
        configurationsOf(page).map(problemOf).filter((problem) => problem !== undefined),
        [],
      );
    }),
  );
});

/** Queries of known names and values, some of them wrong, some repeated. */
const query: fc.Arbitrary<string> = fc.array(
  fc.tuple(
    fc.constantFrom(...Object.keys(OFFERED), "seed", "against", "under", "__proto__", "color", ""),
    fc.oneof(
      fc.constantFrom(...Object.values(OFFERED).flat().map(String)),
      fc.constantFrom(...COMPARED).chain((choice) =>
        fc.constantFrom(...OFFERED[choice]).map((value) => `${choice}:${value}`)
      ),
      fc.constantFrom("published", "seeds published", "3", "-0", "1e3", "", "\u202e", "NaN"),
      fc.string(),
    ),
  ),
  { maxLength: 6 },
).map((pairs) => `?${new URLSearchParams(pairs)}`);

Deno.test("what any address is read as comes back from its own address", () => {
  fc.assert(
    fc.property(fc.oneof(query, fc.string()), (query) => {
      const { page } = parseAddress(query);
      assertEquals(parseAddress(formatAddress(page)), { page, problems: [] });
    }),
    { numRuns: 2000, seed: 1 },
  );
});

const refused: Readonly<Record<string, string>> = {
  "?depth=7": 'Cannot read depth from the address: it must be one of 1, 2, 4, 8, 16, got "7"',
  "?seed=-1":
    'Cannot read seed from the address: it must be a whole number from 0 to 2147483647, got "-1"',
  "?seed=2147483648":
    "Cannot read seed from the address: it must be a whole number from 0 to 2147483647, " +
    'got "2147483648"',
  "?under=sea": 'Cannot read under from the address: it must be one of published, seeds, got "sea"',
  "?against=seed:3":
    "Cannot read against from the address: it must be one of variant, depth, initialization, " +
    'optimizer, learning_rate, batch, got "seed"',
  "?against=batch:7":
    'Cannot read batch from the address: it must be one of 16, 32, 64, 128, got "7"',
  "?color=red":
    'Cannot choose "color": the address may have variant, depth, initialization, optimizer, ' +
    "learning_rate, batch, backend, seed, against, under",
  "?seed=1&seed=2": "Cannot read seed from the address: it must be given once, got it 2 times",
  "?under=seeds&seed=3&under=seeds":
    "Cannot read under from the address: it must be given once, got it 2 times",
  "?against=variant:residual":
    "Cannot compare a run with itself: the second must differ from the first, " +
    "got variant residual for both",
  "?depth=4&against=variant:residual-a":
    "Cannot stack blocks that are scaled by a: with a, depth must be 1, got 4",
  "?depth=4&variant=residual-a":
    "Cannot stack blocks that are scaled by a: with a, depth must be 1, got 4",
};

for (const [address, problem] of Object.entries(refused)) {
  Deno.test(`${address} is answered with a sentence`, () => {
    assertEquals(parseAddress(address).problems, [problem]);
  });
}

Deno.test("of an address with a part that cannot be read, the others are taken", () => {
  const { page } = parseAddress("?seed=1&depth=4&seed=2&against=variant:residual-a&under=seeds");
  assertEquals(page, { first: { ...ARTICLES, depth: 4 }, under: ["seeds"] });
});

Deno.test("the page without anything chosen trains what draws the article's figure", () => {
  assertEquals(settingsOf(ARTICLES), ARTICLE);
});

Deno.test("other choices are not of the article's experiment", () => {
  const { experiment, case: each } = settingsOf({ ...ARTICLES, variant: "plain" });
  assertEquals([experiment, each], ["live", "plain"]);
});

Deno.test("several blocks are a stack", () => {
  assertEquals(settingsOf({ ...ARTICLES, depth: 8 }).network, "stack");
});

Deno.test("an epoch of larger batches has fewer steps", () => {
  assertEquals(settingsOf({ ...ARTICLES, batch: 128 }).steps, 469); // 468.75 batches
});

Deno.test("a second run differs from the first in the one choice", () => {
  const [first, second] = configurationsOf({
    first: { ...ARTICLES, seed: 5 },
    other: { choice: "variant", value: "plain" },
    under: [],
  });
  assertEquals(second, { ...first, variant: "plain" });
});

Deno.test("a second run with another optimizer has that one's own learning rate", () => {
  const [, second] = configurationsOf({
    first: { ...ARTICLES, learning_rate: 0.001 },
    other: { choice: "optimizer", value: "SGD" },
    under: [],
  });
  assertEquals(second, { ...ARTICLES, optimizer: "SGD" });
});
