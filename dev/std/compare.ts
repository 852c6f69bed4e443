/**
 * `deno task std`: compares the stand-ins beside this file with JSR's own packages, for a person
 * where JSR can be reached.
 *
 * @module
 */

import { runCommand } from "../../experiments/commands/command.ts";
import { parseFlags, text } from "../../experiments/commands/flags.ts";
import * as assertions from "./assert/mod.ts";
import * as cli from "./cli/parse_args.ts";
import { type Call, differences, type Exports, onlyIn } from "./differences.ts";
import { fetchPackage } from "./package.ts";

const HELP = `Compares the stand-ins for JSR's @std/assert and @std/cli with JSR's own.

Usage: deno task std [flags]

  --registry URL  the registry [https://jsr.io/]
  --help          this text

Fetches the newest version 1 of each, checks its modules against JSR's checksums and prints them,
says what only one of the two exports, and makes the same calls here and there. Ends with 1 if any
differs, or if JSR cannot be reached. Another registry needs --allow-net and --allow-import of it.`;

const rejecting = () => Promise.reject(new RangeError("too far"));
const throwing = () => {
  throw new RangeError("too far");
};

/** Calls of every function that the stand-in for `@std/assert` declares, passing and failing. */
export const ASSERTIONS: readonly Call[] = [
  ["assert", true],
  ["assert", 0],
  ["assertEquals", { a: [1, NaN], b: new Map([[1, "x"]]) }, {
    b: new Map([[1, "x"]]),
    a: [1, NaN],
  }],
  ["assertEquals", [0], [-0]],
  ["assertEquals", new Float32Array([1]), new Float64Array([1])],
  ["assertEquals", { a: undefined }, {}],
  ["assertNotEquals", 1, 2],
  ["assertNotEquals", [1], [1]],
  ["assertStrictEquals", NaN, NaN],
  ["assertStrictEquals", [], []],
  ["assertAlmostEquals", 0.1 + 0.2, 0.3],
  ["assertAlmostEquals", 1, 1.1],
  ["assertAlmostEquals", 1, 1.1, 0.2],
  ["assertAlmostEquals", NaN, 1],
  ["assertGreater", 2, 1],
  ["assertGreater", 1, 1],
  ["assertGreaterOrEqual", 1, 1],
  ["assertGreaterOrEqual", NaN, 1],
  ["assertLess", 1, 2],
  ["assertLess", 1, 1],
  ["assertLessOrEqual", 1, 1],
  ["assertLessOrEqual", 2, 1],
  ["assertStringIncludes", "abc", "b"],
  ["assertStringIncludes", "abc", "d"],
  ["assertMatch", "abc", /b/],
  ["assertMatch", "abc", /d/],
  ["assertNotMatch", "abc", /d/],
  ["assertNotMatch", "abc", /b/],
  ["assertExists", 0],
  ["assertExists", null],
  ["assertInstanceOf", new RangeError(), Error],
  ["assertInstanceOf", {}, Error],
  ["assertThrows", throwing, RangeError, "far"],
  ["assertThrows", throwing, TypeError],
  ["assertThrows", throwing, RangeError, "near"],
  ["assertThrows", () => {}],
  ["assertRejects", rejecting, RangeError, "far"],
  ["assertRejects", rejecting, TypeError],
  ["assertRejects", rejecting, RangeError, "near"],
  ["assertRejects", () => Promise.resolve()],
];

/** Command lines of each kind that the flags here are read from. */
export const COMMAND_LINES: readonly Call[] = [
  ["parseArgs", []],
  ["parseArgs", ["--a", "1", "--no-b", "-c", "d", "--", "e"]],
  ["parseArgs", ["--seed=007", "x", "--seed", "8"], { string: ["seed"], collect: ["seed"] }],
  ["parseArgs", ["--quick", "word", "-h"], { boolean: ["quick", "help"], alias: { h: "help" } }],
  ["parseArgs", ["--bogus", "word"], { boolean: ["help"], unknown: () => false }],
];

const PACKAGES: readonly {
  readonly name: string;
  readonly exported: string;
  readonly standIn: Exports;
  readonly calls: readonly Call[];
}[] = [
  { name: "@std/assert", exported: ".", standIn: assertions, calls: ASSERTIONS },
  { name: "@std/cli", exported: "./parse-args", standIn: cli, calls: COMMAND_LINES },
];

/** Runs the command. */
export async function compare(args: readonly string[]): Promise<number> {
  const { registry = "https://jsr.io/", help } = parseFlags(args, { registry: text });
  if (help) {
    console.log(HELP);
    return 0;
  }
  let differ = 0;
  for (const { name, exported, standIn, calls } of PACKAGES) {
    const { version, module, checksums } = await fetchPackage(name, { registry, exported });
    for (const [path, checksum] of checksums) console.log(`${checksum}  ${name}@${version}${path}`);
    const original: Exports = await import(module);
    console.log(`${name}: only here: ${onlyIn(standIn, original).join(", ") || "nothing"}`);
    console.log(`${name}: only in JSR's: ${onlyIn(original, standIn).join(", ") || "nothing"}`);
    const found = await differences(standIn, original, calls);
    for (const each of found) console.log(`${name}: ${each}`);
    console.log(`${name}@${version}: ${calls.length} calls, ${found.length} that differ`);
    differ += found.length;
  }
  return differ === 0 ? 0 : 1;
}

if (import.meta.main) await runCommand(compare);
