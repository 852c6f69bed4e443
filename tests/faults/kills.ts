/**
 * Kills at random moments: figures is killed again and again while other programs keep all cores busy,
 * and then ends with the bytes of a run that nothing disturbed.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { idxBytes } from "../data/idx_bytes.ts";
import { random32 } from "../data/random.ts";
import { contentsOf } from "./contents.ts";
import { ended, runTask, startTask } from "./task.ts";

/** How figures is disturbed. */
export interface KillOptions {
  /** A copy of the programs, with a cache of its own. */
  readonly cwd: string;
  /** Where data and files go. */
  readonly folder: string;
  /** How many kills. */
  readonly kills: number;
  /** Threads of figures. @default 1 */
  readonly workers?: number;
  /** Of the moments. */
  readonly seed: number;
}

const SIGNALS = ["SIGKILL", "SIGKILL", "SIGKILL", "SIGINT", "SIGTERM"] as const;

/**
 * Kills figures so often while it runs, lets it end, and compares its files; gives how many calls that
 * took: some end before they are killed.
 */
export async function killAndCompare(
  { cwd, folder, kills, workers = 1, seed }: KillOptions,
): Promise<number> {
  await writeData(`${folder}/data`);
  const args = (out: string) => [
    "--data",
    `${folder}/data`,
    "--any-data",
    "--backend",
    "wasm",
    "--workers",
    `${workers}`,
    "--out",
    `${folder}/${out}`,
  ];
  const started = performance.now();
  const alone = await runTask("figures", args("alone"), { cwd });
  const whole = performance.now() - started;
  assertEquals(alone.status, 0, alone.err);
  await Deno.remove(`${cwd}/.cache`, { recursive: true }); // What follows is to train.
  const next = random32(seed);
  const busy = Array.from({ length: navigator.hardwareConcurrency }, keepBusy);
  let calls = 0;
  try {
    for (let hit = 0; hit < kills; calls++) {
      const child = startTask("figures", args("killed"), { cwd });
      const signal = SIGNALS[next() % SIGNALS.length];
      const wait = 200 + (next() / 2 ** 32) * whole;
      const timer = setTimeout(() => child.kill(signal), wait);
      const { status } = await ended(child);
      clearTimeout(timer);
      if (status !== 0) hit++;
      else await Deno.remove(`${cwd}/.cache`, { recursive: true }); // It ended before; from the start.
    }
  } finally {
    for (const child of busy) child.kill("SIGKILL");
    await Promise.all(busy.map(ended));
  }
  const { status, err } = await runTask("figures", args("killed"), { cwd });
  assertEquals(status, 0, err);
  assertEquals(await contentsOf(`${folder}/killed`), await contentsOf(`${folder}/alone`));
  const kept = Object.keys(await contentsOf(`${cwd}/.cache/runs`));
  assertEquals(
    kept.filter((name) => !/^[0-9a-f]{16}\.json$/.test(name)),
    [],
    "nothing is left over",
  );
  return calls;
}

/** A program that does nothing but compute. */
function keepBusy(): Deno.ChildProcess {
  const args = ["eval", "for (;;);"];
  return new Deno.Command(Deno.execPath(), { args, stdout: "piped", stderr: "piped" }).spawn();
}

/** Made-up data of MNIST's form, of 260 steps: there are two states to go on from. */
async function writeData(folder: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const next = random32(7);
  for (const [name, count] of [["train", 260 * 32], ["t10k", 320]] as const) {
    const pixels = Uint8Array.from({ length: count * 28 * 28 }, () => next());
    const labels = Uint8Array.from({ length: count }, () => next() % 10);
    await Deno.writeFile(`${folder}/${name}-images-idx3-ubyte`, idxBytes([count, 28, 28], pixels));
    await Deno.writeFile(`${folder}/${name}-labels-idx1-ubyte`, idxBytes([count], labels));
  }
}
