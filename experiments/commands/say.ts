/**
 * Lines on standard error and standard output, where these may be full or closed. What a line quotes
 * may be a stranger's: characters that would steer a terminal are written as escapes.
 *
 * @module
 */

import { escapeUnseen } from "../../src/validate.ts";

/** Writes news to standard error; what cannot be written is lost, and ends nothing. */
export function say(line: string): void {
  try {
    write(Deno.stderr, `${seen(line)}\n`);
  } catch {
    // There is nowhere to tell of it.
  }
}

/**
 * Writes a line of a result to standard output.
 *
 * @throws {Error} If it cannot be written.
 */
export function print(line: string): void {
  try {
    write(Deno.stdout, `${seen(line)}\n`);
  } catch (cause) {
    throw new Error(`Cannot write to standard output: ${(cause as Error).message}`, { cause });
  }
}

/** Writes to standard error as it is, such as a progress display; what cannot be written is lost. */
export function show(text: string): void {
  try {
    write(Deno.stderr, text);
  } catch {
    // The work goes on without it.
  }
}

/** A text of one line or more, with nothing in it that is not seen. */
function seen(text: string): string {
  return text.split("\n").map(escapeUnseen).join("\n");
}

function write(stream: typeof Deno.stdout, text: string): void {
  let rest = new TextEncoder().encode(text);
  while (rest.length > 0) rest = rest.subarray(stream.writeSync(rest));
}
