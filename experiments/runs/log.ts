/**
 * Lines on standard error and standard output, either of which may be full or closed. A line may
 * quote what a stranger wrote: characters that would steer the terminal are written as escapes.
 *
 * @module
 */

import { escapeUnseen } from "../../src/validate.ts";

/** Writes news to standard error. A line that cannot be written is lost, and ends nothing. */
export function log(line: string): void {
  try {
    write(Deno.stderr, `${escapeLines(line)}\n`);
  } catch {
    // Standard error is where this failure would be told.
  }
}

/**
 * Writes a line of a result to standard output.
 *
 * @throws {Error} If it cannot be written.
 */
export function print(line: string): void {
  try {
    write(Deno.stdout, `${escapeLines(line)}\n`);
  } catch (cause) {
    throw new Error(`Cannot write to standard output: ${(cause as Error).message}`, { cause });
  }
}

/** Writes to standard error as it is, for a progress display. What cannot be written is lost. */
export function show(text: string): void {
  try {
    write(Deno.stderr, text);
  } catch {
    // The work continues without its display.
  }
}

function escapeLines(text: string): string {
  return text.split("\n").map(escapeUnseen).join("\n");
}

function write(stream: typeof Deno.stdout, text: string): void {
  let rest = new TextEncoder().encode(text);
  while (rest.length > 0) rest = rest.subarray(stream.writeSync(rest));
}
