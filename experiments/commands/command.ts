/**
 * The edge of every command: exit statuses and Ctrl-C.
 *
 * @module
 */

import { UsageError } from "./flags.ts";

/** What a command does with its arguments; Ctrl-C aborts the signal. Gives the exit status. */
export type Command = (args: readonly string[], signal: AbortSignal) => Promise<number>;

/**
 * Runs a command and ends the process: with what the command gives, 2 on a mistake in the call, 1 on
 * any other error, 130 on Ctrl-C. Errors are one sentence on standard error.
 */
export async function runCommand(command: Command): Promise<never> {
  const controller = new AbortController();
  Deno.addSignalListener("SIGINT", () => {
    if (controller.signal.aborted) Deno.exit(130); // A second Ctrl-C does not wait.
    controller.abort(new DOMException("Stopped by Ctrl-C", "AbortError"));
  });
  Deno.exit(await statusOf(command, Deno.args, controller.signal));
}

async function statusOf(
  command: Command,
  args: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  try {
    return await command(args, signal);
  } catch (error) {
    if (signal.aborted && error === signal.reason) {
      console.error("Stopped by Ctrl-C; nothing was written");
      return 130;
    }
    console.error(error instanceof Error ? error.message : String(error));
    if (!(error instanceof UsageError)) return 1;
    console.error("--help lists the flags");
    return 2;
  }
}
