import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertNotMatch,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import { claimFigures } from "../../experiments/figures/mod.ts";
import { diagrams, plots } from "../../figures/mod.ts";
import { runFigure } from "../../figures/run.ts";
import { colors } from "../../figures/theme.ts";
import type { RunRecord } from "../../src/record/record.ts";
import { records } from "../experiments/figures/sample.ts";
import { runs, written } from "../support/generated.ts";
import { attributes, curves, elements, parse } from "./parse.ts";
import { sampleRecord } from "./sample.ts";

/** A record of these columns, and of nothing else. */
function recordOf(columns: RunRecord["columns"]): RunRecord {
  return {
    format: "residual-connection/run@1",
    checksum: "0123456789abcdef".repeat(4),
    configuration: {},
    environment: {},
    results: {},
    columns,
  };
}

/** The texts of the figure in their order, without the axes' numbers. */
function texts(svg: string): string[] {
  const all = [...parse(svg).querySelectorAll("text")].map(({ textContent }) => textContent ?? "");
  return all.filter((text) => !/^[−-]?[\d.,]+(e[+-]\d+)?$/.test(text));
}

/** The y axes' numbers with their places, of each panel. */
function axes(svg: string): { value: number; place: number }[][] {
  return [...parse(svg).querySelectorAll('g[aria-label="y-axis tick label"]')].map((axis) =>
    [...axis.querySelectorAll("text")].map((label) => ({
      value: Number(label.textContent!.replaceAll(",", "").replace("−", "-")),
      place: Number(label.getAttribute("transform")!.match(/[\d.]+/g)![1]),
    }))
  );
}

Deno.test("run has a panel for each column, the loss at the top", () => {
  const svg = runFigure(recordOf({ step: [0, 1], accuracy: [0, 1], x_in: [1, 2], loss: [3, 4] }));
  assertEquals(texts(svg), ["loss", "accuracy", "xin", "steps", "2 steps, record 0123456789ab"]);
});

Deno.test("run draws a loss below 0, as it can be read off its axis", () => {
  const loss = Array.from({ length: 100 }, (_, i) => -1150 - i / 4);
  const step = loss.map((_, i) => i);
  const svg = runFigure(recordOf({ step, loss }));
  const [axis] = axes(svg);
  const [first, last] = [axis[0], axis[axis.length - 1]];
  const [raw] = curves(svg, colors.loss);
  raw.forEach(([, y], i) => {
    const share = (y - first.place) / (last.place - first.place);
    assertAlmostEquals(first.value + share * (last.value - first.value), loss[i], 0.05);
  });
});

Deno.test("run leaves 0 off an axis where the values lie close together far from it", () => {
  const [far, near, below] = [[-1000, -990], [1, 2], [-3, -1]].map((loss) =>
    axes(runFigure(recordOf({ step: [0, 1], loss })))[0].map(({ value }) => value)
  );
  assertEquals(far, [-1010, -1000, -990, -980]);
  assertEquals([far.includes(0), near.includes(0), below.includes(0)], [false, true, true]);
});

Deno.test("run draws the means of a measure where it was measured, not between", () => {
  const step = Array.from({ length: 100 }, (_, i) => i);
  const x_in = step.map((i) => i % 10 === 0 ? 1 + i : null);
  const svg = runFigure(recordOf({ step, loss: step, x_in }));
  assertEquals(curves(svg, colors.xIn).map(({ length }) => length), [10, 10]);
});

Deno.test("run says where a column has no number", () => {
  const svg = runFigure(recordOf({ step: [0, 1], loss: [1, 2], accuracy: [null, null] }));
  assertEquals(texts(svg).includes("not measured"), true);
  assertEquals(axes(svg).flat().length, 3); // the loss's alone
});

