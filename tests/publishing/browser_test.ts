import { assertEquals } from "@std/assert";
import { join } from "node:path";
import config from "../../deno.json" with { type: "json" };
import { testWith } from "../test_with.ts";
import { command, deno } from "./command.ts";
import { copyPrograms } from "./programs.ts";
import { temporaryFolder } from "./temporary_folder.ts";

testWith("bundled for a page as the guide says, the package imports no module of Node", {
  needs: ["read", "write", "run"],
  fn: async () => {
    const guide = await Deno.readTextFile(new URL("../../docs/guide.md", import.meta.url));
    const [map] = guide.match(/(?<=```json\n).+?(?=```)/s)!;
    const emptyModule = guide.match(/(?<=```ts\n).+?(?=```)/gs)!.at(-1)!;
    const { imports } = JSON.parse(map) as { imports: Record<string, string> };
    const ofNode = Object.entries(imports).filter(([name]) => name.startsWith("node:"));
    const found = await importsOfBundle({ imports: Object.fromEntries(ofNode), emptyModule });
    assertEquals(found, []);
  },
});

testWith("bundled as it is, the package imports from Node what reads MNIST's files, nothing else", {
  needs: ["read", "write", "run"],
  fn: async () => assertEquals(await importsOfBundle(), ["node:fs/promises", "node:url"]),
});

/** What a page has besides its program. */
interface Replacements {
  /** Entries of its import map. */
  readonly imports: Readonly<Record<string, string>>;
  /** The text of `no_files.ts`. */
  readonly emptyModule: string;
}

/** What the bundle of a page imports. */
async function importsOfBundle(replaced?: Replacements): Promise<string[]> {
  await using page = await temporaryFolder();
  await copyPrograms(page.path);
  const root = import.meta.resolve("../../mod.ts");
  const map = { ...config.imports, [config.name]: root, ...replaced?.imports };
  await Deno.writeTextFile(join(page.path, "deno.json"), JSON.stringify({ imports: map }));
  await Deno.writeTextFile(join(page.path, "no_files.ts"), replaced?.emptyModule ?? "");
  const run = (...args: string[]) => command(deno(...args), { cwd: page.path });
  await run("bundle", "--platform", "browser", "--output", "bundle.js", "page.ts");
  const { stdout } = await run("info", "--json", "bundle.js");
  const { modules } = JSON.parse(stdout) as Info;
  return modules.flatMap(({ dependencies = [] }) => dependencies.map((of) => of.specifier)).sort();
}

/** The part that is read of what `deno info --json` prints. */
interface Info {
  readonly modules: readonly {
    readonly dependencies?: readonly { readonly specifier: string }[];
  }[];
}
