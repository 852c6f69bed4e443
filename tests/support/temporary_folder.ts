/** Folders that are there while a test needs them. */

/** Makes an empty folder, which is removed when it is disposed of. */
export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  // Its real path: the system's folder for such may be a link, which Deno tells from what it names.
  const path = await Deno.realPath(await Deno.makeTempDir());
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

/** A folder with some files that is there while `use` runs. */
export async function withFolder(
  files: Readonly<Record<string, Uint8Array>>,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  await using folder = await temporaryFolder();
  for (const [name, bytes] of Object.entries(files)) {
    await Deno.writeFile(`${folder.path}/${name}`, bytes);
  }
  await use(folder.path);
}
