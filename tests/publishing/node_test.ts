import { assertEquals } from "@std/assert";
import { join } from "node:path";
import config from "../../deno.json" with { type: "json" };
import { temporaryFolder } from "../support/temporary_folder.ts";
import { testWith } from "../support/test_with.ts";
import { command, deno } from "./command.ts";
import { copyPackage } from "./package_copy.ts";
import { copyPrograms } from "./programs.ts";

/** What the program must print on a backend: w, b and x are fractions, so float32 holds them. */
const printed = (backend: string) =>
  `${backend} 0 4 4 4
${backend} 1 0.66015625 1.421875 1.625
2
0.65478515625 -0.34521484375 0.849609375 -0.17578125
60000
`;

/** The oldest Node that the guide names, and the other one that it is tried on. */
const runs = [["20.16.0", "cpu"], ["22", "wasm"]];

testWith(
  "a Node program imports what deno pack makes, trains on cpu and wasm, saves, and has MNIST",
  {
    needs: ["read", "write", "run"],
    fn: async () => {
      await using copy = await temporaryFolder();
      await copyPackage(copy.path);
      await using user = await temporaryFolder();
      const archive = join(user.path, "connection.tgz");
      await command(deno("pack", "--output", archive), { cwd: copy.path });

      const run = (line: string) => command(line.split(" "), { cwd: user.path });
      await run("npm install --no-audit --no-fund --ignore-scripts connection.tgz");
      await copyPrograms(user.path);
      for (const [version, backend] of runs) {
        const { stdout } = await run(`npx --yes node@${version} node.mjs ${backend}`);
        assertEquals(stdout, printed(backend));
      }
    },
  },
);

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
