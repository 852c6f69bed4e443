/**
 * Finding a Python that can run the PyTorch scripts.
 *
 * @module
 */

/** Where Debian's own packages are, whatever `python3` is on the path. */
const USUAL: readonly string[] = ["python3", "/usr/bin/python3"];

/**
 * The first of these programs that can import PyTorch, NumPy and Pillow; or why there is none.
 *
 * @throws {Error} If the one program that is asked for may not be run.
 */
export async function findPython(
  programs: readonly string[] = USUAL,
): Promise<{ readonly program: string } | { readonly absent: string }> {
  for (const program of programs) {
    if (await canImport(program, { asked: programs !== USUAL })) return { program };
  }
  return { absent: `no PyTorch, NumPy and Pillow with ${programs.join(" or ")}` };
}

async function canImport(
  program: string,
  { asked }: { readonly asked: boolean },
): Promise<boolean> {
  try {
    const args = ["-c", "import torch, numpy, PIL.Image"];
    const { success } = await new Deno.Command(program, { args, stderr: "null" }).output();
    return success;
  } catch (cause) {
    if (!asked || !(cause instanceof Deno.errors.NotCapable)) return false; // There is no such program.
    const needed = `it must be ${USUAL.join(" or ")}`;
    throw new Error(
      `Cannot run ${program}: ${needed}; put its folder first on the PATH, where python3 is looked for`,
      { cause },
    );
  }
}
