/**
 * Command-line flags: what is known, what a value must be, and sentences for what is not.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";

/** A mistake in how a command was called; the command ends with status 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Reads one flag's text; throws a {@linkcode UsageError} if it is not a value of the flag. */
export type Reader<T> = (text: string, flag: string) => T;

type Values<F extends Readonly<Record<string, Reader<unknown> | boolean>>> = {
  readonly [Name in keyof F]?: F[Name] extends Reader<infer T> ? T : boolean;
};

/** Any text that is not empty. */
export const text: Reader<string> = (text, flag) => {
  if (text === "") throw new UsageError(`--${flag} needs a value`);
  return text;
};

/** One of these words. */
export function oneOf<const T extends string>(...words: readonly T[]): Reader<T> {
  return (text, flag) => {
    const word = words.find((word) => word === text);
    if (word === undefined) {
      throw new UsageError(`--${flag} must be one of ${words.join(", ")}, got ${quoted(text)}`);
    }
    return word;
  };
}

/** A whole number in decimal digits, from `from` to `to`. */
export function wholeNumber(
  { from, to = 2 ** 31 - 1 }: { readonly from: number; readonly to?: number },
): Reader<number> {
  return (text, flag) => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (!(value >= from && value <= to)) {
      throw new UsageError(
        `--${flag} must be a whole number from ${from} to ${to}, got ${quoted(text)}`,
      );
    }
    return value;
  };
}

/**
 * The values of the flags given in `args`. A flag declared as `true` has no value; any other has the
 * reader that it is declared with.
 *
 * @throws {UsageError} On an unknown flag, a value that does not fit, or a word that is no flag.
 */
export function parseFlags<const F extends Readonly<Record<string, Reader<unknown> | true>>>(
  args: readonly string[],
  flags: F,
): Values<F> & { readonly help?: boolean } {
  const names = Object.keys(flags);
  const boolean = ["help", ...names.filter((name) => flags[name] === true)];
  const string = names.filter((name) => flags[name] !== true);
  for (const arg of args) checkKnown(arg, { boolean, string });
  const parsed = parseArgs(args, { boolean, string, unknown: refuse });
  const values: Record<string, unknown> = { help: parsed.help };
  for (const name of names) {
    const given = parsed[name];
    const reader = flags[name];
    if (reader === true) values[name] = given;
    else if (given !== undefined) values[name] = reader(String(given), name);
  }
  return values as Values<F> & { readonly help?: boolean };

  function refuse(arg: string): never {
    throw new UsageError(`Unexpected ${quoted(arg)}; ${known([...boolean, ...string])}`);
  }
}

/** `--no-x`, `--x=` on a flag without a value, and the like, which a lenient parser lets through. */
function checkKnown(
  arg: string,
  { boolean, string }: { readonly boolean: readonly string[]; readonly string: readonly string[] },
): void {
  const match = /^--([^=]+)(=?)/.exec(arg);
  if (match === null) return;
  const [, name, equals] = match;
  if (boolean.includes(name) && equals === "=") {
    throw new UsageError(`--${name} takes no value, got ${quoted(arg)}`);
  }
  if (!boolean.includes(name) && !string.includes(name)) {
    throw new UsageError(`Unknown flag --${name}; ${known([...boolean, ...string])}`);
  }
}

function known(names: readonly string[]): string {
  return `the flags are ${names.map((name) => `--${name}`).sort().join(", ")}`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
