/**
 * Measuring in a child process: one JSON value in, one out.
 *
 * @module
 */

/** A program and its arguments. */
export interface ChildCommand {
  /** Name or path of the program. */
  readonly program: string;
  /** Its arguments. */
  readonly args: readonly string[];
}

/**
 * Runs a program to its end and gives the JSON value in the last line of its output.
 *
 * @throws {Error} With the last line of its standard error, if it fails or cannot be started.
 * @throws The signal's reason, once it is aborted.
 */
export async function runJson<T>(
  { program, args }: ChildCommand,
  signal?: AbortSignal,
): Promise<T> {
  const command = new Deno.Command(program, { args: [...args], stdin: "null", signal });
  const { success, stdout, stderr } = await command.output();
  signal?.throwIfAborted();
  const last = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trimEnd().split("\n").at(-1)!;
  if (!success) throw new Error(last(stderr) || `${program} failed without a message`);
  return JSON.parse(last(stdout));
}

/** The command that runs a module of this folder as a worker with these options. */
export function workerCommand(module: string, options: unknown = {}): ChildCommand {
  const path = new URL(module, import.meta.url).href;
  // The processor's name and load stand in the report.
  const flags = ["--no-prompt", "--allow-read", "--allow-sys=cpus,loadavg"];
  return { program: Deno.execPath(), args: ["run", ...flags, path, JSON.stringify(options)] };
}

/**
 * Runs this process as a worker: prints what `work` gives for the options that the process was started
 * with, or the error's message, and exits.
 */
export async function runWorker<Options>(
  work: (options: Options) => Promise<unknown>,
): Promise<never> {
  try {
    console.log(JSON.stringify(await work(JSON.parse(Deno.args[0]))));
    Deno.exit(0);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    Deno.exit(1);
  }
}
