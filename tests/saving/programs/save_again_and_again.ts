/** Saves models of the seeds 1, 2, 1, 2 … to a folder until it is killed. */

import { startBackend } from "../../../src/backend/start.ts";
import { fileSystem } from "../../../src/saving/file_system.ts";
import { denseModel } from "../models.ts";

await startBackend("cpu");
const models = [denseModel(1), denseModel(2)];
for (let i = 0;; i++) {
  await models[i % 2].save(fileSystem(Deno.args[0]));
  if (i === 0) console.log("saved");
}
