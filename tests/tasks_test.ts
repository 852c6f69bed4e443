/** The tasks that run tests: WebGPU's run one after another, and all of them. */

import { assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import config from "../deno.json" with { type: "json" };
import { testWith } from "./test_with.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** Whether a file of tests has some of WebGPU: those on every backend, or on one that it names. */
function asks(text: string): boolean {
  const helpers = /\b(available|findAdapter|testOn|testOnWebgpu|testReadingOn)\(/;
  return /\btestEverywhere\(/.test(text) || (/webgpu/i.test(text) && helpers.test(text));
}

const commands = Object.values(config.tasks).map(({ command }) => command);

Deno.test("tests that run in parallel run without WebGPU", () => {
  const parallel = commands.filter((command) => command.includes("--parallel"));
  const without = parallel.filter((command) =>
    command.includes("--preload tests/without_webgpu.ts")
  );
  assertEquals(without, parallel);
  assertNotEquals(parallel, []);
});

/** The files of tests whose text is asked for, and those of them that a command does not load. */
async function testsFor(
  command: string,
  isAskedFor: (text: string) => boolean,
): Promise<{ asked: string[]; left: string[] }> {
  const loaded = command.split(" ").filter((word) => word.startsWith("tests/"));
  const asked: string[] = [];
  const visit = async (folder: string) => {
    for await (const { name, isDirectory } of Deno.readDir(join(ROOT, folder))) {
      const path = `${folder}/${name}`;
      if (isDirectory) await visit(path);
      else if (
        name.endsWith("_test.ts") && isAskedFor(await Deno.readTextFile(join(ROOT, path)))
      ) {
        asked.push(path);
      }
    }
  };
  await visit("tests");
  const left = asked.filter((path) =>
    !loaded.some((place) => path === place || path.startsWith(`${place}/`))
  );
  return { asked, left };
}

testWith("the task webgpu loads every test that asks for an adapter", {
  needs: ["read"],
  fn: async () => {
    const { asked, left } = await testsFor(config.tasks.webgpu.command, asks);
    assertEquals(left, []);
    assertNotEquals(asked, []);
  },
});

testWith(
  "the task generated loads every test of which deno test tries a sample, and all its cases",
  {
    needs: ["read"],
    fn: async () => {
      const { command } = config.tasks.generated;
      const { asked, left } = await testsFor(
        command,
        (text) => /from ".*\/generated\.ts"/.test(text),
      );
      assertEquals(left, []);
      assertNotEquals(asked, []);
      assertStringIncludes(command, " -- --full");
    },
  },
);
