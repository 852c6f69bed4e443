import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import config from "../../deno.json" with { type: "json" };
import { temporaryFolder } from "../support/temporary_folder.ts";
import { testWith } from "../support/test_with.ts";
import { command, deno, type Written } from "./command.ts";
import { type LocalRegistry, localRegistry } from "./local_registry.ts";
import { copyPackage } from "./package_copy.ts";
import { copyPrograms } from "./programs.ts";

const TOKEN = "a-token";

/** How each of the users' programs is run, and what it must print. */
const programs: Readonly<Record<string, string>> = {
  "layer.ts": "3 3 3 3\n",
  "loss.ts": "2 2 4 6 8\n",
  "trainer.ts": "cpu 20 2.000\n",
  "--allow-read trainer.ts wasm": "wasm 20 2.000\n",
  "--allow-read data.ts": "60000 5\n",
  "record.ts": "7 2 1\n",
  "export.ts": "step,loss 0,2 1,1 PAR1 tfevents\n",
  "figure.ts": "Loss and gradient norms during training true\n",
};

/** The files of the programs. */
const FILES = new Set(Object.keys(programs).map((line) => line.match(/\S+\.ts/)![0]));

let published: Promise<LocalRegistry> | undefined;

/** A registry to which the package was published, for the tests of this file. */
function registryWithPackage(): Promise<LocalRegistry> {
  return published ??= (async () => {
    const registry = await localRegistry(TOKEN);
    await publish({ registry, token: TOKEN });
    return registry;
  })();
}

Deno.test.afterAll(async () => {
  await (await published)?.[Symbol.asyncDispose]();
});

testWith("the package can be published, added to an empty folder and used with an empty cache", {
  needs: ["read", "write", "run"],
  fn: async () => {
    const registry = await registryWithPackage();
    await using folder = await temporaryFolder();
    await using cache = await temporaryFolder();
    const env = { JSR_URL: registry.url, DENO_DIR: cache.path };
    const run = (...args: string[]) => command(deno(...args), { cwd: folder.path, env });
    await run("add", `jsr:${config.name}`, config.imports["@tensorflow/tfjs"]);
    for (const entry of Object.keys(config.exports)) {
      await run("eval", `import "${join(config.name, entry)}";`);
    }
    await copyPrograms(folder.path);
    await run("check", ...FILES);
    const printed: Record<string, string> = {};
    for (const line of Object.keys(programs)) {
      const { stdout } = await run("run", "--no-prompt", ...line.split(" "));
      printed[line] = stdout;
    }
    assertEquals(printed, programs);
  },
});

testWith("publishing the same version again leaves the published one as it is", {
  needs: ["read", "write", "run"],
  fn: async () => {
    const registry = await registryWithPackage();
    const { stderr } = await publish({ registry, token: TOKEN });
    assertStringIncludes(stderr, "already published");
  },
});

testWith("publishing is refused with a token that is not the registry's", {
  needs: ["read", "write", "run"],
  fn: async () => {
    await using registry = await localRegistry(TOKEN);
    // The types were checked for the registry above.
    const refused = () => publish({ registry, token: "another" }, "--no-check");
    await assertRejects(refused, Error, "unauthorized");
  },
});

/** Publishes a copy of the package, and gives what `deno publish` said. */
async function publish(
  to: { registry: LocalRegistry; token: string },
  ...flags: string[]
): Promise<Written> {
  await using copy = await temporaryFolder();
  await copyPackage(copy.path);
  // Provenance is attested to a service on the internet, which only a release may ask.
  const line = deno("publish", "--no-provenance", "--token", to.token, ...flags);
  return await command(line, { cwd: copy.path, env: { JSR_URL: to.registry.url } });
}
