/**
 * How threads hand each other jobs over shared memory, without a lock.
 *
 * Each helper has a slot of its own with two counters of generations. The pool alone writes `posted`,
 * the helper alone writes `done`, and a helper works exactly while `done` is one behind `posted`. So no
 * change can be missed or taken for another, and waking up says only that it is time to look again: a
 * wake-up that comes late, or for no reason, changes nothing.
 *
 * A helper is a worker that gets these functions as text. They stand in one function, which uses nothing
 * outside of it: a bundler that makes names shorter changes them in the whole of it or nowhere.
 * `tests/backend/wasm/jobs_test.ts` runs them through every interleaving.
 *
 * @module
 */

/** Cells of a slot, of 32 bits each: two cache lines, so that no two helpers write to the same one. */
export const SLOT_SIZE = 32;

/** A kernel's number and its arguments. */
export interface Job {
  readonly kernel: number;
  /** At most {@linkcode MOST_NUMBERS}. */
  readonly numbers: readonly number[];
}

/** The functions, those of the pool and those of its helpers. */
function createProtocol() {
  /** What stands in which cell of a slot; the job's numbers are its last cells. */
  const SLOT = { posted: 0, done: 1, failed: 2, kernel: 3, length: 4, numbers: 5 } as const;

  /** In place of a kernel's number, what ends a helper. */
  const STOP = -1;

  /** Sets a counter and wakes whoever waits for it. */
  function signal(cells: Int32Array, index: number, generation: number): void {
    Atomics.store(cells, index, generation);
    Atomics.notify(cells, index);
  }

  /** Returns once a counter is no longer at this generation; looks `spins` times before sleeping. */
  function waitWhile(
    cells: Int32Array,
    index: number,
    { generation, spins }: { readonly generation: number; readonly spins: number },
  ): void {
    for (let spin = 0; spin < spins; spin++) {
      if (Atomics.load(cells, index) !== generation) return;
    }
    while (Atomics.load(cells, index) === generation) Atomics.wait(cells, index, generation);
  }

  /** Hands a job to the helper of this slot, which must be done with the one before. */
  function postJob(cells: Int32Array, slot: number, { kernel, numbers }: Job): void {
    cells[slot + SLOT.failed] = 0;
    cells[slot + SLOT.kernel] = kernel;
    cells[slot + SLOT.length] = numbers.length;
    cells.set(numbers, slot + SLOT.numbers);
    signal(cells, slot + SLOT.posted, cells[slot + SLOT.posted] + 1 | 0);
  }

  /** Waits until the helper of this slot is done with its job, and gives whether the job succeeded. */
  function awaitJob(cells: Int32Array, slot: number, spins: number): boolean {
    const before = cells[slot + SLOT.posted] - 1 | 0;
    waitWhile(cells, slot + SLOT.done, { generation: before, spins });
    return cells[slot + SLOT.failed] === 0;
  }

  /** Tells the helper of this slot, which must be done with its job, to end. */
  function postStop(cells: Int32Array, slot: number): void {
    postJob(cells, slot, { kernel: STOP, numbers: [] });
  }

  /** A helper's life: does each job that is posted, once, until it is told to end. */
  function serveJobs(
    cells: Int32Array,
    { slot, run, spins }: {
      readonly slot: number;
      /** Runs the kernel of this number. */
      readonly run: (kernel: number, numbers: Int32Array) => void;
      readonly spins: number;
    },
  ): void {
    for (let generation = 0;; generation = generation + 1 | 0) {
      waitWhile(cells, slot + SLOT.posted, { generation, spins });
      const kernel = cells[slot + SLOT.kernel];
      if (kernel === STOP) return;
      const first = slot + SLOT.numbers;
      try {
        run(kernel, cells.subarray(first, first + cells[slot + SLOT.length]));
      } catch {
        cells[slot + SLOT.failed] = 1;
      }
      signal(cells, slot + SLOT.done, generation + 1 | 0);
    }
  }

  return { SLOT, signal, waitWhile, postJob, awaitJob, postStop, serveJobs };
}

const protocol = createProtocol();

export const { signal, waitWhile, postJob, awaitJob, postStop, serveJobs } = protocol;

/** The most numbers of a job. */
export const MOST_NUMBERS = SLOT_SIZE - protocol.SLOT.numbers;

/** What a helper is started with. */
export interface HelperStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** The slots of all helpers. */
  readonly control: SharedArrayBuffer;
  /** The first cell of this helper's slot. */
  readonly slot: number;
  /** The kernels' names in the order of their numbers. */
  readonly names: readonly string[];
  readonly spins: number;
}

function helperMain({ serveJobs }: ReturnType<typeof createProtocol>): void {
  const worker = globalThis as unknown as {
    onmessage: (event: MessageEvent<HelperStart>) => void;
    postMessage: (message: string) => void;
  };
  worker.onmessage = ({ data: { module, memory, control, slot, names, spins } }) => {
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    const kernels = names.map((name) => exports[name] as (...numbers: number[]) => void);
    worker.postMessage("ready");
    const run = (kernel: number, numbers: Int32Array) => kernels[kernel](...numbers);
    serveJobs(new Int32Array(control), { slot, run, spins });
  };
}

/** The program of a helper's worker: it says "ready" once it has started. */
export function helperProgram(): string {
  return `(${helperMain})((${createProtocol})());`;
}
