/**
 * Command-line flags: their names, the values that they take, and an error for everything else.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";
import { formatValue, visible } from "../../src/validate.ts";

/** A mistake in how a command was called; the command ends with status 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Reads one flag's text; throws a {@linkcode UsageError} if it is not a value of the flag. */
export type Reader<T> = (text: string, flag: string) => T;

type Values<F extends Readonly<Record<string, Reader<unknown> | boolean>>> = {
  readonly [Name in keyof F]?: F[Name] extends Reader<infer T> ? T : boolean;
};

/** A flag whose value is any text that is not empty. */
export const text: Reader<string> = (text, flag) => {
  if (text === "") throw new UsageError(`--${flag} needs a value`);
  return text;
};

/** A flag whose value is one of these words. */
export function oneOf<const T extends string>(...words: readonly T[]): Reader<T> {
  return (text, flag) => {
    const word = words.find((word) => word === text);
    if (word === undefined) {
      throw new UsageError(
        `--${flag} must be one of ${words.join(", ")}, got ${formatValue(text)}`,
      );
    }
    return word;
  };
}

/** A flag whose value is a whole number in decimal digits, from `from` to `to`. */
export function wholeNumber(
  { from, to = 2 ** 31 - 1 }: { readonly from: number; readonly to?: number },
): Reader<number> {
  return (text, flag) => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (!(value >= from && value <= to)) {
      throw new UsageError(
        `--${flag} must be a whole number from ${from} to ${to}, got ${formatValue(text)}`,
      );
    }
    return value;
  };
}

type Declared = Readonly<Record<string, Reader<unknown> | true>>;

/** What a command takes in addition to its flags. */
export interface ParseOptions {
  /** Whether it takes words that are no flags, such as names. @default false */
  readonly words?: boolean;
}

/**
 * The values of the flags given in `args`, as `--flag value` or `--flag=value`, and the words among
 * them if it takes any. A flag declared as `true` has no value; any other is read by the reader that it
 * is declared with.
 * With `--help` among them, nothing else is read.
 *
 * @throws {UsageError} On an unknown flag, a value that does not fit, a flag that is given twice, or
 * a word that is no flag where there must be none.
 */
export function parseFlags<const F extends Declared>(
  args: readonly string[],
  flags: F,
  { words: takesWords = false }: ParseOptions = {},
): Values<F> & { readonly help?: boolean; readonly words?: readonly string[] } {
  if (args.includes("--help")) return { help: true } as Values<F> & { help: true };
  const names = Object.keys(flags);
  const { given: texts, words } = separate(args, flags);
  if (words.length > 0 && !takesWords) {
    throw new UsageError(`Unexpected ${formatValue(words[0])}; the flags are ${known(flags)}`);
  }
  const parsed = parseArgs(texts, {
    boolean: names.filter((name) => flags[name] === true),
    string: names.filter((name) => flags[name] !== true),
  });
  const given = Object.entries(flags).filter(([name]) => parsed[name] !== undefined);
  const values = given.map(([name, reader]) => [
    name,
    reader === true ? parsed[name] : reader(String(parsed[name]), name),
  ]);
  return { ...Object.fromEntries(values), ...takesWords && { words } };
}

/**
 * Checks the flags and joins each one's value to it, `--seed 1` to `--seed=1`; and gives the words that
 * are no flags. The parser of the standard library is lenient: it would accept stray words, read
 * `--fresh false` as a flag with a value, and the value of `--seed -1` as a flag.
 */
function separate(
  args: readonly string[],
  flags: Declared,
): { readonly given: string[]; readonly words: string[] } {
  const given = new Map<string, string>();
  const words: string[] = [];
  for (const rest = [...args]; rest.length > 0;) {
    const arg = rest.shift()!;
    const [name, value] = splitFlag(arg, flags);
    if (name === undefined) {
      words.push(arg);
      continue;
    }
    if (given.has(name)) throw new UsageError(`--${name} is given more than once`);
    if (flags[name] === true && value !== undefined) {
      throw new UsageError(`--${name} takes no value, got ${formatValue(value)}`);
    }
    const separate = flags[name] !== true && value === undefined;
    given.set(name, separate ? `${arg}=${valueOf(name, rest.shift())}` : arg);
  }
  return { given: [...given.values()], words };
}

/** The name of a flag, and its value if that is in the same argument; nothing for a word. */
function splitFlag(
  arg: string,
  flags: Declared,
): [name: string | undefined, value: string | undefined] {
  const match = /^--([^=]+)(?:=(.*))?$/s.exec(arg);
  if (match === null) {
    if (!arg.startsWith("-")) return [undefined, undefined];
    throw new UsageError(`Unexpected ${formatValue(arg)}; the flags are ${known(flags)}`);
  }
  const [, name, value] = match;
  if (!Object.hasOwn(flags, name)) {
    throw new UsageError(`Unknown flag --${visible(name)}; the flags are ${known(flags)}`);
  }
  return [name, value];
}

function known(flags: Declared): string {
  return Object.keys({ ...flags, help: true }).map((name) => `--${name}`).sort().join(", ");
}

function valueOf(name: string, next: string | undefined): string {
  if (next === undefined || next.startsWith("--")) {
    throw new UsageError(`--${name} needs a value`);
  }
  return next;
}
