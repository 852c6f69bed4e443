import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { benchmark } from "../../../experiments/figures/benchmark.ts";
import { claimFigures } from "../../../experiments/figures/mod.ts";
import { colors } from "../../../figures/theme.ts";
import { attributes, curves, parse } from "../../figures/parse.ts";
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
