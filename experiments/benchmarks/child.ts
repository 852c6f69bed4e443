/**
 * Measuring in a process of its own: one JSON value in, one out.
 *
 * @module
 */

/** A program and its arguments. */
export interface Call {
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
export async function runJson<T>(call: Call, signal?: AbortSignal): Promise<T> {
  const command = new Deno.Command(call.program, {
    args: [...call.args],
    stdin: "null",
    signal,
  });
  const { success, stdout, stderr } = await command.output();
  signal?.throwIfAborted();
  const last = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trimEnd().split("\n").at(-1)!;
  if (!success) throw new Error(last(stderr) || `${call.program} failed without a word`);
  return JSON.parse(last(stdout));
}

/** The call of a module in this folder, which reads {@linkcode ask}'s value and {@linkcode answer}s. */
export function ask(module: string, question: unknown = {}): Call {
  const path = new URL(module, import.meta.url).href;
  // For the processor's name, and for what else it is busy with.
  const flags = ["--no-prompt", "--allow-read", "--allow-sys=cpus,loadavg"];
  return { program: Deno.execPath(), args: ["run", ...flags, path, JSON.stringify(question)] };
}

/** Prints what `work` makes of the question that this process was started with; or the error's text. */
export async function answer<Q>(work: (question: Q) => Promise<unknown>): Promise<never> {
  try {
    console.log(JSON.stringify(await work(JSON.parse(Deno.args[0]))));
    Deno.exit(0);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    Deno.exit(1);
  }
}
