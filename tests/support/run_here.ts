/** Running a command within the test, so that it needs no permission to run programs. */

import { cachePath } from "../../experiments/runs/cache.ts";
import type { Command } from "../../experiments/commands/command.ts";
import { parseRecord, type RunRecord } from "../../src/record/record.ts";
import { withFolder } from "./temporary_folder.ts";
import { testWith } from "./test_with.ts";

/** What a command gave and wrote. */
export interface Ran {
  /** The exit status. */
  readonly status: number;
  /** Standard output. */
  readonly out: string;
  /** Standard error. */
  readonly err: string;
}

/** Runs a command; throws what it throws. */
export async function runHere(
  command: Command,
  args: readonly string[],
  { signal = new AbortController().signal }: { readonly signal?: AbortSignal } = {},
): Promise<Ran> {
  const [out, err]: string[][] = [[], []];
  const { log, error } = console;
  const [toOut, toErr] = [Deno.stdout.writeSync, Deno.stderr.writeSync];
  console.log = (text = "") => out.push(`${text}\n`);
  console.error = (text) => err.push(`${text}\n`);
  const capture = (lines: string[]) => (bytes: Uint8Array) => {
    lines.push(new TextDecoder().decode(bytes));
    return bytes.length;
  };
  Deno.stdout.writeSync = capture(out);
  Deno.stderr.writeSync = capture(err);
  try {
    const status = await command(args, { signal, blocking: (work) => work() });
    return { status, out: out.join(""), err: err.join("") };
  } finally {
    Object.assign(console, { log, error });
    Deno.stdout.writeSync = toOut;
    Deno.stderr.writeSync = toErr;
  }
}

/** Registers a test with a folder of its own, which holds some files. */
export function testInFolder(
  name: string,
  files: Readonly<Record<string, Uint8Array>>,
  fn: (folder: string) => Promise<void>,
): void {
  testWith(name, { needs: ["read", "write"], fn: () => withFolder(files, fn) });
}

/** The names in a folder, sorted; none if there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();
  } catch {
    return [];
  }
}

/** The record that the command wrote. */
export async function recordIn(folder: string): Promise<RunRecord> {
  return await parseRecord(await Deno.readTextFile(`${folder}/residual-experiment.json`));
}

/** Removes the run whose record is in this folder from those kept on this machine. */
export async function forget(folder: string): Promise<void> {
  await Deno.remove(await cachePath(await recordIn(folder))).catch(() => {}); // Forgotten before.
}
