import {
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { diagrams } from "../../figures/mod.ts";
import { residualExperiment } from "../../figures/residual_experiment.ts";
import { colors } from "../../figures/theme.ts";
import { curves, elements, parse } from "./parse.ts";
import { sampleRecord } from "./sample.ts";

const measures = { loss: colors.loss, x_res: colors.xRes, x_in: colors.xIn };

/** Where each tick with a number stands: the panels' y axes from top to bottom, or the x axis. */
function ticks(svg: string, axis: "x" | "y"): { value: number; place: number }[] {
  const labels = parse(svg).querySelectorAll(`g[aria-label="${axis}-axis tick label"] text`);
  return [...labels].map((label) => {
    const [x, y] = label.getAttribute("transform")!.match(/[\d.]+/g)!.map(Number);
    const value = Number(label.textContent!.replaceAll(",", "").replace("−", "-"));
    return { value, place: axis === "x" ? x : y };
  });
}

/** Reads values off an axis, as someone with a ruler would: by its outer ticks. */
function ruler(axis: { value: number; place: number }[]): (place: number) => number {
  const [first, last] = [axis[0], axis[axis.length - 1]];
  const scale = (last.value - first.value) / (last.place - first.place);
  return (place) => first.value + (place - first.place) * scale;
}

/** The y axes of the three panels: each starts at 0. */
function panels(svg: string): { value: number; place: number }[][] {
  const all = ticks(svg, "y");
  const starts = all.flatMap(({ value }, i) => value === 0 ? [i] : []);
  return starts.map((start, i) => all.slice(start, starts[i + 1]));
}

Deno.test("the drawn curves, read off the axes, are the record's columns", () => {
  const record = sampleRecord(1875);
  const svg = residualExperiment(record);
  const readX = ruler(ticks(svg, "x"));
  Object.entries(measures).forEach(([name, color], i) => {
    const readY = ruler(panels(svg)[i]);
    const [raw, mean] = curves(svg, color);
    const column = record.columns[name].map((value) => value ?? NaN);
    assertEquals([raw.length, mean.length], [1875, 1875]);
    raw.forEach(([x, y], step) => {
      assertAlmostEquals(readX(x), step, 0.05);
      assertAlmostEquals(readY(y), column[step], 0.001 * Math.max(...column));
    });
    const last = column.slice(-20).reduce((a, b) => a + b) / 20;
    assertAlmostEquals(readY(mean[1874][1]), last, 0.001 * Math.max(...column));
  });
});

Deno.test("a spike of one step in 20,000 is still drawn", () => {
  const loss = Array.from({ length: 20000 }, (_, i) => i === 12345 ? 9 : 1);
  const svg = residualExperiment(sampleRecord(20000, { columns: { loss } }));
  const [raw] = curves(svg, colors.loss);
  const top = Math.min(...raw.map(([, y]) => y));
  assertAlmostEquals(ruler(panels(svg)[0])(top), 9, 0.02);
  assertLess(svg.length, 400_000);
});

Deno.test("both norms are drawn on one scale", () => {
  const [, xRes, xIn] = panels(residualExperiment(sampleRecord(100)));
  const heights = (axis: typeof xRes) =>
    axis.map(({ value, place }) => [value, axis[0].place - place]);
  assertEquals(heights(xRes), heights(xIn));
});

Deno.test("steps that were not measured are passed over", () => {
  const x_in = Array.from({ length: 100 }, (_, i) => i % 10 === 0 ? 0.01 : null);
  const [raw] = curves(residualExperiment(sampleRecord(100, { columns: { x_in } })), colors.xIn);
  assertEquals(raw.length, 10);
});

Deno.test("a run of one step is three dots, each with its mean on it", () => {
  const svg = residualExperiment(sampleRecord(1));
  assertEquals(elements(svg).filter(({ localName }) => localName === "circle").length, 6);
  assertEquals(ticks(svg, "x").map(({ value }) => value), [0, 1]);
});

Deno.test("a run of five steps has its steps numbered by whole numbers", () => {
  const svg = residualExperiment(sampleRecord(5));
  assertEquals(ticks(svg, "x").map(({ value }) => value), [0, 1, 2, 3, 4]);
});

Deno.test("the variant plain has no curve for x_res, and says why", () => {
  const x_res = Array<null>(100).fill(null);
  const svg = residualExperiment(
    sampleRecord(100, { configuration: { variant: "plain" }, columns: { x_res } }),
  );
  assertEquals(curves(svg, colors.xRes), []);
  assertStringIncludes(svg, "no residual connection, nothing to measure");
});

Deno.test("the titles set x_res and x_in with a lowered subscript", () => {
  const spans = [
    ...parse(residualExperiment(sampleRecord(5))).querySelectorAll("tspan[font-size]"),
  ];
  assertEquals(spans.map(({ textContent }) => textContent), ["res", "in"]);
  assertEquals(spans.map((span) => span.getAttribute("dy")), ["0.25em", "0.25em"]);
});

Deno.test("the metadata name the record, its configuration and its environment", () => {
  const record = sampleRecord(5, { environment: { note: "</metadata><script>\u202e" } });
  const metadata = parse(residualExperiment(record)).querySelector("metadata")!.textContent!;
  const { checksum, configuration, environment } = record;
  assertEquals(JSON.parse(metadata), {
    figure: "residual-experiment",
    record: checksum,
    configuration,
    environment,
  });
});

Deno.test("markup in a record is shown, not obeyed", () => {
  const hostile = `<script>alert("1")</script>]]>&amp;'`;
  const svg = residualExperiment({
    ...sampleRecord(5, {
      configuration: { data: hostile, variant: hostile, seed: hostile },
      environment: { backend: hostile, package: hostile },
    }),
    checksum: hostile,
  });
  assertEquals(elements(svg).filter(({ localName }) => localName === "script"), []);
  assertStringIncludes(parse(svg).querySelector("desc")!.textContent!, hostile);
});

Deno.test("residualExperiment refuses a record without a column that it needs", () => {
  const { columns, ...rest } = sampleRecord(5);
  for (const name of ["step", "loss", "x_res", "x_in"]) {
    const others = Object.entries(columns).filter(([other]) => other !== name);
    const found = others.map(([other]) => other).join(", ");
    assertThrows(
      () => residualExperiment({ ...rest, columns: Object.fromEntries(others) }),
      TypeError,
      `Cannot draw the experiment: the record must have a column ${name}, got ${found}`,
    );
  }
});

const refusals: [problem: string, columns: Record<string, (number | null)[]>, message: string][] = [
  ["NaN", { loss: [1, NaN, 1] }, "column loss must hold finite numbers or null, got NaN in row 1"],
  ["an infinity", { x_in: [1, 1, Infinity] }, "got Infinity in row 2"],
  ["a negative norm", { x_res: [-1, 1, 1] }, "must hold numbers from 0 or null, got -1 in row 0"],
  [
    "a column of another length",
    { x_in: [1] },
    "column x_in must be as long as column step, 3, got 1",
  ],
  [
    "a column without numbers",
    { loss: [null, null, null] },
    "column loss must hold at least one number",
  ],
  [
    "steps that fall",
    { step: [0, 2, 1] },
    "must hold whole numbers in rising order, got 1 in row 2",
  ],
];
for (const [problem, columns, message] of refusals) {
  Deno.test(`residualExperiment refuses ${problem}`, () => {
    assertThrows(() => residualExperiment(sampleRecord(3, { columns })), RangeError, message);
  });
}

Deno.test("residualExperiment draws a run of one's own, whose loss may be below 0", () => {
  const loss = Array.from({ length: 100 }, (_, i) => 1 - i / 25);
  const columns = { ...sampleRecord(100).columns, loss };
  const svg = residualExperiment({ ...sampleRecord(100), configuration: {}, columns });
  const y = ticks(svg, "y").slice(0, 2); // of the topmost panel
  assertEquals(y.map(({ value }) => value), [-2, 0]);
  const [raw] = curves(svg, colors.loss);
  raw.forEach(([, place], i) => assertAlmostEquals(ruler(y)(place), loss[i], 0.01));
});

Deno.test("residualExperiment refuses a record of no steps", () => {
  assertThrows(() => residualExperiment(sampleRecord(0)), RangeError, "got 0 rows without any");
});

function texts(svg: string): string[] {
  return [...parse(svg).querySelectorAll("text")].map(({ textContent }) => textContent ?? "")
    .sort();
}

/** The numbers of an attribute in their order. */
function numbers(element: Element, name: string): number[] {
  return element.getAttribute(name)!.match(/-?[\d.]+/g)!.map(Number);
}

const common = ["block(x):", "some", "computations", "x", "x", "y"];

Deno.test("the first diagram names the input twice, the block and the output", () => {
  assertEquals(texts(diagrams["residual"]()), common.toSorted());
});

Deno.test("the second diagram also names a, in the article's orange", () => {
  const svg = diagrams["residual-a"]();
  assertEquals(texts(svg), [...common, "a"].sort());
  assertEquals(parse(svg).querySelectorAll('g[fill="#e69500"] text').length, 1);
});

for (const [name, draw] of Object.entries(diagrams)) {
  const root = parse(draw());
  const lines = [...root.querySelectorAll("g[aria-label=line] path")];

  Deno.test(`${name}.svg says in its metadata that it is drawn from no record`, () => {
    const { records, runs } = JSON.parse(root.querySelector("metadata")!.textContent!);
    assertEquals([records, runs], [[], {}]);
  });

  Deno.test(`${name}.svg has upright and level lines only, but for diamonds and ×`, () => {
    const open = lines.filter((line) => !line.getAttribute("d")!.endsWith("Z"));
    const crooked = open.filter((line) => {
      const d = numbers(line, "d");
      return d.some((_, i) => i >= 2 && i % 2 === 0 && d[i] !== d[i - 2] && d[i + 1] !== d[i - 1]);
    });
    assertEquals(crooked.length, name === "residual-a" ? 2 : 0);
  });

  Deno.test(`${name}.svg has a line that ends within each arrowhead`, () => {
    const ends = lines.map((line) => numbers(line, "d").slice(-2));
    for (const head of root.querySelectorAll("g[aria-label=vector] path")) {
      const [x, y] = numbers(head, "transform");
      const distances = ends.map(([endX, endY]) => Math.hypot(endX - x, endY - y));
      assertAlmostEquals(Math.min(...distances), 10, 0.01);
    }
  });
}
