/** Two commands at once in one folder, and commands that are killed. */

import { assertEquals, assertMatch } from "@std/assert";
import { checkout } from "./checkout.ts";
import { contentsOf } from "./contents.ts";
import { ended, runTask, startTask, testTask } from "./task.ts";

const figures = (folder: string, out: string) => [
  ...["--data", `${folder}/data`, "--any-data", "--backend", "wasm", "--workers", "1"],
  ...["--fresh", "--out", `${folder}/${out}`],
];

const experiments = (folder: string, out: string, seeds = 2) => [
  ...["frozen", "--seeds", `${seeds}`, "--workers", "1"],
  ...["--data", `${folder}/data`, "--any-data", "--out", `${folder}/${out}`],
];

for (const [task, args] of [["figures", figures], ["experiments", experiments]] as const) {
  testTask(
    `two ${task} at once in one folder end well, with the files of one alone`,
    async (folder) => {
      const cwd = await checkout();
      const both = [0, 1].map(() => runTask(task, args(folder, "both"), { cwd }));
      for (const { status, err } of await Promise.all(both)) assertEquals(status, 0, err);
      assertEquals((await runTask(task, args(folder, "alone"), { cwd })).status, 0);
      assertEquals(await contentsOf(`${folder}/both`), await contentsOf(`${folder}/alone`));
    },
  );
}

testTask(
  "experiments that are killed leave whole records, and the same command goes on",
  async (folder) => {
    const cwd = await checkout();
    const child = startTask("experiments", experiments(folder, "out", 30), { cwd });
    const first = `${folder}/out/frozen/plain-adam/seed-0.json`;
    while (await Deno.stat(first).then(() => false, () => true)) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    child.kill("SIGKILL");
    await ended(child);
    const { status, err } = await runTask("experiments", experiments(folder, "out"), { cwd });
    assertEquals(status, 0, err);
    assertMatch(err, /^2 runs, [01] to make$/m);
    assertEquals((await runTask("experiments", experiments(folder, "alone"), { cwd })).status, 0);
    const [out, alone] = [await contentsOf(`${folder}/out`), await contentsOf(`${folder}/alone`)];
    for (const [name, text] of Object.entries(alone)) assertEquals(out[name], text, name);
  },
);
