/**
 * `deno task live`: the experiment as a page, in a folder of static files or served to this machine.
 *
 * @module
 */

import { join } from "node:path";
import { type Interrupt, runCommand } from "../experiments/commands/command.ts";
import { writeWhole } from "../experiments/runs/files.ts";
import { parseFlags, text, UsageError, wholeNumber } from "../experiments/commands/flags.ts";
import type { Files } from "./build/files.ts";
import { site } from "./build/site.ts";
import { serve, type Served, type ServeOptions } from "./serve.ts";

const HELP = `Builds the page on which the article's network trains in the reader's browser.

Usage: deno task live [flags]

  --port N      serve it at this port of localhost [8000]
  --build DIR   write it as static files into DIR instead, for any web server
  --help        this text`;

const PAGE = "index.html";

const FLAGS = { port: wholeNumber({ from: 0, to: 65_535 }), build: text } as const;

/** Runs the command. */
export async function live(args: readonly string[], { signal }: Interrupt): Promise<number> {
  const { port, build, help } = parseFlags(args, FLAGS);
  if (help) {
    console.log(HELP);
    return 0;
  }
  if (port !== undefined && build !== undefined) {
    throw new UsageError("--port has no meaning with --build, which serves nothing");
  }
  console.error("Building the page");
  const files = await site();
  signal.throwIfAborted();
  if (build !== undefined) {
    await write(files, build);
    console.log(join(build, PAGE));
    return 0;
  }
  const { address, finished } = listen(files, { port: port ?? 8000, signal });
  console.log(address);
  await finished;
  signal.throwIfAborted();
  return 0;
}

function listen(files: Files, options: ServeOptions): Served {
  try {
    return serve(files, options);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AddrInUse)) throw cause;
    const why =
      `Cannot serve at port ${options.port}: something else is there; --port takes another`;
    throw new Error(why, { cause });
  }
}

/** Writes the files, the page itself last: it is whole when it is there. */
async function write(files: Files, folder: string): Promise<void> {
  const inOrder = [...files].sort(([a], [b]) => Number(a === PAGE) - Number(b === PAGE));
  for (const [name, bytes] of inOrder) await writeWhole(join(folder, name), bytes);
}

if (import.meta.main) {
  await runCommand(live, { left: "no page is served" });
}
