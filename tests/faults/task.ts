/**
 * Tasks as processes: the command lines of deno.json, with arguments.
 *
 * @module
 */

import { withFolder } from "../support/temporary_folder.ts";
import { smallFiles } from "../support/small_data.ts";
import { testWith } from "../support/test_with.ts";
import config from "../../deno.json" with { type: "json" };

/** A task that runs a command. */
export type Task =
  | "figures"
  | "experiments"
  | "verify"
  | "claims"
  | "parity"
  | "export"
  | "live"
  | "bench";

/** Where and how a task runs. */
export interface TaskOptions {
  /** The folder with deno.json, as `deno task` has it. */
  readonly cwd: string;
  /** Environment variables in place of the tests' own. @default the tests' own */
  readonly env?: Readonly<Record<string, string>>;
  /** Runs in place of the command script, under the same flags. */
  readonly script?: string;
  /** A shell script that runs the task as `"$@"`. @default The task alone */
  readonly shell?: string;
}

/** What a task gave and wrote. */
export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** How a task names the Deno that runs it, which the shell of `deno task` replaces. */
const THIS_DENO = `"$(deno eval 'console.log(Deno.execPath())')"`;

/** The words of a task's command line, from `deno` on: before it, `bench` unsets a variable. */
function wordsOf(task: Task): string[] {
  const words = config.tasks[task].command.replace(THIS_DENO, Deno.execPath()).split(" ");
  return words.slice(words.indexOf("deno"));
}

/** The flags that a task gives to `deno run`. */
export function flagsOf(task: Task): string[] {
  return wordsOf(task).slice(2, -1);
}

/** Starts a task. */
export function startTask(
  task: Task,
  args: readonly string[],
  { cwd, env, script, shell }: TaskOptions,
): Deno.ChildProcess {
  const [, ...command] = wordsOf(task); // After `deno`.
  const line = [Deno.execPath(), ...command.with(-1, script ?? command.at(-1)!), ...args];
  const [program, ...rest] = shell === undefined ? line : ["bash", "-c", shell, "bash", ...line];
  return new Deno.Command(program, {
    args: rest,
    cwd,
    env: { NO_COLOR: "1", ...env },
    clearEnv: env !== undefined,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs a task to its end. */
export async function runTask(
  task: Task,
  args: readonly string[],
  options: TaskOptions,
): Promise<Ran> {
  return await ended(startTask(task, args, options));
}

/** What a task that was started gives and writes by its end. */
export async function ended(child: Deno.ChildProcess): Promise<Ran> {
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { status: code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

/** Registers a test that runs tasks, with a folder that holds made-up data in `data`. */
export function testTask(name: string, fn: (folder: string) => Promise<void>): void {
  testWith(name, {
    needs: ["read", "write", "run"],
    fn: () =>
      withFolder({}, async (folder) => {
        await Deno.mkdir(`${folder}/data`);
        for (const [name, bytes] of Object.entries(smallFiles())) {
          await Deno.writeFile(`${folder}/data/${name}`, bytes);
        }
        await fn(folder);
      }),
  });
}
