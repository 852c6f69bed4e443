/** Prints the states of the models that a folder's folders have. */

import * as tf from "@tensorflow/tfjs";
import { fileSystem } from "../../../mod.ts";
import { startBackend } from "../../../src/backend/start.ts";
import { state } from "../../saving/models.ts";

await startBackend("cpu");
const [folder] = Deno.args;
const states: Record<string, number[][]> = {};
for (const { name } of Deno.readDirSync(folder)) {
  const model = await tf.loadLayersModel(fileSystem(`${folder}/${name}`));
  states[name] = state(model);
}
console.log(JSON.stringify(states));
