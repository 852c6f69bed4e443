/** A checkout has the same bytes on every system. */

import { assertEquals } from "@std/assert";
import { withFolder } from "./support/temporary_folder.ts";
import { testWith } from "./support/test_with.ts";

const read = (path: string) => Deno.readFile(new URL(`../${path}`, import.meta.url));

testWith("text has the line ends of the repository where git is told to write those of Windows", {
  needs: ["read", "write", "run"],
  fn: async () => {
    const files = {
      ".gitattributes": await read(".gitattributes"),
      "curves.csv": await read("experiments/claims/published-curves.csv"),
      "record.json": await read("experiments/records/article/residual/seed-0.json"),
      "figure.svg": await read("figures/out/residual-experiment.svg"),
      "module.ts": await read("mod.ts"),
      "trace.f32": new TextEncoder().encode("1\n2\r\n3\n"),
    };
    await withFolder(files, async (folder) => {
      const git = async (...args: string[]) => {
        const flags = ["-c", "core.autocrlf=true", "-c", "core.safecrlf=false", "-C", folder];
        const { success, stderr } = await new Deno.Command("git", { args: [...flags, ...args] })
          .output();
        assertEquals(success, true, new TextDecoder().decode(stderr));
      };
      await git("init", "--quiet");
      await git("add", ".");
      for (const name of Object.keys(files)) await Deno.remove(`${folder}/${name}`);
      await git("checkout-index", "--all");
      for (const [name, bytes] of Object.entries(files)) {
        assertEquals(await Deno.readFile(`${folder}/${name}`), bytes, name);
      }
    });
  },
});
