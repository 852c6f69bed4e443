/**
 * In what a stand-in behaves unlike the module that it stands in for.
 *
 * @module
 */

/** A module's exports by name. */
export type Exports = Readonly<Record<string, unknown>>;

/** A function's name and the arguments of a call. */
export type Call = readonly [name: string, ...args: unknown[]];

/**
 * Makes each call on both modules. What is returned must be equal, and so must the class of what is
 * thrown; the words of errors may differ.
 *
 * @returns A sentence for each difference
 */
export async function differences(
  standIn: Exports,
  original: Exports,
  calls: readonly Call[],
): Promise<string[]> {
  const found: string[] = [];
  for (const [name, ...args] of calls) {
    const call = `${name}(${args.map((arg) => Deno.inspect(arg)).join(", ")})`;
    const [here, there] = [await outcome(standIn[name], args), await outcome(original[name], args)];
    if (here !== there) found.push(`${call} ${here} here, and ${there} in JSR's`);
  }
  return found;
}

/** The names that one module exports and another doesn't. */
export function onlyIn(one: Exports, other: Exports): string[] {
  return Object.keys(one).filter((name) => !Object.hasOwn(other, name)).sort();
}

async function outcome(called: unknown, args: readonly unknown[]): Promise<string> {
  if (typeof called !== "function") return "is missing";
  try {
    const given = await called(...args);
    // An error's stack says where it was made, which is another file there.
    if (given instanceof Error) return `gives ${given.name}: ${given.message}`;
    return `gives ${Deno.inspect(given, { depth: 10, sorted: true })}`;
  } catch (error) {
    return `throws ${(error as Error).name}`;
  }
}
