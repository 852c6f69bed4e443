/** Every file below a folder: its path from there, and its text. None if there is no such folder. */
export async function contentsOf(folder: string): Promise<Record<string, string>> {
  const contents: Record<string, string> = {};
  const visit = async (path: string) => {
    for (const { name, isDirectory } of await entriesOf(`${folder}${path}`)) {
      if (isDirectory) await visit(`${path}/${name}`);
      else {contents[`${path}/${name}`.slice(1)] = await Deno.readTextFile(
          `${folder}${path}/${name}`,
        );}
    }
  };
  await visit("");
  return contents;
}

async function entriesOf(folder: string): Promise<Deno.DirEntry[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder))).sort((a, b) => a.name < b.name ? -1 : 1);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
