import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { claimFigures } from "../../../experiments/figures/mod.ts";
import { colors } from "../../../figures/theme.ts";
import { curves, parse } from "../../figures/parse.ts";
import { records } from "./sample.ts";

for (const [name, draw] of Object.entries(claimFigures)) {
  Deno.test(`${name} has the same bytes for the same records in any order`, () => {
    assertEquals(draw(records.toReversed()), draw(records));
  });

  Deno.test(`${name} names in its metadata the records that it is drawn from, and their source`, () => {
    const metadata = JSON.parse(
      parse(draw(records)).querySelector("metadata")!.textContent!,
    );
    const known = new Set(records.map(({ checksum }) => checksum));
    assert(metadata.records.length > 0);
    for (const checksum of metadata.records) assert(known.has(checksum), checksum);
    const drawn = records.filter(({ checksum }) => metadata.records.includes(checksum));
    for (const { configuration: { experiment, case: each, seed } } of drawn) {
      assert(metadata.runs[`${experiment}/${each}`].includes(seed), `${each}, seed ${seed}`);
    }
    assertEquals(metadata.environment, { backend: "wasm", tensorflow: "4.22.0" });
    assertEquals([metadata.configuration.data, metadata.configuration.batch], ["MNIST", 32]);
  });

  Deno.test(`${name} is refused without records, with what is missing`, () => {
    const { message } = assertThrows(() => draw([]), RangeError);
    assertStringIncludes(message, "at least one record is needed, got none among 0");
  });

  Deno.test(`${name} is refused if the seeds of a case have other steps`, () => {
    const shorter = records.map((record) => {
      if (record.configuration.seed !== 1) return record;
      const columns = Object.entries(record.columns).map((
        [name, column],
      ) => [name, column.slice(1)]);
      return { ...record, columns: Object.fromEntries(columns) };
    });
    const { message } = assertThrows(() => draw(shorter), RangeError);
    assertStringIncludes(
      message,
      "all must have the same steps, got other steps in ",
    );
  });

  Deno.test(`${name} keeps markup in a record's settings as text`, () => {
    const hostile = records.map((record) => ({
      ...record,
      environment: { ...record.environment, adapter: "</metadata><script>alert(1)</script>" },
    }));
    const svg = draw(hostile);
    assertEquals(parse(svg).querySelector("script"), null);
    assertEquals(svg.includes("<script>"), false);
  });
}

Deno.test("the published curve ends where our steps do", () => {
  const svg = claimFigures["published-figure"](records);
  const published = curves(svg, colors.ink);
  assertEquals(published.length, 3);
  assertEquals(published.map((curve) => curve.length), [60, 60, 60]);
});

Deno.test("change-places marks the median of the steps at which the seeds cross", () => {
  // Means of 20 over ramps are the ramps 9.5 steps before, from step 19 on; the middle seed's factor is 1.1.
  const xIn = (step: number) => 1.1 * (0.01 + 0.04 * (step - 9.5) / 59);
  const xRes = (step: number) => (0.1 - 0.08 * (step - 9.5) / 59) / 1.1;
  let step = 19;
  while (xIn(step) <= xRes(step)) step++;
  const svg = claimFigures["change-places"](records);
  assertStringIncludes(svg, `median crossing: step ${step}<`);
  assertEquals(parse(svg).querySelectorAll("g[aria-label=dot] circle").length, 3);
});

Deno.test("change-places says how many seeds cross, if not all do", () => {
  const never = records.map((record) => {
    const { seed } = record.configuration;
    if (seed !== 2 || record.columns.x_in === undefined) return record;
    return {
      ...record,
      columns: { ...record.columns, x_in: record.columns.x_in.map(() => 0.001) },
    };
  });
  assertStringIncludes(claimFigures["change-places"](never), "2 of 3 seeds cross, at steps");
});

Deno.test("a-not-needed compares networks of the same seeds only", () => {
  const moved = records.map((record) => {
    const { configuration } = record;
    if (configuration.case !== "residual-a") return record;
    return { ...record, configuration: { ...configuration, seed: Number(configuration.seed) + 1 } };
  });
  assertThrows(
    () => claimFigures["a-not-needed"](moved),
    RangeError,
    "Cannot pair seeds: article/residual-a must have those of article/residual, 0, 1, 2, got 1, 2, 3",
  );
});

Deno.test("a-not-needed is refused without a test accuracy", () => {
  const untested = records.map((record) => ({ ...record, results: {} }));
  assertThrows(
    () => claimFigures["a-not-needed"](untested),
    RangeError,
    "Cannot take test_accuracy from the results of article/residual, seed 0: a number is needed, " +
      "got undefined",
  );
});

Deno.test("initialization has room for ratios far above 1", () => {
  const strong = records.map((record) => {
    if (record.configuration.case !== "he" || record.columns.x_in === undefined) return record;
    const x_in = record.columns.x_in.map((value) => 100 * value!);
    return { ...record, columns: { ...record.columns, x_in } };
  });
  const circles = parse(claimFigures["initialization"](strong)).querySelectorAll("circle");
  const x = [...circles].map((circle) => Number(circle.getAttribute("cx")));
  assertEquals(x.filter((at) => at < 172 || at > 680), []); // The axes' ends.
});

Deno.test("a layer whose updates are below what float32 keeps is drawn at the foot", () => {
  const svg = claimFigures["lower-layers-slowest"](records);
  const plain = curves(svg, colors.loss);
  assertEquals(plain.length, 8); // four depths, two optimizers
  const deepest = plain[6]; // depth by depth, Adam before SGD
  assertEquals(deepest.length, 32);
  const lowest = Math.max(...deepest.map(([, y]) => y));
  assertEquals(deepest.filter(([, y]) => y === lowest).length, 25); // 1.5·10⁻⁹ … and 1.5·10⁻⁸
});

Deno.test("initialization draws what theory predicts for each row", () => {
  const svg = claimFigures["initialization"](records);
  const diamonds = parse(svg).querySelectorAll("g[aria-label=dot][stroke-width='1.5'] path");
  const x = [...diamonds].map((path) =>
    Number(path.getAttribute("transform")!.match(/translate\(([-.\d]+)/)![1])
  );
  assertEquals(x.length, 4);
  assert(x[0] < x[1] && x[1] === x[2] && x[2] < x[3]);
});
