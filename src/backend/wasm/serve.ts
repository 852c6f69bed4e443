/**
 * What a helper thread does: waits for a job, runs it, says that it is done.
 *
 * @module
 */

/** What a helper is started with. */
export interface Served {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** `[generation, remaining, failed, job, job, …]`; a job is `[kernel, how many arguments, …]`. */
  readonly control: SharedArrayBuffer;
  /** Where this helper's job stands in it. */
  readonly job: number;
  /** The kernels' names in the order of their numbers. */
  readonly names: readonly string[];
  /** How often to look for a job before sleeping. */
  readonly spins: number;
}

/**
 * Runs in a worker, which gets this function's text and nothing else: it may use no other name of this
 * module. A job of −1 is nothing to do, one of −2 the end.
 */
export function serve(): void {
  const worker = globalThis as unknown as {
    onmessage: (event: MessageEvent<Served>) => void;
    postMessage: (message: string) => void;
  };
  worker.onmessage = ({ data }) => {
    const { module, memory, control, job, names, spins } = data;
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    const cells = new Int32Array(control);
    worker.postMessage("ready");
    for (let generation = 0;;) {
      for (let spin = 0; spin < spins && Atomics.load(cells, 0) === generation; spin++);
      Atomics.wait(cells, 0, generation);
      generation = Atomics.load(cells, 0);
      if (cells[job] === -2) return;
      if (cells[job] >= 0) {
        try {
          const kernel = exports[names[cells[job]]] as (...numbers: number[]) => void;
          kernel(...cells.subarray(job + 2, job + 2 + cells[job + 1]));
        } catch {
          Atomics.store(cells, 2, 1);
        }
      }
      if (Atomics.sub(cells, 1, 1) === 1) Atomics.notify(cells, 1);
    }
  };
}
