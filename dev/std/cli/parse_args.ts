/**
 * Stand-in for `jsr:@std/cli/parse-args` where only npm can be reached: the same function, from the
 * npm packaging of the Deno standard library, with the types of what this project uses.
 *
 * @module
 */

// @ts-types="./types.d.ts"
export { parseArgs } from "npm:deno-std@1.4.0/cli/parse_args.js";
