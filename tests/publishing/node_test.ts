import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { testWith } from "../test_with.ts";
import { command, deno } from "./command.ts";
import { copyPackage } from "./package_copy.ts";
import { copyPrograms } from "./programs.ts";
import { temporaryFolder } from "./temporary_folder.ts";

/** What the program must print on a backend: w, b and x are fractions, so float32 holds them. */
const printed = (backend: string) =>
  `${backend} 0 4 4 4\n${backend} 1 0.66015625 1.421875 1.625\n2\n`;

testWith("a Node program imports what deno pack makes, and trains on cpu and wasm", {
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
    for (const backend of ["cpu", "wasm"]) {
      const { stdout } = await run(`npx --yes node@22 node.mjs ${backend}`);
      assertEquals(stdout, printed(backend));
    }
  },
});
