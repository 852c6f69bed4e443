import { assertAlmostEquals, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { checksOf, holds, relativeDifferences } from "../../../experiments/parity/compare.ts";
import {
  type Curves,
  MEASURES,
  parseTrace,
  sealTrace,
  type TracedMeasure,
} from "../../../experiments/parity/trace.ts";
import { entries, type Entry, header, sealed, SHAPES, weightBytes } from "./a_trace.ts";

const bytes = weightBytes();

/** Parses the trace with some of its JSON changed, and with its checksum where it is a trace. */
async function parse(changes: Record<string, unknown> = {}, weights = bytes) {
  const text = JSON.stringify({ ...header(), ...changes });
  return await parseTrace(await sealTrace(text, weights).catch(() => text), weights);
}

/** The list of weights with one entry changed. */
function changed(name: string, changes: Partial<Record<keyof Entry, unknown>>) {
  return { weights: entries().map((e) => e.name === name ? { ...e, ...changes } : e) };
}

async function assertRefused(
  run: () => Promise<unknown>,
  kind: typeof TypeError | typeof RangeError,
  why: string,
): Promise<void> {
  await assertRejects(run, kind, `Cannot read the trace: ${why}`);
}

Deno.test("a trace's steps and curves are those of its JSON", async () => {
  const { steps, curves } = await parse({ about: "more than is needed" });
  assertEquals(steps, 2);
  assertEquals(curves, { loss: [2.5, 2], x_res: [0.5, 0.25], x_in: [0.125, 1] });
});

Deno.test("a trace's weights have PyTorch's shapes and the numbers at their offsets", async () => {
  const { weights } = await parse();
  const shapes = Object.entries(weights).map(([name, { shape }]) => [name, shape] as const);
  assertEquals(shapes, [...SHAPES]);
  assertEquals(
    [...weights["b1c1.bias"].values],
    Array.from({ length: 16 }, (_, i) => (432 + i) / 1024),
  );
});

Deno.test("a trace's weights may lie in any order", async () => {
  const swapped = entries().map((entry) => {
    if (entry.name === "b1c1.bias") return { ...entry, offset: 2752 };
    return entry.name === "b1c2.bias" ? { ...entry, offset: 432 } : entry;
  });
  const { weights } = await parse({ weights: swapped.reverse() });
  assertEquals(weights["b1c1.bias"].values[0], 2752 / 1024);
  assertEquals(weights["b1c2.bias"].values[0], 432 / 1024);
});

Deno.test("a trace's weights are read from a part of a larger buffer, at any byte", async () => {
  const larger = new Uint8Array(bytes.length + 3);
  larger.set(bytes, 3);
  assertEquals(await parse({}, larger.subarray(3)), await parse());
});

Deno.test("a trace whose JSON is not JSON is refused with the parser's words", async () => {
  await assertRefused(() => parseTrace("steps: 2", bytes), TypeError, "its JSON cannot be read: ");
  await assertRefused(() => parseTrace("", bytes), TypeError, "its JSON cannot be read: ");
});

for (const json of ["null", "[]", "3", '"steps"']) {
  Deno.test(`a trace whose JSON is ${json} is refused`, async () => {
    await assertRefused(
      () => parseTrace(json, bytes),
      TypeError,
      `its JSON must be an object, got ${json}`,
    );
  });
}

for (const [steps, got] of [[undefined, "nothing"], [0, "0"], [1.5, "1.5"], ["2", '"2"']]) {
  Deno.test(`a trace whose steps are ${got} is refused`, async () => {
    await assertRefused(
      () => parse({ steps }),
      TypeError,
      `steps must be a whole number from 1, got ${got}`,
    );
  });
}

for (const measure of ["loss", "x_res", "x_in"]) {
  Deno.test(`a trace without ${measure} is refused`, async () => {
    await assertRefused(
      () => parse({ [measure]: undefined }),
      TypeError,
      `${measure} must be a list of numbers, got nothing`,
    );
  });

  Deno.test(`a trace with ${measure} for another number of steps is refused`, async () => {
    for (const curve of [[1], [1, 2, 3], []]) {
      await assertRefused(
        () => parse({ [measure]: curve }),
        RangeError,
        `${measure} must have a number for each of 2 steps, got ${curve.length}`,
      );
    }
  });

  Deno.test(`a trace whose ${measure} is not a number somewhere is refused`, async () => {
    for (const [value, got] of [[null, "null"], ["1", '"1"'], [NaN, "null"]]) {
      await assertRefused(
        () => parse({ [measure]: [1, value] }),
        TypeError,
        `${measure} must be a number at step 1, got ${got}`,
      );
    }
  });
}

Deno.test("a trace without a list of weights is refused", async () => {
  await assertRefused(
    () => parse({ weights: undefined }),
    TypeError,
    "weights must be a list, got nothing",
  );
  await assertRefused(() => parse({ weights: {} }), TypeError, "weights must be a list, got {}");
});

Deno.test("a trace whose weights' file is cut or goes on is refused with both lengths", async () => {
  for (const length of [0, 321_124, 321_127, 321_129, 642_256]) {
    await assertRefused(
      () => parse({}, new Uint8Array(length)),
      RangeError,
      `its weights must be 321128 bytes, the network's, got ${length}`,
    );
  }
});

for (const [name] of SHAPES) {
  Deno.test(`a trace without the weight ${name} is refused`, async () => {
    const weights = entries().filter((entry) => entry.name !== name);
    await assertRefused(() => parse({ weights }), TypeError, `it lacks the weight ${name}`);
  });
}

Deno.test("a trace with a list of weights that holds anything else lacks them", async () => {
  await assertRefused(
    () => parse({ weights: [null, 3, []] }),
    TypeError,
    "it lacks the weight b1c1.weight",
  );
});

Deno.test("a trace with a weight of another shape or length is refused", async () => {
  const wrong = [{ shape: [3, 3, 3, 16] }, { shape: undefined }, { length: 431 }, {
    length: "432",
  }];
  for (const changes of wrong) {
    await assertRefused(
      () => parse(changed("b1c1.weight", changes)),
      TypeError,
      "b1c1.weight must have shape [16,3,3,3] and length 432, got ",
    );
  }
});

Deno.test("a trace with a weight that starts nowhere is refused", async () => {
  for (const [offset, got] of [[-1, "-1"], [0.5, "0.5"], [undefined, "nothing"]] as const) {
    await assertRefused(
      () => parse(changed("cls.bias", { offset })),
      TypeError,
      `the offset of cls.bias must be a whole number from 0, got ${got}`,
    );
  }
});

Deno.test("a trace with a weight that ends after the file is refused", async () => {
  await assertRefused(
    () => parse(changed("cls.bias", { offset: 80_273 })),
    RangeError,
    "a weight of 10 numbers at offset 80273 does not fit into the weights' 80282",
  );
});

Deno.test("a trace without a checksum is refused, and told how to get one", async () => {
  await assertRefused(
    () => parseTrace(JSON.stringify(header()), bytes),
    TypeError,
    "it must have a checksum, got none: deno task parity --reference PREFIX --seal prints its JSON " +
      "with one",
  );
});

Deno.test("sealing a trace adds nothing but the checksum", async () => {
  const { checksum, ...rest } = JSON.parse(await sealed(header()));
  assertEquals(rest, header());
  assertMatch(checksum, /^[0-9a-f]{64}$/);
});

Deno.test("a trace that has a checksum is not sealed again, nor is what is no trace", async () => {
  const text = await sealed(header());
  await assertRejects(
    () => sealTrace(text, bytes),
    TypeError,
    `Cannot seal the trace: it must have no checksum, got "${JSON.parse(text).checksum}"`,
  );
  await assertRefused(() => sealTrace("{}", bytes), TypeError, "steps must be a whole number");
});

Deno.test("a trace's checksum does not depend on white space, line ends or the order of names", async () => {
  const text = await sealed(header());
  const wide = JSON.stringify(JSON.parse(text), undefined, 2).replaceAll("\n", "\r\n");
  const turned = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).reverse()));
  for (const other of [wide, turned, `\ufeff${text}`]) {
    assertEquals(await parseTrace(other, bytes), await parse());
  }
});

