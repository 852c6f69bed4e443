import { assertEquals } from "@std/assert";
import { join } from "node:path";
import config from "../../deno.json" with { type: "json" };
import { temporaryFolder } from "../support/temporary_folder.ts";
import { testWith } from "../support/test_with.ts";
import { command, deno } from "./command.ts";
import { copyPrograms } from "./programs.ts";

testWith("bundled for a page, the package imports no module of Node", {
  needs: ["read", "write", "run"],
  fn: async () => assertEquals(await importsOfBundle(), []),
});

/** What the bundle of a page imports. */
async function importsOfBundle(): Promise<string[]> {
  await using page = await temporaryFolder();
  await copyPrograms(page.path);
  const root = import.meta.resolve("../../mod.ts");
  const map = { ...config.imports, [config.name]: root };
  await Deno.writeTextFile(join(page.path, "deno.json"), JSON.stringify({ imports: map }));
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
