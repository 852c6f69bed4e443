import { assert, assertEquals, assertNotEquals, assertNotMatch } from "@std/assert";
import { claimFigures } from "../../experiments/figures/mod.ts";
import { diagrams, plots } from "../../figures/mod.ts";
import { records } from "../experiments/figures/sample.ts";
import { attributes, elements, parse } from "./parse.ts";
import { sampleRecord } from "./sample.ts";

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
