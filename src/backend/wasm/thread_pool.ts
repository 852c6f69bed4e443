/**
 * Running a kernel on several threads: each computes a part of the output, so that the numbers are the
 * same for any number of threads.
 *
 * @module
 */

import {
  awaitJob,
  helperProgram,
  type HelperStart,
  MOST_NUMBERS,
  postJob,
  postStop,
  SLOT_SIZE,
} from "./jobs.ts";
import type { KernelName, Kernels } from "./module.ts";

/** A kernel's arguments for one thread. */
export type Arguments = readonly number[];

/** How often a thread looks at the others' state before it goes to sleep. */
const SPINS = 5000;

/** This thread and helpers, which work on one heap. */
export class ThreadPool {
  readonly #kernels: Kernels;
  readonly #names: readonly KernelName[];
  readonly #helpers: readonly Worker[];
  readonly #cells: Int32Array;

  private constructor(kernels: Kernels, helpers: readonly Worker[], cells: Int32Array) {
    this.#kernels = kernels;
    this.#names = namesOf(kernels);
    this.#helpers = helpers;
    this.#cells = cells;
  }

  /** This thread alone: it shares nothing, which not every page may. */
  static alone(kernels: Kernels): ThreadPool {
    return new ThreadPool(kernels, [], new Int32Array());
  }

  /**
   * This thread and `count − 1` helpers, which run the module's kernels on the same memory.
   *
   * @throws {Error} If a helper does not start; the others end.
   */
  static async start(
    kernels: Kernels,
    { count, module, memory }: {
      readonly count: number;
      readonly module: WebAssembly.Module;
      readonly memory: WebAssembly.Memory;
    },
  ): Promise<ThreadPool> {
    const control = new SharedArrayBuffer(4 * SLOT_SIZE * (count - 1));
    const url = URL.createObjectURL(new Blob([helperProgram()], { type: "text/javascript" }));
    const helpers: Worker[] = [];
    try {
      while (helpers.length < count - 1) helpers.push(new Worker(url, { type: "module" }));
      await Promise.all(helpers.map((helper, i) =>
        started(helper, {
          module,
          memory,
          control,
          slot: i * SLOT_SIZE,
          names: namesOf(kernels),
          spins: SPINS,
        })
      ));
    } catch (error) {
      for (const helper of helpers) helper.terminate();
      throw error;
    } finally {
      URL.revokeObjectURL(url);
    }
    return new ThreadPool(kernels, helpers, new Int32Array(control));
  }

  /** How many threads there are, this one included. */
  get count(): number {
    return this.#helpers.length + 1;
  }

  /**
   * Runs a kernel once for each of at most `count` argument lists, and waits for all, even if one
   * fails: no thread works on the heap when this returns or throws.
   *
   * @throws {RangeError} If the lists are too many or too long.
   * @throws {Error} If the kernel fails on another thread, and what it throws on this one.
   */
  run(name: KernelName, [own, ...others]: readonly Arguments[]): void {
    if (own === undefined) return;
    this.#check(name, others);
    const kernel = this.#names.indexOf(name);
    others.forEach((numbers, i) => postJob(this.#cells, i * SLOT_SIZE, { kernel, numbers }));
    let failed = 0;
    try {
      this.#kernels[name](...own);
    } finally {
      for (const i of others.keys()) failed += Number(!awaitJob(this.#cells, i * SLOT_SIZE, SPINS));
    }
    if (failed > 0) throw new Error(`Cannot run the kernel ${name}: it failed on another thread`);
  }

  /** Before anything is posted, so that a refusal leaves nothing half done. */
  #check(name: KernelName, others: readonly Arguments[]): void {
    if (others.length > this.#helpers.length) {
      throw new RangeError(
        `Cannot run the kernel ${name}: there must be at most ${this.count} parts, ` +
          `got ${others.length + 1}`,
      );
    }
    const longest = Math.max(0, ...others.map(({ length }) => length));
    if (longest <= MOST_NUMBERS) return;
    throw new RangeError(
      `Cannot run the kernel ${name}: it must take at most ${MOST_NUMBERS} numbers, got ${longest}`,
    );
  }

  /** Ends the helpers. The pool cannot be used afterward. */
  stop(): void {
    this.#helpers.forEach((helper, i) => {
      postStop(this.#cells, i * SLOT_SIZE);
      helper.terminate();
    });
  }
}

function namesOf(kernels: Kernels): KernelName[] {
  return Object.keys(kernels).sort() as KernelName[];
}

function started(helper: Worker, start: HelperStart): Promise<void> {
  return new Promise((resolve, reject) => {
    helper.onerror = (event) => {
      event.preventDefault();
      reject(new Error(`Cannot start a thread: ${event.message}`));
    };
    helper.onmessage = () => resolve();
    helper.postMessage(start);
  });
}

/** 0…count in at most `threads` ranges of nearly equal length. */
export function ranges(count: number, threads: number): [first: number, last: number][] {
  const parts = Math.max(1, Math.min(count, threads));
  const bound = (part: number) => Math.floor(count * part / parts);
  return Array.from({ length: parts }, (_, part) => [bound(part), bound(part + 1)]);
}
