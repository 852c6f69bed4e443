/**
 * The file system of Deno and Node.
 *
 * @module
 */

import { builtin } from "./builtin.ts";

/**
 * The module that reads and writes files.
 *
 * @returns `node:fs/promises`
 * @throws {Error} If there is none, as in a page; the message is the end of a sentence that says what
 * could not be done
 */
export function files(): typeof import("node:fs/promises") {
  const module = builtin("node:fs/promises");
  if (module !== undefined) return module;
  throw new Error("files can be had in Deno and in Node 20.16, 22.3 or later, not in a page");
}