const refusals: readonly [what: string, record: unknown, sentence: string][] = [
  ["what is no record", null, "the record must be an object, got null"],
  ["a record without columns", {}, "configuration must be an object, got undefined"],
  [
    "a record without steps",
    recordOf({ step: [], loss: [] }),
    "the record must have a step at least, got none",
  ],
  ["a record without a loss", recordOf({ step: [0] }), "columns.loss must be an array"],
  [
    "a column of another length",
    recordOf({ step: [0, 1], loss: [1] }),
    "columns.loss must be as long as columns.step, 2, got 1",
  ],
  [
    "a number that is none",
    recordOf({ step: [0], loss: [NaN] }),
    "columns.loss[0] must be a finite number or null, got NaN",
  ],
  [
    "a number that no axis has room for",
    recordOf({ step: [0], loss: [-1.5e308] }),
    "column loss must hold numbers from -1e+300 to 1e+300, got -1.5e+308 in row 0",
  ],
];
for (const [what, record, sentence] of refusals) {
  Deno.test(`run refuses ${what}`, () => {
    assertThrows(() => runFigure(record as RunRecord), Error, `Cannot draw the run: ${sentence}`);
  });
}

const RUNS = runs({ sample: 30, full: 1000 });

Deno.test(`run draws whatever numbers a record has, ${written(RUNS)} times`, () => {
  const finite = { noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 };
  const row = fc.record({
    loss: fc.oneof(fc.double(finite), fc.double({ ...finite, min: -3, max: 3 })),
    measure: fc.option(fc.double(finite)),
    gap: fc.integer({ min: 1, max: 1e6 }),
  });
  const drawn = fc.property(
    fc.array(row, { minLength: 1, maxLength: 12 }),
    fc.string(),
    (rows, name) => {
      let at = -1;
      const columns = {
        step: rows.map(({ gap }) => at += gap),
        loss: rows.map(({ loss }) => loss),
        [`${name} measure`]: rows.map(({ measure }) => measure),
      };
      const svg = runFigure(recordOf(columns));
      for (const { name, value } of attributes(svg)) {
        assertEquals(/NaN|undefined|Infinity/.test(value), false, `${name}="${value}"`);
      }
      for (const axis of axes(svg)) {
        assertEquals(
          axis.every(({ value }) => Number.isFinite(value)),
          true,
        );
      }
    },
  );
  fc.assert(drawn, { numRuns: RUNS, seed: 1 });
});

const plain = sampleRecord(100, { configuration: { variant: "plain" } });
const withoutXRes = Object.entries(plain.columns).filter(([name]) => name !== "x_res");

const drawn: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(diagrams).map(([name, draw]) => [name, draw()])),
  ...Object.fromEntries(
    Object.entries(claimFigures).map(([name, draw]) => [name, draw(records)]),
  ),
  "residual-experiment": plots["residual-experiment"](sampleRecord(1875)),
  "run": plots["run"](sampleRecord(1875, { configuration: { data: "</desc><script>\u202e" } })),
  "residual-experiment of 1 step": plots["residual-experiment"](sampleRecord(1)),
  "residual-experiment of 5 steps": plots["residual-experiment"](sampleRecord(5)),
  "residual-experiment of 20,000 steps": plots["residual-experiment"](sampleRecord(20000)),
  "residual-experiment of the variant plain": plots["residual-experiment"]({
    ...plain,
    columns: Object.fromEntries(withoutXRes),
  }),
};

