/**
 * What is timed: this package, stock TensorFlow.js and PyTorch.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { type ChildCommand, workerCommand } from "./child_process.ts";
import type { TrainOptions } from "./train_worker.ts";

/** One row of the report's table. */
export interface Contender {
  /** Its name in tables and figures. */
  readonly name: string;
  /** Whose code it is. */
  readonly owner: "ours" | "stock" | "pytorch";
  /** The name of the contender that its time is divided by: PyTorch on as many cores. */
  readonly peer: string;
  /** Rounds that it takes part in. @default all */
  readonly rounds?: number;
  /** The command that measures it, or why there is none. */
  readonly command: ChildCommand | { readonly absent: string };
}

/** What the list depends on. */
export interface ContenderOptions {
  /** Cores of this machine. */
  readonly cores: number;
  /** Whether what takes minutes is left out. */
  readonly quick: boolean;
  /** A Python that has PyTorch, or why there is none. */
  readonly python: { readonly program: string } | { readonly absent: string };
  /** The folder of MNIST's IDX files, for PyTorch. */
  readonly folder: string;
}

/** How long a process trains: enough for a steady mean, and limited where a step takes seconds. */
function effort(quick: boolean): Pick<TrainOptions, "warmUp" | "steps" | "seconds"> {
  return { warmUp: 5, steps: quick ? 15 : 40, seconds: quick ? 1 : 3 };
}

/** The contenders on this machine, in the order of the table. */
export function contenders(options: ContenderOptions): Contender[] {
  const { cores, quick } = options;
  const [one, all] = [pytorchName(1), pytorchName(cores)];
  const counts = cores === 1 ? [1] : [1, cores];
  const inWorker = (what: Pick<TrainOptions, "kernels" | "backend" | "threads">) => ({
    owner: what.kernels,
    command: workerCommand("./train_worker.ts", { ...effort(quick), ...what }),
  });
  return [
    ...counts.map((threads) => ({
      name: `ours, wasm, ${counted(threads, "core")}`,
      peer: pytorchName(threads),
      ...inWorker({ kernels: "ours", backend: "wasm", threads }),
    })),
    { name: "ours, WebGPU", peer: all, ...inWorker({ kernels: "ours", backend: "webgpu" }) },
    {
      name: "TensorFlow.js, WebGPU",
      peer: all,
      ...inWorker({ kernels: "stock", backend: "webgpu" }),
    },
    { name: "TensorFlow.js, cpu", owner: "stock", peer: one, rounds: 1, command: stockCpu(quick) },
    ...counts.map((threads) => pytorch(threads, options)),
  ];
}

/** One step, not warmed up. */
function stockCpu(quick: boolean): Contender["command"] {
  if (quick) return { absent: "left out by --quick: a step takes half a minute" };
  const once = { warmUp: 0, steps: 1, seconds: 0 };
  return workerCommand("./train_worker.ts", { kernels: "stock", backend: "cpu", ...once });
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function pytorchName(threads: number): string {
  return `PyTorch, ${counted(threads, "thread")}`;
}

function pytorch(threads: number, { quick, python, folder }: ContenderOptions): Contender {
  const name = pytorchName(threads);
  const { warmUp, steps } = effort(quick);
  return {
    name,
    owner: "pytorch",
    peer: name,
    command: "absent" in python ? python : {
      program: python.program,
      args: [
        fileURLToPath(new URL("./article_pytorch.py", import.meta.url)),
        "--data",
        folder,
        "--threads",
        `${threads}`,
        "--steps",
        `${warmUp + steps}`,
      ],
    },
  };
}
