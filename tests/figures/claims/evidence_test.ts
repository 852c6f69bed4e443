import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { evidence } from "../../../figures/mod.ts";
import { colours } from "../../../figures/theme.ts";
import { curves, parse } from "../parse.ts";
import { beside, records } from "./sample.ts";

for (const [name, draw] of Object.entries(evidence)) {
  Deno.test(`${name} has the same bytes for the same records in any order`, () => {
    assertEquals(draw(records.toReversed(), beside), draw(records, beside));
  });

  Deno.test(`${name} names in its metadata the records that it is drawn from, and their source`, () => {
    const metadata = JSON.parse(
      parse(draw(records, beside)).querySelector("metadata")!.textContent!,
    );
    const known = new Set(records.map(({ checksum }) => checksum));
    assert(metadata.records.length > 0);
    for (const checksum of metadata.records) assert(known.has(checksum), checksum);
    assertEquals(metadata.environment, { backend: "wasm", source: "0123" });
    assertEquals([metadata.configuration.data, metadata.configuration.batch], ["MNIST", 32]);
  });

  Deno.test(`${name} is refused without records, with what is missing`, () => {
    const { message } = assertThrows(() => draw([], beside), TypeError);
    assertStringIncludes(message, "at least one record is needed, got none of 0");
  });

  Deno.test(`${name} is refused if the seeds of a case have other steps`, () => {
    const shorter = records.map((record) => {
      if (record.configuration.seed !== 1) return record;
      const columns = Object.entries(record.columns).map((
        [name, column],
      ) => [name, column.slice(1)]);
      return { ...record, columns: Object.fromEntries(columns) };
    });
    const { message } = assertThrows(() => draw(shorter, beside), RangeError);
    assertStringIncludes(
      message,
      "all seeds must have the same steps, got others in that of seed 1",
    );
  });

  Deno.test(`${name} keeps markup in a record's settings as text`, () => {
    const hostile = records.map((record) => ({
      ...record,
      environment: { ...record.environment, adapter: "</metadata><script>alert(1)</script>" },
    }));
    const svg = draw(hostile, beside);
    assertEquals(parse(svg).querySelector("script"), null);
    assertEquals(svg.includes("<script>"), false);
  });
}

Deno.test("the published curve ends where our steps do", () => {
  const svg = evidence["published-figure"](records, beside);
  const published = curves(svg, colours.ink);
  assertEquals(published.length, 3);
  assertEquals(published.map((curve) => curve.length), [60, 60, 60]);
});

Deno.test("change-places marks the first step at which the mean of x_in exceeds that of x_res", () => {
  // Means of 20 over ramps are the ramps 9.5 steps before, from step 19 on; factors of the three seeds.
  const [up, down] = [(1 + 1.1 + 1.2) / 3, (1 + 1 / 1.1 + 1 / 1.2) / 3];
  const xIn = (step: number) => up * (0.01 + 0.04 * (step - 9.5) / 59);
  const xRes = (step: number) => down * (0.1 - 0.08 * (step - 9.5) / 59);
  let step = 19;
  while (xIn(step) <= xRes(step)) step++;
  assertStringIncludes(evidence["change-places"](records, beside), `they cross at step ${step}`);
});

Deno.test("a layer whose updates are below what float32 keeps is drawn at the foot", () => {
  const svg = evidence["lower-layers-slowest"](records, beside);
  const plain = curves(svg, colours.loss);
  assertEquals(plain.length, 8); // four depths, two optimizers
  const deepest = plain[3];
  assertEquals(deepest.length, 32);
  const lowest = Math.max(...deepest.map(([, y]) => y));
  assertEquals(deepest.filter(([, y]) => y === lowest).length, 25); // 1.5·10⁻⁹ … and 1.5·10⁻⁸
});

Deno.test("initialisation draws what theory predicts for each row", () => {
  const svg = evidence["initialisation"](records, beside);
  const diamonds = parse(svg).querySelectorAll("g[aria-label=dot][stroke-width='1.5'] path");
  const x = [...diamonds].map((path) =>
    Number(path.getAttribute("transform")!.match(/translate\(([-.\d]+)/)![1])
  );
  assertEquals(x.length, 4);
  assert(x[0] < x[1] && x[1] === x[2] && x[2] < x[3]);
});
