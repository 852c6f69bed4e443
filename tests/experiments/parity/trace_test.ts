import { assertEquals, assertThrows } from "@std/assert";
import { parseTrace } from "../../../experiments/parity/trace.ts";
import { entries, type Entry, header, SHAPES, weightBytes } from "./a_trace.ts";

const bytes = weightBytes();

/** Parses the trace with some of its JSON changed. */
function parse(changes: Record<string, unknown> = {}, weights = bytes) {
  return parseTrace(JSON.stringify({ ...header(), ...changes }), weights);
}

/** The list of weights with one entry changed. */
function changed(name: string, changes: Partial<Record<keyof Entry, unknown>>) {
  return { weights: entries().map((e) => e.name === name ? { ...e, ...changes } : e) };
}

function assertRefused(
  run: () => unknown,
  kind: typeof TypeError | typeof RangeError,
  why: string,
): void {
  assertThrows(run, kind, `Cannot read the trace: ${why}`);
}

Deno.test("a trace's steps and curves are those of its JSON", () => {
  const { steps, curves } = parse({ about: "more than is needed" });
  assertEquals(steps, 2);
  assertEquals(curves, { loss: [2.5, 2], x_res: [0.5, 0.25], x_in: [0.125, 1] });
});

Deno.test("a trace's weights have PyTorch's shapes and the numbers at their offsets", () => {
  const { weights } = parse();
  const shapes = Object.entries(weights).map(([name, { shape }]) => [name, shape] as const);
  assertEquals(shapes, [...SHAPES]);
  assertEquals(
    [...weights["b1c1.bias"].values],
    Array.from({ length: 16 }, (_, i) => (432 + i) / 1024),
  );
});

Deno.test("a trace's weights may lie in any order", () => {
  const swapped = entries().map((entry) => {
    if (entry.name === "b1c1.bias") return { ...entry, offset: 2752 };
    return entry.name === "b1c2.bias" ? { ...entry, offset: 432 } : entry;
  });
  const { weights } = parse({ weights: swapped.reverse() });
  assertEquals(weights["b1c1.bias"].values[0], 2752 / 1024);
  assertEquals(weights["b1c2.bias"].values[0], 432 / 1024);
});

Deno.test("a trace's weights are read from a part of a larger buffer, at any byte", () => {
  const larger = new Uint8Array(bytes.length + 3);
  larger.set(bytes, 3);
  assertEquals(parse({}, larger.subarray(3)), parse());
});

Deno.test("a trace whose JSON is not JSON is refused with the parser's words", () => {
  assertRefused(() => parseTrace("steps: 2", bytes), TypeError, "its JSON does not parse: ");
  assertRefused(() => parseTrace("", bytes), TypeError, "its JSON does not parse: ");
});

for (const json of ["null", "[]", "3", '"steps"']) {
  Deno.test(`a trace whose JSON is ${json} is refused`, () => {
    assertRefused(
      () => parseTrace(json, bytes),
      TypeError,
      `its JSON must be an object, got ${json}`,
    );
  });
}

for (const [steps, got] of [[undefined, "nothing"], [0, "0"], [1.5, "1.5"], ["2", '"2"']]) {
  Deno.test(`a trace whose steps are ${got} is refused`, () => {
    assertRefused(
      () => parse({ steps }),
      TypeError,
      `steps must be a whole number from 1, got ${got}`,
    );
  });
}

for (const measure of ["loss", "x_res", "x_in"]) {
  Deno.test(`a trace without ${measure} is refused`, () => {
    assertRefused(
      () => parse({ [measure]: undefined }),
      TypeError,
      `${measure} must be a list of numbers, got nothing`,
    );
  });

  Deno.test(`a trace with ${measure} for another number of steps is refused`, () => {
    for (const curve of [[1], [1, 2, 3], []]) {
      assertRefused(
        () => parse({ [measure]: curve }),
        RangeError,
        `${measure} must have a number for each of 2 steps, got ${curve.length}`,
      );
    }
  });

  Deno.test(`a trace whose ${measure} is not a number somewhere is refused`, () => {
    for (const [value, got] of [[null, "null"], ["1", '"1"'], [NaN, "null"]]) {
      assertRefused(
        () => parse({ [measure]: [1, value] }),
        TypeError,
        `${measure} must be a number at step 1, got ${got}`,
      );
    }
  });
}

Deno.test("a trace without a list of weights is refused", () => {
  assertRefused(
    () => parse({ weights: undefined }),
    TypeError,
    "weights must be a list, got nothing",
  );
  assertRefused(() => parse({ weights: {} }), TypeError, "weights must be a list, got {}");
});

Deno.test("a trace whose weights' file is cut or goes on is refused with both lengths", () => {
  for (const length of [0, 321_124, 321_127, 321_129, 642_256]) {
    assertRefused(
      () => parse({}, new Uint8Array(length)),
      RangeError,
      `its weights must be 321128 bytes, the network's, got ${length}`,
    );
  }
});

for (const [name] of SHAPES) {
  Deno.test(`a trace without the weight ${name} is refused`, () => {
    const weights = entries().filter((entry) => entry.name !== name);
    assertRefused(() => parse({ weights }), TypeError, `it lacks the weight ${name}`);
  });
}

Deno.test("a trace with a list of weights that holds anything else lacks them", () => {
  assertRefused(
    () => parse({ weights: [null, 3, []] }),
    TypeError,
    "it lacks the weight b1c1.weight",
  );
});

Deno.test("a trace with a weight of another shape or length is refused", () => {
  const wrong = [{ shape: [3, 3, 3, 16] }, { shape: undefined }, { length: 431 }, {
    length: "432",
  }];
  for (const changes of wrong) {
    assertRefused(
      () => parse(changed("b1c1.weight", changes)),
      TypeError,
      "b1c1.weight must have shape [16,3,3,3] and length 432, got ",
    );
  }
});

Deno.test("a trace with a weight that starts nowhere is refused", () => {
  for (const [offset, got] of [[-1, "-1"], [0.5, "0.5"], [undefined, "nothing"]] as const) {
    assertRefused(
      () => parse(changed("cls.bias", { offset })),
      TypeError,
      `the offset of cls.bias must be a whole number from 0, got ${got}`,
    );
  }
});

Deno.test("a trace with a weight that ends after the file is refused", () => {
  assertRefused(
    () => parse(changed("cls.bias", { offset: 80_273 })),
    RangeError,
    "a weight of 10 numbers at offset 80273 does not fit into the weights' 80282",
  );
});