Deno.test("a trace with any digit of its JSON or any bit of its weights changed is refused", async () => {
  const text = await sealed({ ...header(), about: "PyTorch 1.13" });
  for (const { index } of text.matchAll(/\d/g)) {
    const digit = (Number(text[index]) + 1) % 10;
    const changed = text.slice(0, index) + digit + text.slice(index + 1);
    const { message } = await assertRejects(() => parseTrace(changed, bytes), Error);
    assertMatch(message, /^Cannot (read|trust) the trace: [^]+[^.]$/);
  }
  for (let at = 0; at < bytes.length; at += 10_007) {
    const { message } = await assertRejects(
      () => parseTrace(text, bytes.with(at, bytes[at] ^ (1 << at % 8))),
      RangeError,
    );
    assertMatch(message, /^Cannot trust the trace: its contents have checksum .+, it states "/);
  }
});

Deno.test("a trace with a second value of a name is refused", async () => {
  const text = await sealed(header());
  await assertRefused(
    () => parseTrace(text.replace("{", '{"loss": [1, 1],'), bytes),
    TypeError,
    'its JSON cannot be read: it must have each name of an object once, got "loss" twice',
  );
});

Deno.test("a trace with a shape that is no list is refused", async () => {
  for (const shape of [{ toString: 1, valueOf: 1 }, "16,3,3,3", [[16], 3, 3, 3]]) {
    await assertRefused(
      () => parse(changed("b1c1.weight", { shape })),
      TypeError,
      "b1c1.weight must have shape [16,3,3,3] and length 432, got ",
    );
  }
});

/** Curves of 1 at every step. */
function ones(steps: number): Curves {
  const curve = new Array<number>(steps).fill(1);
  return { loss: curve, x_res: curve, x_in: curve };
}

/** The ones, off by `by` from step `from` up to step `to`. */
function off(
  measure: TracedMeasure,
  { by, from, to, steps = 60 }: {
    readonly by: number;
    readonly from: number;
    readonly to: number;
    readonly steps?: number;
  },
): Curves {
  const curve = ones(steps)[measure].map((one, step) => step >= from && step < to ? one + by : one);
  return { ...ones(steps), [measure]: curve };
}

/** What fails, as `measure what`. */
function failures(ours: Curves, theirs = ones(60)): string[] {
  return checksOf(ours, theirs).filter((check) => !holds(check)).map(({ measure, what }) =>
    `${measure} ${what}`
  );
}

/** The nine limits: step 0, mean of steps 0–19, largest of the smoothed curves. */
const LIMITS = {
  loss: [2e-6, 2e-4, 0.1],
  x_res: [2e-6, 1e-4, 0.05],
  x_in: [1e-4, 1e-2, 0.1],
};

Deno.test("a relative difference is taken to their number, step by step", () => {
  assertEquals(relativeDifferences([1, 3, -2], [2, 2, -1]), [0.5, 0.5, 1]);
});

Deno.test("there are three checks of each measure, with the limits that were fixed beforehand", () => {
  for (const measure of MEASURES) {
    const checks = checksOf(ones(60), ones(60)).filter((check) => check.measure === measure);
    assertEquals(checks.map(({ limit }) => limit), LIMITS[measure]);
    assertEquals(checks.map(({ found }) => found), [0, 0, 0]);
  }
});

for (const measure of MEASURES) {
  const [first, start, smooth] = LIMITS[measure];

  Deno.test(`${measure} off by more than its limit at step 0 fails, by less holds`, () => {
    const at = { from: 0, to: 1 };
    assertEquals(failures(off(measure, { by: 0.9 * first, ...at })), []);
    assertEquals(failures(off(measure, { by: 1.1 * first, ...at })), [`${measure} at step 0`]);
    assertEquals(failures(off(measure, { by: -1.1 * first, ...at })), [`${measure} at step 0`]);
  });

  Deno.test(`${measure} off by more than its limit in the mean of steps 0–19 fails`, () => {
    const name = `${measure} mean of steps 0–19`;
    const at = { from: 10, to: 20 }; // half of the steps: twice the limit
    assertEquals(failures(off(measure, { by: 1.9 * start, ...at })), []);
    assertEquals(failures(off(measure, { by: 2.1 * start, ...at })), [name]);
    assertEquals(failures(off(measure, { by: 2.1 * start, from: 20, to: 30 })), []);
  });

  Deno.test(`${measure} off by more than its limit for 20 steps fails, for one does not`, () => {
    const name = `${measure} largest, smoothed over 20 steps`;
    assertEquals(failures(off(measure, { by: 0.9 * smooth, from: 30, to: 50 })), []);
    assertEquals(failures(off(measure, { by: 1.1 * smooth, from: 30, to: 50 })), [name]);
    assertEquals(failures(off(measure, { by: -1.1 * smooth, from: 40, to: 60 })), [name]);
    assertEquals(failures(off(measure, { by: 1.1 * smooth, from: 30, to: 31 })), []);
  });

  Deno.test(`${measure} that is NaN or infinite at one step fails`, () => {
    for (const by of [NaN, Infinity, -Infinity]) {
      assertEquals(failures(off(measure, { by, from: 30, to: 31 })), [
        `${measure} largest, smoothed over 20 steps`,
      ]);
      assertEquals(failures(off(measure, { by, from: 0, to: 1 })).length, 3);
    }
  });
}

Deno.test("a curve that should be 0 and is not fails", () => {
  const zeros = off("x_in", { by: -1, from: 0, to: 60 });
  assertEquals(failures(ones(60), zeros).length, 3);
});

Deno.test("curves of five steps are checked over these five, and the check says so", () => {
  const checks = checksOf(off("loss", { by: 0.01, from: 4, to: 5, steps: 5 }), ones(5));
  const [first, start, smooth] = checks.filter(({ measure }) => measure === "loss");
  assertEquals([first.found, start.what], [0, "mean of steps 0–4"]);
  assertAlmostEquals(start.found, 0.002, 1e-12);
  assertAlmostEquals(smooth.found, 0.002, 1e-12);
});
