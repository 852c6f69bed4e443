import * as tf from "@tensorflow/tfjs";
import { assert, assertRejects } from "@std/assert";
import { startBackend } from "../../src/backend/start.ts";
import { fileSystem } from "../../src/saving/file_system.ts";
import { denseModel } from "./models.ts";

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
