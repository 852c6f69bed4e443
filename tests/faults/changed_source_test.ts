/** Finished runs of code that has changed since. */

import { assertEquals, assertMatch } from "@std/assert";
import { checkout } from "./checkout.ts";
import { contentsOf } from "./contents.ts";
import { runTask, testTask } from "./task.ts";

testTask(
  "figures does not use a finished run of other code",
  async (folder) => {
    const cwd = await checkout();
    const flags = ["--data", `${folder}/data`, "--any-data", "--backend", "wasm", "--workers", "1"];
    const draw = () =>
      runTask("figures", [...flags, "--steps", "1", "--out", `${folder}/out`], { cwd });
    const [trained, again] = [/^step 1\/1 /m, /^Drawn again from this machine's finished run/m];
    const source = `${cwd}/src/data/bilinear.ts`;
    const append = (text: string) => Deno.writeTextFile(source, text, { append: true });

    assertMatch((await draw()).err, trained);
    const record = await contentsOf(`${folder}/out`);
    assertMatch((await draw()).err, again);
    assertEquals(await contentsOf(`${folder}/out`), record);
    await append("export const added = 1;\n");
    assertMatch((await draw()).err, trained);
    assertEquals(await contentsOf(`${folder}/out`), record);
  },
);
