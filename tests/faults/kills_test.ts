/** A kill at a random moment on a busy machine: one here, ten by the task `kills`. */

import { checkout } from "./checkout.ts";
import { killAndCompare } from "./kills.ts";
import { testTask } from "./task.ts";

const flag = (name: string) =>
  Deno.args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);

const kills = Number(flag("kills") ?? 1);
const workers = Number(flag("workers") ?? 2);

testTask(
  `figures, killed ${
    kills === 1 ? "once" : `${kills} times`
  } on a busy machine, ends with equal bytes`,
  async (folder) => {
    const seed = Number(flag("seed") ?? crypto.getRandomValues(new Uint32Array(1))[0]);
    console.log(`seed ${seed}`);
    const calls = await killAndCompare({ cwd: await checkout(), folder, kills, workers, seed });
    console.log(`${calls} calls for ${kills} kills that came while it ran`);
  },
);