for (const [name, svg] of Object.entries(drawn)) {
  Deno.test(`${name}.svg opens with a title, a description and a white sheet of its size`, () => {
    const root = parse(svg);
    assertEquals(root.getAttribute("xmlns"), "http://www.w3.org/2000/svg");
    const [width, height] = ["width", "height"].map((side) => root.getAttribute(side));
    assertEquals(root.getAttribute("viewBox"), `0 0 ${width} ${height}`);
    const names = [...root.children].map(({ localName }) => localName);
    assertEquals(names.filter((name) => name !== "metadata").slice(0, 3), [
      "title",
      "desc",
      "rect",
    ]);
    const sheet = root.querySelector("rect")!;
    assertEquals(sheet.getAttribute("width"), width);
    assertEquals(sheet.getAttribute("height"), height);
    assertEquals(sheet.getAttribute("fill"), "#ffffff");
  });

  Deno.test(`${name}.svg closes every element that it opens`, () => {
    const open: string[] = [];
    for (const [, close, tag, self] of svg.matchAll(/<(\/?)([a-z][\w-]*)[^>]*?(\/?)>/gi)) {
      if (close) assertEquals(open.pop(), tag);
      else if (!self) open.push(tag);
    }
    assertEquals(open, []);
  });

  Deno.test(`${name}.svg has no style sheet, script, picture or id`, () => {
    const names = new Set(elements(svg).map(({ localName }) => localName));
    const known = ["svg", "title", "desc", "metadata", "g", "path", "rect", "line", "circle"];
    assertEquals([...names].filter((name) => ![...known, "text", "tspan"].includes(name)), []);
    const used = new Set(attributes(svg).map(({ name }) => name));
    for (const unwanted of ["id", "class", "style", "href", "xlink:href", "onload"]) {
      assert(!used.has(unwanted), unwanted);
    }
  });

  Deno.test(`${name}.svg has nothing undefined, and no color left to a page`, () => {
    for (const { name, value } of attributes(svg)) {
      assertNotMatch(value, /NaN|undefined|Infinity|currentColor|var\(|url\(/, name);
    }
  });

  Deno.test(`${name}.svg has coordinates of at most two decimals`, () => {
    for (const { name, value } of attributes(svg)) assertNotMatch(value, /\.\d{3}|\de-/, name);
  });
}

for (const [name, svg] of Object.entries(drawn)) {
  Deno.test(`${name}.svg names itself in its metadata`, () => {
    const { figure } = JSON.parse(parse(svg).querySelector("metadata")!.textContent!);
    assertEquals(figure, name.split(" ")[0]);
  });
}

const record = sampleRecord(1875);
const draw: readonly (() => string)[] = [
  ...Object.values(diagrams),
  ...Object.values(plots).map((plot) => () => plot(record)),
];

Deno.test("figures drawn in the opposite order have the same bytes", () => {
  const forwards = draw.map((figure) => figure());
  const backwards = draw.toReversed().map((figure) => figure()).toReversed();
  assertEquals(backwards, forwards);
});

Deno.test("a record read back from JSON with its settings in another order draws the same bytes", () => {
  const turn = <T>(values: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(values).toReversed());
  const read = JSON.parse(JSON.stringify({
    ...record,
    configuration: turn(record.configuration),
    environment: turn(record.environment),
    columns: turn(record.columns),
  }));
  assertEquals(plots["residual-experiment"](read), plots["residual-experiment"](record));
});

Deno.test("figures do not ask for the machine's locale or time zone", () => {
  const { DateTimeFormat, NumberFormat } = Intl;
  const { toLocaleString } = Number.prototype;
  const before = draw.map((figure) => figure());
  // Stand-ins that give what another machine would where nothing was asked for.
  Number.prototype.toLocaleString = function (locale = "de-CH", options = {}) {
    return toLocaleString.call(this, locale, options);
  };
  Intl.NumberFormat = function (locale = "ar-EG", options = {}) {
    return new NumberFormat(locale, options);
  } as unknown as typeof Intl.NumberFormat;
  Intl.DateTimeFormat = function (locale = "ar-EG", options = {}) {
    return new DateTimeFormat(locale, { timeZone: "Asia/Kathmandu", ...options });
  } as unknown as typeof Intl.DateTimeFormat;
  try {
    assertNotEquals((1875).toLocaleString(), "1,875");
    assertEquals(draw.map((figure) => figure()), before);
  } finally {
    Number.prototype.toLocaleString = toLocaleString;
    Object.assign(Intl, { DateTimeFormat, NumberFormat });
  }
});
