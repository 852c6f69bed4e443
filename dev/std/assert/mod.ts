/**
 * Stand-in for `jsr:@std/assert` where only npm can be reached: the same functions, from the npm
 * packaging of the Deno standard library, with the types of those that this project uses.
 *
 * @module
 */

// @ts-types="./types.d.ts"
export * from "npm:deno-std@1.4.0/assert/mod.js";
