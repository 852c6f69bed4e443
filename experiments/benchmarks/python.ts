/**
 * A Python that has what the PyTorch script needs.
 *
 * @module
 */

/** Where Debian's own packages are, whatever `python3` is on the path. */
const USUAL: readonly string[] = ["python3", "/usr/bin/python3"];

/** The first of these programs that can import PyTorch, NumPy and Pillow; or why there is none. */
export async function findPython(
  programs: readonly string[] = USUAL,
): Promise<{ readonly program: string } | { readonly absent: string }> {
  for (const program of programs) {
    if (await canImport(program)) return { program };
  }
  return { absent: `no PyTorch, NumPy and Pillow with ${programs.join(" or ")}` };
}

async function canImport(program: string): Promise<boolean> {
  try {
    const args = ["-c", "import torch, numpy, PIL.Image"];
    const { success } = await new Deno.Command(program, { args, stderr: "null" }).output();
    return success;
  } catch {
    return false; // There is no such program.
  }
}
