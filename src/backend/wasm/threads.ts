/**
 * Running a kernel on several threads: each computes a part of the output, so that the numbers are the
 * same for any number of threads.
 *
 * @module
 */

import type { KernelName, Kernels } from "./kernels.ts";
import { serve, type Served } from "./serve.ts";

/** A kernel's arguments for one thread. */
export type Arguments = readonly number[];

/** Where the threads meet; see `serve.ts` for what stands where. */
const [GENERATION, REMAINING, FAILED, FIRST_JOB] = [0, 1, 2, 3];
const JOB_SIZE = 32;
const NOTHING = -1;
const STOP = -2;

/** Looks at the others' state so often before this thread goes to sleep. */
const SPINS = 5000;

/** This thread and helpers, which work on one heap. */
export class Threads {
  readonly #kernels: Kernels;
  readonly #names: readonly KernelName[];
  readonly #workers: readonly Worker[];
  readonly #cells: Int32Array;

  private constructor(
    kernels: Kernels,
    workers: readonly Worker[],
    cells: Int32Array,
  ) {
    this.#kernels = kernels;
    this.#names = namesOf(kernels);
    this.#workers = workers;
    this.#cells = cells;
  }

  /** This thread alone: it shares nothing, which not every page may. */
  static alone(kernels: Kernels): Threads {
    return new Threads(kernels, [], new Int32Array(FIRST_JOB));
  }

  /** This thread and `count − 1` helpers, which run the module's kernels on the same memory. */
  static async start(
    kernels: Kernels,
    { count, module, memory }: {
      readonly count: number;
      readonly module: WebAssembly.Module;
      readonly memory: WebAssembly.Memory;
    },
  ): Promise<Threads> {
    const control = new SharedArrayBuffer(4 * (FIRST_JOB + JOB_SIZE * (count - 1)));
    const script = `(${serve})()`;
    const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    const workers = await Promise.all(Array.from({ length: count - 1 }, (_, i) => {
      const served = { module, memory, control, job: FIRST_JOB + i * JOB_SIZE, spins: SPINS };
      return started(url, { ...served, names: namesOf(kernels) });
    }));
    URL.revokeObjectURL(url);
    return new Threads(kernels, workers, new Int32Array(control));
  }

  /** How many threads there are, this one included. */
  get count(): number {
    return this.#workers.length + 1;
  }

  /** Runs a kernel once for each of at most `count` argument lists, and waits for all. */
  run(name: KernelName, parts: readonly Arguments[]): void {
    if (parts.length > 1) this.#post(this.#names.indexOf(name), parts.slice(1));
    if (parts.length > 0) this.#kernels[name](...parts[0]);
    if (parts.length > 1) this.#wait(name);
  }

  /** Ends the helpers; from then on this thread is alone. */
  stop(): void {
    if (this.#workers.length > 0) this.#post(STOP, []);
    for (const worker of this.#workers) worker.terminate();
  }

  #post(kernel: number, parts: readonly Arguments[]): void {
    const cells = this.#cells;
    this.#workers.forEach((_, i) => {
      const job = FIRST_JOB + i * JOB_SIZE;
      const part = parts[i] ?? [];
      cells[job] = kernel === STOP ? STOP : i < parts.length ? kernel : NOTHING;
      cells[job + 1] = part.length;
      cells.set(part, job + 2);
    });
    Atomics.store(cells, REMAINING, this.#workers.length);
    Atomics.add(cells, GENERATION, 1);
    Atomics.notify(cells, GENERATION);
  }

  #wait(name: KernelName): void {
    const cells = this.#cells;
    for (let spin = 0; spin < SPINS && Atomics.load(cells, REMAINING) > 0; spin++);
    for (let left; (left = Atomics.load(cells, REMAINING)) > 0;) {
      Atomics.wait(cells, REMAINING, left);
    }
    if (Atomics.exchange(cells, FAILED, 0) > 0) {
      throw new Error(`Cannot run the kernel ${name}: it failed on another thread`);
    }
  }
}

function namesOf(kernels: Kernels): KernelName[] {
  return Object.keys(kernels).sort() as KernelName[];
}

function started(url: string, served: Served): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(url, { type: "module" });
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(`Cannot start a thread: ${event.message}`));
    };
    worker.onmessage = () => resolve(worker);
    worker.postMessage(served);
  });
}

/** 0…count in at most `threads` ranges of nearly equal length. */
export function ranges(count: number, threads: number): [first: number, last: number][] {
  const parts = Math.max(1, Math.min(count, threads));
  const bound = (part: number) => Math.floor(count * part / parts);
  return Array.from({ length: parts }, (_, part) => [bound(part), bound(part + 1)]);
}
