import { assertEquals, assertThrows } from "@std/assert";
import {
  oneOf,
  parseFlags,
  text,
  UsageError,
  wholeNumber,
} from "../../../experiments/commands/flags.ts";

const FLAGS = {
  seed: wholeNumber({ from: 0 }),
  steps: wholeNumber({ from: 1, to: 10 }),
  out: text,
  only: oneOf("a", "b"),
  fresh: true,
  "any-data": true,
} as const;

/** The flags that were given, without those that are absent or false. */
function given(...args: string[]): Record<string, unknown> {
  const flags = Object.entries(parseFlags(args, FLAGS));
  return Object.fromEntries(flags.filter(([, value]) => value !== undefined && value !== false));
}

function assertRefused(args: string[], why: string): void {
  const { message } = assertThrows(() => parseFlags(args, FLAGS), UsageError);
  assertEquals(message, why);
}

const KNOWN = "the flags are --any-data, --fresh, --help, --only, --out, --seed, --steps";

Deno.test("without arguments no flag is given", () => {
  assertEquals(given(), {});
});

Deno.test("a flag's value is the next argument or stands after =", () => {
  const expected = { seed: 0, steps: 10, out: "x", only: "b" };
  assertEquals(given("--seed", "0", "--steps", "10", "--out", "x", "--only", "b"), expected);
  assertEquals(given("--seed=0", "--steps=10", "--out=x", "--only=b"), expected);
});

Deno.test("a flag without a value is true, wherever it stands", () => {
  assertEquals(given("--fresh", "--seed", "1", "--any-data"), {
    seed: 1,
    fresh: true,
    "any-data": true,
  });
});

Deno.test("a text may hold =, spaces, line breaks and a single dash", () => {
  for (const out of ["a=b", "a b", "a\nb", "-", "-x", "../ü"]) {
    assertEquals(given("--out", out), { out });
    assertEquals(given(`--out=${out}`), { out });
  }
});

Deno.test("a text that starts with -- can be given after =", () => {
  assertEquals(given("--out=--x"), { out: "--x" });
});

for (
  const args of [["--help"], ["--seed", "x", "--help"], ["--help", "--bogus"], ["a", "--help"]]
) {
  Deno.test(`--help asks for nothing else: ${args.join(" ")}`, () => {
    assertEquals(given(...args), { help: true });
  });
}

for (const flag of ["--bogus", "--no-fresh", "--Seed", "--see", "--constructor", "--__proto__"]) {
  Deno.test(`${flag} is refused with the flags there are`, () => {
    assertRefused([flag], `Unknown flag ${flag}; ${KNOWN}`);
    assertRefused(["--seed", "1", `${flag}=1`], `Unknown flag ${flag}; ${KNOWN}`);
  });
}

for (const word of ["word", "-h", "-x", "--", "-", "", "--=1"]) {
  Deno.test(`${JSON.stringify(word)} is refused: it is no flag`, () => {
    assertRefused([word], `Unexpected ${JSON.stringify(word)}; ${KNOWN}`);
    assertRefused(["--fresh", word], `Unexpected ${JSON.stringify(word)}; ${KNOWN}`);
    assertRefused(["--out", "x", word], `Unexpected ${JSON.stringify(word)}; ${KNOWN}`);
  });
}

for (const value of ["", "-1", "+1", "1.5", "1e3", "0x10", " 1", "1 ", "NaN", "²", "99999999999"]) {
  Deno.test(`--seed ${JSON.stringify(value)} is refused: a whole number is needed`, () => {
    const why = `--seed must be a whole number from 0 to 2147483647, got ${JSON.stringify(value)}`;
    assertRefused(["--seed", value], why);
    assertRefused([`--seed=${value}`], why);
  });
}

Deno.test("a whole number may be at either end of its range and not past it", () => {
  assertEquals(given("--steps", "1"), { steps: 1 });
  assertEquals(given("--steps", "10"), { steps: 10 });
  assertRefused(["--steps", "0"], '--steps must be a whole number from 1 to 10, got "0"');
  assertRefused(["--steps", "11"], '--steps must be a whole number from 1 to 10, got "11"');
});

Deno.test("a word that is not one of a flag's is refused with those that are", () => {
  for (const value of ["c", "A", "", "a,b"]) {
    assertRefused(["--only", value], `--only must be one of a, b, got ${JSON.stringify(value)}`);
  }
});

Deno.test("an empty text is refused", () => {
  assertRefused(["--out", ""], "--out needs a value");
  assertRefused(["--out="], "--out needs a value");
});

Deno.test("a flag whose value is missing is refused", () => {
  assertRefused(["--seed"], "--seed needs a value");
  assertRefused(["--out", "--fresh"], "--out needs a value");
});

Deno.test("a flag that takes no value is refused with one", () => {
  assertRefused(["--fresh=false"], '--fresh takes no value, got "false"');
  assertRefused(["--fresh="], '--fresh takes no value, got ""');
  assertRefused(["--fresh", "false"], `Unexpected "false"; ${KNOWN}`);
});

Deno.test("a flag that is given twice is refused", () => {
  assertRefused(["--seed", "1", "--seed=2"], "--seed is given more than once");
  assertRefused(["--fresh", "--fresh"], "--fresh is given more than once");
});

Deno.test("a command that takes words is given them, apart from the flags' values", () => {
  const flags = { seed: wholeNumber({ from: 0 }), fresh: true } as const;
  const { words, seed } = parseFlags(["a", "--seed", "1", "b", "--fresh"], flags, { words: true });
  assertEquals([words, seed], [["a", "b"], 1]);
  assertEquals(parseFlags([], flags, { words: true }).words, []);
});

Deno.test("what starts with one dash is no word", () => {
  assertThrows(() => parseFlags(["-x"], {}, { words: true }), UsageError, 'Unexpected "-x"');
});
