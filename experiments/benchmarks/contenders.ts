/**
 * Who is timed: this package, stock TensorFlow.js and PyTorch.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { ask, type Call } from "./child.ts";
import type { TrainQuestion } from "./train_here.ts";

/** What one process of a contender found. */
export interface Sample {
  /** Milliseconds a step. */
  readonly milliseconds: number;
  /** The most memory that the process had, in MiB. */
  readonly peak: number;
  /** What it ran on, such as an adapter or PyTorch's version. */
  readonly note?: string;
}

/** One row of the table to come. */
export interface Contender {
  /** Its name in tables and figures. */
  readonly name: string;
  /** Whose code it is. */
  readonly owner: "ours" | "stock" | "pytorch";
  /** The name of the contender that its time is divided by: PyTorch on as many cores. */
  readonly peer: string;
  /** Rounds that it takes part in. @default all */
  readonly rounds?: number;
  /** The process that measures it, or why there is none. */
  readonly call: Call | { readonly absent: string };
}

/** What the list depends on. */
export interface Setting {
  /** Cores of this machine. */
  readonly cores: number;
  /** Leave out what takes minutes. */
  readonly quick: boolean;
  /** A Python that has PyTorch, or why there is none. */
  readonly python: { readonly program: string } | { readonly absent: string };
  /** The folder of MNIST's IDX files, for PyTorch. */
  readonly folder: string;
}

/** How long a process trains: enough for a steady mean, and an end where a step takes seconds. */
function effort(quick: boolean): Pick<TrainQuestion, "warmUp" | "steps" | "seconds"> {
  return { warmUp: 5, steps: quick ? 15 : 40, seconds: quick ? 1 : 3 };
}

/** The contenders on this machine, in the order of the table. */
export function contenders(setting: Setting): Contender[] {
  const { cores, quick } = setting;
  const [one, all] = [pytorchName(1), pytorchName(cores)];
  const counts = cores === 1 ? [1] : [1, cores];
  const here = (question: Pick<TrainQuestion, "kernels" | "backend" | "threads">) => ({
    owner: question.kernels,
    call: ask("./train_here.ts", { ...effort(quick), ...question }),
  });
  return [
    ...counts.map((threads) => ({
      name: `ours, wasm, ${counted(threads, "core")}`,
      peer: pytorchName(threads),
      ...here({ kernels: "ours", backend: "wasm", threads }),
    })),
    { name: "ours, WebGPU", peer: all, ...here({ kernels: "ours", backend: "webgpu" }) },
    { name: "TensorFlow.js, WebGPU", peer: all, ...here({ kernels: "stock", backend: "webgpu" }) },
    { name: "TensorFlow.js, cpu", owner: "stock", peer: one, rounds: 1, call: stockCpu(quick) },
    ...counts.map((threads) => pytorch(threads, setting)),
  ];
}

/** One step, not warmed up. */
function stockCpu(quick: boolean): Contender["call"] {
  if (quick) return { absent: "left out by --quick: a step takes half a minute" };
  const once = { warmUp: 0, steps: 1, seconds: 0 };
  return ask("./train_here.ts", { kernels: "stock", backend: "cpu", ...once });
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function pytorchName(threads: number): string {
  return `PyTorch, ${counted(threads, "thread")}`;
}

function pytorch(threads: number, { quick, python, folder }: Setting): Contender {
  const name = pytorchName(threads);
  const { warmUp, steps } = effort(quick);
  return {
    name,
    owner: "pytorch",
    peer: name,
    call: "absent" in python ? python : {
      program: python.program,
      args: [
        fileURLToPath(new URL("./article_pytorch.py", import.meta.url)),
        ...["--data", folder, "--threads", `${threads}`, "--steps", `${warmUp + steps}`],
      ],
    },
  };
}
