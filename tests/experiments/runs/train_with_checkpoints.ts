/** Trains 9 steps, kept in a folder after every second, and prints each step and the record. */

import { formatRecord, startBackend } from "@residual/connection";
import { prepareRun } from "../../../experiments/article/train_run.ts";
import { ARTICLE } from "../../../experiments/article/settings.ts";
import { checkpointFolder } from "../../../experiments/runs/checkpoint_folder.ts";
import { smallData } from "../../support/small_data.ts";

const [folder, seed] = Deno.args;
const backend = await startBackend("wasm");
const settings = { ...ARTICLE, seed: Number(seed), batch: 8, steps: 9 };
const checkpoint = checkpointFolder({ folder, every: 2, log: (line) => console.log(line) });
const { record } = await prepareRun(settings, { data: smallData(), backend })
  .start({
    readEvery: 1,
    checkpoint,
    onStep: async ({ step }) => {
      console.log(`step ${step}`);
      await new Promise((resolve) => setTimeout(resolve, 50)); // time to be killed in
    },
  });
console.log(formatRecord(record));
