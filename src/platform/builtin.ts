/**
 * The modules of Node, which Deno has too.
 *
 * @module
 */

/** The modules that are used. */
interface Modules {
  readonly "node:crypto": typeof import("node:crypto");
  readonly "node:fs/promises": typeof import("node:fs/promises");
  readonly "node:url": typeof import("node:url");
}

/**
 * A module of Node, without importing it: a page has none, and would try to load it, as would a
 * bundler.
 *
 * @param name The module's name
 * @returns The module, or nothing in a page and in Node before 20.16 and 22.3
 */
export function builtin<Name extends keyof Modules>(name: Name): Modules[Name] | undefined {
  const process: Process | undefined = globalThis.process;
  return process?.getBuiltinModule?.(name);
}

/** What a page lacks, all of it or a part. */
interface Process {
  getBuiltinModule?<Name extends keyof Modules>(name: Name): Modules[Name];
}
