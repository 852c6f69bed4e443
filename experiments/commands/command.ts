/**
 * Starting and ending a command: exit statuses and Ctrl-C.
 *
 * @module
 */

import { escapeUnseen } from "../../src/validate.ts";
import { log } from "../runs/log.ts";
import { UsageError } from "./flags.ts";

/** How Ctrl-C reaches a command. */
export interface Interrupt {
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Leaves Ctrl-C to the system, which ends the process at once, during work that never pauses. */
  blocking<T>(work: () => Promise<T>): Promise<T>;
}

/** What a command does with its arguments. Gives the exit status. */
export type Command = (args: readonly string[], interrupt: Interrupt) => Promise<number>;

/** How a command ends. */
export interface CommandOptions {
  /** What remains when Ctrl-C has stopped it. @default "nothing was written" */
  readonly left?: string;
}

/**
 * Runs a command and ends the process: with what the command gives, 2 on a mistake in the call, 1 on
 * any other error, 130 on Ctrl-C. Errors are one sentence on standard error, in which nothing steers
 * the terminal: paths and what files say may be a stranger's.
 */
export async function runCommand(
  command: Command,
  { left = "nothing was written" }: CommandOptions = {},
): Promise<never> {
  const controller = new AbortController();
  const abort = () => {
    if (controller.signal.aborted) Deno.exit(130); // A second Ctrl-C does not wait.
    controller.abort(new DOMException("Stopped by Ctrl-C", "AbortError"));
  };
  Deno.addSignalListener("SIGINT", abort);
  const interrupt: Interrupt = {
    signal: controller.signal,
    blocking: async (work) => {
      Deno.removeSignalListener("SIGINT", abort);
      try {
        return await work();
      } finally {
        Deno.addSignalListener("SIGINT", abort);
      }
    },
  };
  Deno.exit(
    await statusOf(() => command(Deno.args, interrupt), { signal: interrupt.signal, left }),
  );
}

async function statusOf(
  command: () => Promise<number>,
  { signal, left }: { readonly signal: AbortSignal; readonly left: string },
): Promise<number> {
  try {
    const status = await command();
    await turn();
    if (!signal.aborted) return status;
    log("Ctrl-C came too late to stop it: it is done");
    return 130;
  } catch (error) {
    if (signal.aborted && error === signal.reason) {
      log(`Stopped by Ctrl-C; ${left}`);
      return 130;
    }
    log(escapeUnseen(error instanceof Error ? error.message : String(error)));
    if (!(error instanceof UsageError)) return 1;
    log("--help lists the flags");
    return 2;
  }
}

/** Lets the event loop turn, which delivers a Ctrl-C that came meanwhile. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
