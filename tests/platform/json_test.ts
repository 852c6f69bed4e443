import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { parseJson } from "../../src/platform/json.ts";
import { runs } from "../support/generated.ts";

const RUNS = runs({ sample: 300, full: 2000 });

Deno.test("parseJson gives what JSON.parse gives, of any text that JSON.stringify writes", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, "\t"), (value, space) => {
      const text = JSON.stringify(value, undefined, space);
      assertEquals(parseJson(text), JSON.parse(text));
    }),
    { numRuns: RUNS, seed: 1 },
  );
});

Deno.test("parseJson passes over a byte order mark, and takes any line ends", () => {
  assertEquals(parseJson('\ufeff{"a":\r\n[1,\r2,\n3]}\r\n'), { a: [1, 2, 3] });
  assertThrows(() => parseJson("\ufeff\ufeff1"), TypeError, "Unexpected token");
});

for (
  const [text, name] of [
    ['{"results": 1, "results": 1}', "results"],
    ['{"\\u0072esults": 1, "results": 2}', "results"],
    ['{"": 0, "a": {"": {"": 0, "": 0}}}', ""],
    ['{"__proto__": 1, "a": 2, "__proto__": 3}', "__proto__"],
    ['{"toString": 1, "toString": 3}', "toString"],
    ['[[{"a": [{}]}, {"b": {"c": 1}, "d": [], "b": {}}]]', "b"],
    ['{"\\ud83d\\ude42": 1, "🙂": 2}', "🙂"],
    ['{"\\"": "\\\\", "a": "}", "\\u0022": 0}', '\\"'],
  ]
) {
  Deno.test(`parseJson refuses ${text}, of which JSON.parse takes the last`, () => {
    JSON.parse(text);
    assertThrows(
      () => parseJson(text),
      TypeError,
      `it must have each name of an object once, got "${name}" twice`,
    );
  });
}

Deno.test("parseJson takes one name in several objects, and texts that look like names", () => {
  for (
    const text of [
      '[{"a": 1}, {"a": 2}]',
      '{"a": {"a": {"a": 1}}, "b": {"a": 1}}',
      '{"a": "a", "b": "a", "c": ["a", "a", "a"]}',
      '{"a": "{\\"a\\": 1, \\"a\\": 2}"}',
      '{"a\\\\": 1, "a": 2, "a\\"": 3, "\\\\": ":", ":": "\\\\"}',
      '{"": 1, " ": 2, "__proto__": {"__proto__": 1}, "constructor": {}}',
    ]
  ) assertEquals(parseJson(text), JSON.parse(text));
});

Deno.test("parseJson refuses a name that any object has twice, wherever it is", () => {
  // Written with a name that is told from all others, and then given another's.
  const object = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1, maxKeys: 5 });
  fc.assert(
    fc.property(object, fc.nat(), fc.nat(4), fc.jsonValue(), (values, at, depth, second) => {
      const names = Object.keys(values);
      const name = JSON.stringify(names[at % names.length]);
      const text = `${JSON.stringify(values).slice(0, -1)},${name}:${JSON.stringify(second)}}`;
      const nested = '{"a":['.repeat(depth) + text + "]}".repeat(depth);
      JSON.parse(nested);
      assertThrows(() => parseJson(nested), TypeError, "it must have each name of an object once");
    }),
    { numRuns: RUNS, seed: 1 },
  );
});

Deno.test("parseJson refuses numbers past all numbers, and says where", () => {
  const cases = [
    ["1e999", "it must be a finite number"],
    ["[1, -1e999]", "1 must be a finite number"],
    ['{"a": {"b": [0, {"c": 1e309}]}}', "a.b.1.c must be a finite number"],
    [`{"${"x".repeat(1e6)}": 1e999}`, "x…"],
  ];
  for (const [text, sentence] of cases) {
    const { message } = assertThrows(() => parseJson(text), TypeError);
    assert(message.includes(sentence.replace("x…", "xxx… must be")), message.slice(0, 300));
    assert(message.length < 300);
  }
  assertEquals(parseJson("[1.7976931348623157e308, 1e-999]"), [Number.MAX_VALUE, 0]);
});

Deno.test("parseJson takes 500 arrays within each other and refuses more, of any number", () => {
  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  parseJson(nested(500));
  for (const depth of [501, 1_000_000]) {
    assertThrows(
      () => parseJson(nested(depth)),
      TypeError,
      "it must have at most 500 arrays and objects within each other, got more",
    );
  }
});

Deno.test("parseJson says what the engine says of other texts, cleaned and short", () => {
  for (
    const text of ["", "{", "\x1b]0;title\x07", "\u009b31m", `"${"x".repeat(1e6)}`, "\u202e", "{'"]
  ) {
    const { message, cause } = assertThrows(() => parseJson(text), TypeError);
    assert(cause instanceof SyntaxError);
    assert(message.length <= 120);
    // deno-lint-ignore no-control-regex -- those are what must not be there
    assert(!/[\x00-\x1f\x7f-\x9f\u202e]/.test(message), JSON.stringify(message));
  }
});

Deno.test("parseJson reads 5 MB in less than 5 s, one long string among it", () => {
  const start = performance.now();
  const text = JSON.stringify({ a: "x".repeat(2.5e6), b: new Array(5e5).fill(1.25) });
  parseJson(text);
  assert(performance.now() - start < 5000);
});
