/** The tasks that run tests: WebGPU's run one after another, and all of them. */

import { assertEquals, assertNotEquals } from "@std/assert";
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

testWith("the task webgpu loads every test that asks for an adapter", {
  needs: ["read"],
  fn: async () => {
    const loaded = config.tasks.webgpu.command.split(" ").filter((word) =>
      word.startsWith("tests/")
    );
    const asking: string[] = [];
    const visit = async (folder: string) => {
      for await (const { name, isDirectory } of Deno.readDir(join(ROOT, folder))) {
        const path = `${folder}/${name}`;
        if (isDirectory) await visit(path);
        else if (
          name.endsWith("_test.ts") && asks(await Deno.readTextFile(join(ROOT, path)))
        ) {
          asking.push(path);
        }
      }
    };
    await visit("tests");
    const left = asking.filter((path) =>
      !loaded.some((place) => path === place || path.startsWith(`${place}/`))
    );
    assertEquals(left, []);
    assertNotEquals(asking, []);
  },
});
