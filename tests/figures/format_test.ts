import { assertEquals, assertLessOrEqual, assertMatch, assertStrictEquals } from "@std/assert";
import { caption } from "../../figures/caption.ts";
import { downsampleM4, type Point } from "../../figures/downsample.ts";
import {
  escapedJson,
  formatCount,
  stripControlCharacters,
  superscript,
  truncate,
  wrap,
} from "../../figures/format.ts";
import { linearTicks, logTicks, type TickOptions } from "../../figures/ticks.ts";
import { sampleRecord } from "./sample.ts";

Deno.test("stripControlCharacters replaces what XML cannot hold and what is not seen", () => {
  assertEquals(stripControlCharacters("a\u0000b\u202ec\ud800d\uffff\ne"), "a�b�c�d��e");
});

Deno.test("stripControlCharacters leaves letters, signs and pictures of all scripts alone", () => {
  assertEquals(stripControlCharacters("é ∥x∥ 数 🙂 <&>"), "é ∥x∥ 数 🙂 <&>");
});

Deno.test("truncate counts characters, not code units, and marks the cut", () => {
  assertEquals(truncate("🙂🙂🙂🙂", 4), "🙂🙂🙂🙂");
  assertEquals(truncate("🙂🙂🙂🙂🙂", 4), "🙂🙂🙂…");
});

Deno.test("escapedJson loses nothing and has no invisible characters", () => {
  const value = { a: "\u0000\u202e\ufffe\u{e0041}🙂" };
  assertEquals(JSON.parse(escapedJson(value)), value);
  assertMatch(escapedJson(value), /^\{"a":"(?:\\u[0-9a-f]{4})+🙂"\}$/);
});

Deno.test("counts have commas, and exponents are raised", () => {
  assertEquals([formatCount(7), formatCount(1147), formatCount(20000)], ["7", "1,147", "20,000"]);
  assertEquals([superscript(-3), superscript(10)], ["⁻³", "¹⁰"]);
});

Deno.test("a text is wrapped into as few lines as needed, as even as they can be", () => {
  assertEquals(wrap("one two three four", 18), ["one two three four"]);
  assertEquals(wrap("one two three four", 14), ["one two", "three four"]);
  assertEquals(wrap("a-word-that-is-too-long b", 5), ["a-word-that-is-too-long", "b"]);
});

Deno.test("the article's own run is captioned by data, variant, seed, steps, backend and record", () => {
  assertEquals(caption(sampleRecord(1875)), [
    "MNIST, variant residual, seed 0",
    "1,875 steps on wasm, record 0123456789ab",
  ]);
});

Deno.test("the caption says that other data is not MNIST", () => {
  const record = sampleRecord(1875, { configuration: { data: "Fashion-MNIST" } });
  assertEquals(caption(record)[0], "not MNIST: Fashion-MNIST, variant residual, seed 0");
});

Deno.test("the caption of a short run names the article's number of steps", () => {
  const [, which] = caption(sampleRecord(300));
  assertEquals(which, "only 300 of the article's 1,875 steps on wasm, record 0123456789ab");
});

Deno.test("the caption of a run that ended early says after how many steps", () => {
  const [, which] = caption(sampleRecord(1200, { configuration: { steps: 1875 } }));
  assertEquals(which, "stopped after 1,200 of 1,875 steps on wasm, record 0123456789ab");
});

Deno.test("the caption cuts long names and shows no invisible characters", () => {
  const data = "\u202ecom.\u0000" + "x".repeat(500);
  const [what] = caption(sampleRecord(5, { configuration: { data } }));
  assertEquals(what.startsWith("not MNIST: \uFFFDcom.\uFFFDxxx"), true);
  assertLessOrEqual(what.length, 90);
});

Deno.test("the caption of a run of one's own has its settings, whatever they are", () => {
  const { configuration: { seed: _, ...configuration }, ...rest } = sampleRecord(5);
  assertEquals(caption({ ...rest, configuration }), [
    "data MNIST, steps 5, variant residual",
    "5 steps on wasm, record 0123456789ab",
  ]);
  const bare = { ...rest, configuration: {}, environment: {} };
  assertEquals(caption(bare), ["5 steps, record 0123456789ab"]);
  assertEquals(caption({ ...bare, results: { stopped: "aborted" } }), [
    "stopped after 5 steps, record 0123456789ab",
  ]);
  const many = Object.fromEntries(Array.from({ length: 99 }, (_, i) => [`setting_${i}`, i]));
  assertLessOrEqual(caption({ ...bare, configuration: many })[0].length, 200);
});

