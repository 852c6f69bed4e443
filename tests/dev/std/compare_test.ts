import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import * as assertions from "../../../dev/std/assert/mod.ts";
import { ASSERTIONS, COMMAND_LINES } from "../../../dev/std/compare.ts";
import * as cli from "../../../dev/std/cli/parse_args.ts";
import { differences } from "../../../dev/std/differences.ts";
import { newest } from "../../../dev/std/package.ts";
import { fileURLToPath } from "node:url";
import { testWith } from "../../support/test_with.ts";

const read = (path: string) => Deno.readTextFile(new URL(`../../../${path}`, import.meta.url));

Deno.test("a module does not differ from itself", async () => {
  assertEquals(await differences(assertions, assertions, ASSERTIONS), []);
  assertEquals(await differences(cli, cli, COMMAND_LINES), []);
});

Deno.test("a function that gives or throws something else, or is missing, differs", async () => {
  const original = { ...assertions, assertMatch: () => {}, assertLess: undefined };
  const found = await differences(assertions, original, [
    ["assertMatch", "abc", /d/],
    ["assertLess", 1, 2],
    ["assertGreater", 2, 1],
  ]);
  assertEquals(found, [
    'assertMatch("abc", /d/) throws AssertionError here, and gives undefined in JSR\'s',
    "assertLess(1, 2) gives undefined here, and is missing in JSR's",
  ]);
});

Deno.test("the newest version 1 is taken, and none that is unfinished", () => {
  assertEquals(newest(["1.0.9", "1.0.10", "1.1.0-rc.1", "2.0.0", "0.9.0"]), "1.0.10");
  assertEquals(newest(["2.0.0"]), undefined);
});

testWith("every function that the stand-ins declare is called in the comparison", {
  needs: ["read"],
  fn: async () => {
    for (
      const [path, calls] of [["assert", ASSERTIONS], ["cli", COMMAND_LINES]] as const
    ) {
      const types = await read(`dev/std/${path}/types.d.ts`);
      const declared = [...types.matchAll(/^export function (\w+)/gm)].map(([, name]) => name);
      const called = new Set(calls.map(([name]) => name));
      assertEquals([...called].sort(), [...new Set(declared)].sort());
    }
  },
});

testWith("where JSR cannot be reached the comparison ends with a sentence and 1", {
  needs: ["read", "run"],
  fn: async () => {
    const { code, stdout, stderr } = await compareAt("http://127.0.0.1:1/");
    assertEquals([code, stdout], [1, ""]);
    assertEquals(
      stderr,
      "Cannot reach JSR at http://127.0.0.1:1: compare where it can be reached; " +
        "the tests run without it\n",
    );
  },
});

for (const sound of [true, false]) {
  const what = sound ? "is compared, and its checksums are printed" : "that was changed is refused";
  testWith(`a package ${what}`, {
    needs: ["read", "run"],
    fn: async () => {
      const program = fileURLToPath(new URL("programs/serve_std.ts", import.meta.url));
      const server = new Deno.Command(Deno.execPath(), {
        args: ["run", "--no-prompt", "--allow-net=127.0.0.1", "--allow-read", program, `${sound}`],
        stdin: "null",
        stdout: "piped",
      }).spawn();
      const lines = server.stdout.pipeThrough(new TextDecoderStream()).getReader();
      try {
        const { value } = await lines.read();
        const { code, stdout, stderr } = await compareAt(value!.trim());
        assertEquals(code, 1);
        if (sound) {
          assertMatch(stdout, /^sha256-[0-9a-f]{64} {2}@std\/assert@1\.0\.20\/mod\.ts$/m);
          assertStringIncludes(stdout, "@std/assert: assert(0) throws AssertionError here, and ");
          assertStringIncludes(stdout, "@std/cli: only in JSR's: assert\n");
          assertStringIncludes(stdout, `@std/cli@1.0.20: ${COMMAND_LINES.length} calls, `);
        } else {
          assertMatch(
            stderr,
            /^Cannot trust @std\/assert@1\.0\.20\/mod\.ts: it must be sha256-0+, /,
          );
        }
      } finally {
        server.kill();
        await lines.cancel();
        await server.status;
      }
    },
  });
}

/** Runs the comparison in a process, with this registry. */
async function compareAt(registry: string) {
  const host = new URL(registry).host;
  const command = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--no-lock",
      `--allow-net=${host}`,
      "--allow-read",
      `--allow-import=${host}`,
      "dev/std/compare.ts",
      "--registry",
      registry,
    ],
    cwd: fileURLToPath(new URL("../../../", import.meta.url)),
    env: { NO_COLOR: "1" },
    stdin: "null",
  });
  const { code, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}
