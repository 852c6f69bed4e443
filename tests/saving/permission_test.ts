/** Saving without permission, and by a program that is killed. */

import { assert, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { startBackend } from "../../src/backend/start.ts";
import { fileSystem } from "../../src/saving/file_system.ts";
import { testWith } from "../support/test_with.ts";
import { bits, denseModel } from "./models.ts";

Deno.test({
  name: "without permission, saving and loading are refused with the flag that gives it",
  permissions: "none",
  fn: async () => {
    await startBackend("cpu");
    const model = denseModel(1);
    const saving = await assertRejects(() => model.save(fileSystem("models/one")), Error);
    assert(saving.message.startsWith("Cannot save the model to models/one: "), saving.message);
    assert(saving.message.endsWith("run again with the --allow-write flag"), saving.message);
    const loading = await assertRejects(
      () => tf.loadLayersModel(fileSystem("models/one")),
      Error,
    );
    assert(loading.message.startsWith("Cannot load the model from models/one: "), loading.message);
    assert(loading.message.endsWith("run again with the --allow-read flag"), loading.message);
    model.dispose();
  },
});

/** Starts the program, kills it some milliseconds after it saved for the first time. */
async function saveAndKill(folder: string, milliseconds: number): Promise<void> {
  const program = new URL("programs/save_again_and_again.ts", import.meta.url).pathname;
  const args = ["run", "--no-check", "--allow-read", `--allow-write=${folder}`, program, folder];
  const child = new Deno.Command(Deno.execPath(), { args, stdout: "piped" }).spawn();
  for await (const _ of child.stdout) {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    break;
  }
  child.kill("SIGKILL");
  await child.status;
}

testWith("a program that is killed while it saves leaves a model that was saved whole", {
  needs: ["read", "write", "run"],
  fn: async () => {
    await startBackend("cpu");
    const known = [1, 2].map((seed) => {
      const model = denseModel(seed);
      const weights = JSON.stringify(bits(model));
      model.dispose();
      return weights;
    });
    const folder = await Deno.makeTempDir();
    for (let i = 0; i < 6; i++) {
      await saveAndKill(folder, 7 * i);
      const model = await tf.loadLayersModel(fileSystem(folder));
      assert(known.includes(JSON.stringify(bits(model))));
      model.dispose();
    }
    await Deno.remove(folder, { recursive: true });
  },
});

testWith("a program with permission for the folder alone saves to it", {
  needs: ["read", "write", "run"],
  fn: async () => {
    const folder = await Deno.makeTempDir();
    await saveAndKill(`${folder}/new`, 0);
    assert((await Deno.stat(`${folder}/new/model.json`)).isFile);
    await Deno.remove(folder, { recursive: true });
  },
});