function labels(end: number, options: TickOptions): string[] {
  const { values, format } = linearTicks([0, end], options);
  return values.map(format);
}

Deno.test("ticks of the article's axes are the article's", () => {
  assertEquals(labels(2.47, { count: 3 }), ["0", "1", "2"]);
  assertEquals(labels(0.1034, { count: 3 }), ["0.00", "0.05", "0.10"]);
  assertEquals(linearTicks([0, 1874], { count: 9, smallest: 1 }).values, [
    0,
    250,
    500,
    750,
    1000,
    1250,
    1500,
    1750,
  ]);
});

Deno.test("ticks are decimal numbers without a binary rest", () => {
  assertEquals(linearTicks([0, 0.65], { count: 7 }).values, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
});

Deno.test("ticks are never closer than the smallest step", () => {
  assertEquals(labels(3, { count: 9, smallest: 1 }), ["0", "1", "2", "3"]);
});

Deno.test("ticks of very large and very small axes fit a margin", () => {
  assertEquals(labels(2.6e6, { count: 3 }), ["0", "1e+6", "2e+6"]);
  assertEquals(labels(5e-7, { count: 3 }), ["0", "2e-7", "4e-7"]);
});

Deno.test("there are between 1 and count steps whatever the axis's end", () => {
  for (let end = 1e-9; end < 1e9; end *= 1.07) {
    const steps = linearTicks([0, end], { count: 3 }).values.length - 1;
    assertLessOrEqual(1, steps);
    assertLessOrEqual(steps, 3);
  }
});

Deno.test("ticks on both sides of 0 have a minus sign", () => {
  const { values, format } = linearTicks([-0.12, 0.2], { count: 2 });
  assertEquals(values.map(format), ["−0.1", "0.0", "0.1", "0.2"]);
});

Deno.test("a logarithmic axis has powers of ten, or 1, 2 and 5 within two decades", () => {
  const texts = (from: number, to: number) => {
    const { values, format } = logTicks([from, to]);
    return values.map(format);
  };
  assertEquals(texts(0.08, 3), ["0.1", "0.2", "0.5", "1", "2"]);
  assertEquals(texts(0.0001, 1), ["10⁻⁴", "10⁻³", "0.01", "0.1", "1"]);
  assertEquals(texts(1e-8, 0.5), ["10⁻⁸", "10⁻⁶", "10⁻⁴", "0.01"]);
});

const noisy = Array.from({ length: 10_000 }, (_, x) => ({ x, y: Math.sin(x * x) }));

Deno.test("downsampleM4 returns a curve of few points as it is", () => {
  const points = noisy.slice(0, 400);
  assertStrictEquals(downsampleM4(points, 100), points);
});

Deno.test("downsampleM4 keeps at most four points a strip, all the curve's own and in order", () => {
  const kept = downsampleM4(noisy, 100);
  assertLessOrEqual(kept.length, 400);
  kept.forEach(({ x, y }, i) => {
    assertEquals(y, noisy[x].y);
    if (i > 0) assertLessOrEqual(kept[i - 1].x + 1, x);
  });
});

Deno.test("downsampleM4 keeps the first, lowest, highest and last point of every strip", () => {
  const kept = downsampleM4(noisy, 10);
  const within = (points: readonly Point[], i: number) =>
    points.filter(({ x }) => Math.min(9, Math.floor(x / 999.9)) === i);
  for (let i = 0; i < 10; i++) {
    const [all, some] = [within(noisy, i), within(kept, i)];
    assertEquals([some[0], some[some.length - 1]], [all[0], all[all.length - 1]]);
    for (const extreme of [Math.min, Math.max]) {
      assertEquals(extreme(...some.map(({ y }) => y)), extreme(...all.map(({ y }) => y)));
    }
  }
});
