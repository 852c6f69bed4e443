/** Makes a named pipe, which nobody writes to. */
export async function makePipe(path: string): Promise<void> {
  const { success } = await new Deno.Command("mkfifo", { args: [path] }).output();
  if (!success) throw new Error(`Cannot make a pipe at ${path}`);
}
