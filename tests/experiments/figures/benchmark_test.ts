import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { benchmark } from "../../../experiments/figures/benchmark.ts";
import { colors } from "../../../figures/theme.ts";
import { attributes, parse } from "../../figures/parse.ts";

const machine = { processor: "Made-up 9000", cores: 2, load: 0.25, system: "linux x86_64" };
const sample = {
  machine,
  date: "2000-01-01T00:00:00.000Z",
  contenders: [
    { name: "ours", owner: "ours", milliseconds: 31.62, ratio: 1.2345 },
    { name: "stock", owner: "stock", milliseconds: 30123 },
    { name: "missing", owner: "stock", absent: "no adapter" },
    { name: "PyTorch", owner: "pytorch", milliseconds: 10, ratio: 1 },
  ],
} as const;
const svg = benchmark(sample);

/** The bars' places, top to bottom. */
function bars(svg: string): { color: string; left: number; right: number }[] {
  const rects = parse(svg).querySelectorAll('g[aria-label="rect"] rect');
  return [...rects].map((rect) => {
    const [left, size] = ["x", "width"].map((name) => Number(rect.getAttribute(name)));
    return { color: rect.getAttribute("fill")!, left, right: left + size };
  });
}

/** Where the x axis has each number. */
function ticks(svg: string): Map<number, number> {
  const labels = parse(svg).querySelectorAll('g[aria-label="x-axis tick label"] text');
  return new Map([...labels].map((label) => [
    Number(
      label.textContent!.replace(/^10(?=[³⁴⁵])/, "1e").replace(/[³⁴⁵]/, (digit) => {
        return String("³⁴⁵".indexOf(digit) + 3);
      }),
    ),
    Number(label.getAttribute("transform")!.match(/[\d.]+/)![0]),
  ]));
}

function texts(svg: string): string[] {
  return [...parse(svg).querySelectorAll("text")].map(({ textContent }) => textContent!);
}

Deno.test("bars end where the axis has their times: 31.62 ms halfway from 10 to 100", () => {
  const place = ticks(svg);
  const [ours, stock, , pytorch] = bars(svg);
  assertAlmostEquals(ours.right, (place.get(10)! + place.get(100)!) / 2, 0.6);
  assertAlmostEquals(pytorch.right, place.get(10)!, 0.6);
  assert(stock.right > place.get(10000)! && stock.right < place.get(100000)!);
});

Deno.test("the axis has every power of ten around the times, and the least still has a bar", () => {
  assertEquals([...ticks(svg).keys()], [1, 10, 100, 1000, 10000, 100000]);
});

Deno.test("each owner has its color", () => {
  const { xIn, xRes, loss } = colors;
  assertEquals(bars(svg).map(({ color }) => color), [xIn, xRes, xRes, loss]);
});

Deno.test("times have three digits, with the ratio where there is one", () => {
  for (const label of ["31.6 (1.23×)", "30,100", "10 (1×)"]) {
    assert(texts(svg).includes(label), label);
  }
});

Deno.test("an absent contender has its name and the word, and no bar", () => {
  assert(texts(svg).includes("missing"));
  assert(texts(svg).includes("absent"));
  const [, , missing] = bars(svg);
  assertEquals(missing.left, missing.right);
});

Deno.test("the sheet names the machine, and the metadata hold it with the date", () => {
  assert(texts(svg).some((text) => text.includes("Made-up 9000, 2 cores, linux x86_64")));
  const metadata = JSON.parse(parse(svg).querySelector("metadata")!.textContent!);
  assertEquals(metadata, { figure: "benchmark", machine, date: sample.date });
});

Deno.test("the sheet of a busy machine says that it was", () => {
  const says = (load: number) =>
    texts(benchmark({ ...sample, machine: { ...machine, load } })).some((text) =>
      text.includes("busy with other work")
    );
  assertEquals([says(0.25), says(2)], [false, true]);
});

Deno.test("the benchmark read back from JSON draws the same bytes", () => {
  assertEquals(benchmark(JSON.parse(JSON.stringify(sample))), svg);
});

Deno.test("the benchmark's SVG has plain attributes only, rounded", () => {
  for (const { name, value } of attributes(svg)) {
    assert(!["id", "class", "style"].includes(name), name);
    assert(!/NaN|undefined|Infinity|currentColor|\.\d{3}/.test(value), `${name} ${value}`);
  }
});

Deno.test("markup in the machine's name is shown, not obeyed", () => {
  const hostile = benchmark({
    ...sample,
    machine: { ...machine, processor: "<script>a</script>" },
  });
  assertEquals(parse(hostile).querySelectorAll("script").length, 0);
  assert(texts(hostile).some((text) => text.includes("<script>")));
});

Deno.test("a benchmark in which nobody was measured is refused", () => {
  const contenders = [sample.contenders[2]];
  assertThrows(() => benchmark({ ...sample, contenders }), RangeError, "got no contender");
});

for (const milliseconds of [0, -1, NaN, Infinity]) {
  Deno.test(`a time of ${milliseconds} ms is refused`, () => {
    const contenders = [{ ...sample.contenders[0], milliseconds }];
    assertThrows(() => benchmark({ ...sample, contenders }), RangeError, `got ${milliseconds} ms`);
  });
}
