/** Where and with what a command runs. */
export interface Place {
  /** The folder that it runs in. */
  readonly cwd: string;
  /** Environment variables that are set for it, in addition to those that are set anyway. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What a command wrote. */
export interface Written {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command to its end.
 *
 * @throws {Error} If it fails, with what it wrote.
 */
export async function command(line: readonly string[], { cwd, env }: Place): Promise<Written> {
  const [program, ...args] = line;
  const { success, ...output } = await new Deno.Command(program, {
    args,
    cwd,
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
  }).output();
  const [stdout, stderr] = [output.stdout, output.stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  if (!success) throw new Error(`${line.join(" ")} failed:\n${stdout}${stderr}`);
  return { stdout, stderr };
}

/** The command line of this Deno, with arguments. */
export function deno(...args: string[]): string[] {
  return [Deno.execPath(), ...args];
}
