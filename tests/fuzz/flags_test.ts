import { assertEquals, assertInstanceOf, assertMatch } from "@std/assert";
import fc from "fast-check";
import {
  oneOf,
  parseFlags,
  text,
  UsageError,
  wholeNumber,
} from "../../experiments/commands/flags.ts";
import { runs } from "../support/generated.ts";
import { anyText } from "./any_text.ts";

const FLAGS = {
  seed: wholeNumber({ from: 0 }),
  steps: wholeNumber({ from: 1, to: 10 }),
  out: text,
  only: oneOf("a", "b"),
  fresh: true,
  all: true,
} as const;

/** Arguments as people and scripts may give them. */
const argument = fc.oneof(
  fc.constantFrom(
    "--",
    "-",
    "---",
    "--=",
    "--seed",
    "--seed=",
    "--fresh",
    "--fresh=true",
    "--no-fresh",
  ),
  fc.constantFrom(
    "--__proto__",
    "--constructor=1",
    "--toString",
    "--words",
    "--_",
    "-s",
    "1",
    "a",
    "",
  ),
  fc.tuple(fc.constantFrom(...Object.keys(FLAGS), "help"), fc.string()).map(([name, value]) =>
    `--${name}=${value}`
  ),
  anyText,
  fc.integer().map(String),
  fc.double().map(String),
);

Deno.test("any arguments are read, or refused with a sentence", () => {
  fc.assert(
    fc.property(fc.array(argument, { maxLength: 5 }), fc.boolean(), (args, words) => {
      try {
        const values = parseFlags(args, FLAGS, { words });
        const known = [...Object.keys(FLAGS), "words", "help"];
        assertEquals(Object.keys(values).filter((name) => !known.includes(name)), []);
      } catch (error) {
        assertInstanceOf(error, UsageError);
        assertMatch(error.message, /^(--|Unknown flag --|Unexpected ")[^]*[^.]$/);
      }
    }),
    { numRuns: runs({ sample: 2000, full: 20_000 }), seed: 1 },
  );
});

/** The values of flags that fit, each there or not. */
const fitting = fc.record({
  seed: fc.nat(),
  steps: fc.integer({ min: 1, max: 10 }),
  out: fc.string({ minLength: 1 }),
  only: fc.constantFrom("a", "b"),
  fresh: fc.constant(true),
  all: fc.constant(true),
}, { requiredKeys: [] });

Deno.test("flags that are given with values that fit, in any order and either way, are read as such", () => {
  fc.assert(
    fc.property(fitting, fc.infiniteStream(fc.boolean()), fc.nat(), (values, joined, turn) => {
      const flags = Object.entries(values).map(([name, value]) => {
        if (value === true) return [`--${name}`];
        const apart = joined.next().value && !`${value}`.startsWith("--");
        return apart ? [`--${name}`, `${value}`] : [`--${name}=${value}`];
      });
      const first = flags.length === 0 ? 0 : turn % flags.length;
      const args = [...flags.slice(first), ...flags.slice(0, first)].flat();
      const { words, ...read } = parseFlags(args, FLAGS, { words: true });
      const given = Object.entries(read).filter(([, value]) => value !== false);
      assertEquals(Object.fromEntries(given), { ...values });
      assertEquals(words, []);
    }),
    { numRuns: runs({ sample: 500, full: 5000 }), seed: 1 },
  );
});

Deno.test("a number that does not fit is refused", () => {
  const unfit = fc.oneof(
    fc.integer({ max: -1 }).map(String),
    fc.integer({ min: 11 }).map(String),
    fc.double().filter((value) => !Number.isInteger(value)).map(String),
    fc.stringMatching(/^\s*\d+\s+$|^0x\d$|^\d+e\d$|^\+\d$/),
  );
  fc.assert(
    fc.property(unfit, (value) => {
      try {
        parseFlags([`--steps=${value}`], FLAGS);
      } catch (error) {
        const quoted = JSON.stringify(value);
        assertEquals(
          (error as Error).message,
          `--steps must be a whole number from 1 to 10, got ${quoted}`,
        );
        return;
      }
      throw new Error(`--steps=${value} was read`);
    }),
    { numRuns: runs({ sample: 500, full: 2000 }), seed: 1 },
  );
});
