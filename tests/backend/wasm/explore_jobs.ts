/**
 * The functions that hand jobs to threads, through every order in which the threads can take turns.
 *
 * @module
 */

import {
  awaitJob,
  postJob,
  postStop,
  serveJobs,
  signal,
  waitWhile,
} from "../../../src/backend/wasm/jobs.ts";
import {
  explore,
  type Explored,
  rewrite,
  type Rewriting,
  type Thread,
  World,
} from "../../support/interleavings.ts";

/** Cells between two slots: a job here has one number, so that states are small. */
const SLOT_SIZE = 6;

/** The constants of the module, which helpers get as text, too. */
const CONSTANTS = {
  SLOT: { posted: 0, done: 1, failed: 2, kernel: 3, length: 4, numbers: 5 },
  STOP: -1,
};

/** How many threads do how many jobs. */
export interface JobCase extends Pick<Rewriting, "change"> {
  /** Threads, the one that posts included. */
  readonly threads: number;
  /** Jobs that are posted one after another: to all helpers, then to the first alone, in turn. */
  readonly jobs: number;
  readonly spins: number;
  readonly spurious: boolean;
  /** What the counters begin with. @default 0 */
  readonly generation?: number;
}

/** Sites of the test's own steps; those of the rewritten functions are positive. */
const [OWN, BEGIN, END] = [-1, -2, -3];

/** The pool's thread and its helpers. Each job writes its number to the helper's output. */
function makeWith(
  { threads, jobs, spins, generation = 0 }: JobCase,
  inWorld: ReturnType<typeof rewrite>,
) {
  const world = new World((threads - 1) * SLOT_SIZE);
  const { cells, notes } = world;
  const slots = Array.from({ length: threads - 1 }, (_, i) => i * SLOT_SIZE);
  for (const slot of slots) cells.fill(generation, slot, slot + 2);

  function* run(slot: number, _kernel: number, numbers: Int32Array) {
    const [number] = numbers;
    yield* world.step(BEGIN, () => (notes[`running ${slot}`] = 1), slot, number);
    if (number !== notes.job) throw new Error(`job ${number} runs while ${notes.job} is posted`);
    if (notes[`output ${slot}`] === number) throw new Error(`job ${number} runs twice`);
    yield* world.step(END, () => (notes[`running ${slot}`] = 0), slot, number);
    notes[`output ${slot}`] = number;
    if (number === jobs) throw new Error("A kernel that fails"); // the last; caught by serveJobs
  }

  const functions = inWorld(world);

  function* pool(): Thread {
    const { postJob, awaitJob, postStop } = functions;
    for (let job = 1; job <= jobs; job++) {
      const used = job % 2 === 1 ? slots : slots.slice(0, 1);
      for (const slot of slots) {
        if (notes[`running ${slot}`] === 1) {
          throw new Error(`helper ${slot} works between two jobs`);
        }
      }
      notes.job = job;
      for (const slot of used) yield* postJob(cells, slot, { kernel: 0, numbers: [job] });
      yield* world.step(OWN, () => {}, job);
      for (const slot of used) {
        const succeeded = yield* awaitJob(cells, slot, spins);
        if (notes[`output ${slot}`] !== job) throw new Error(`job ${job} is not done`);
        if (succeeded !== (job < jobs)) throw new Error(`job ${job} says that it is ${succeeded}`);
      }
    }
    for (const slot of slots) yield* postStop(cells, slot);
  }

  const helpers = slots.map((slot) =>
    functions.serveJobs(cells, {
      slot,
      spins,
      run: (kernel: number, numbers: Int32Array) => run(slot, kernel, numbers),
    })
  );
  return { world, threads: [pool(), ...helpers] };
}

/** Explores one case. */
export function exploreJobs(tried: JobCase): Explored {
  const { generation = 0, change = ["let generation = 0", `let generation = ${generation}`] } =
    tried;
  const inWorld = rewrite({
    functions: [signal, waitWhile, postJob, awaitJob, postStop, serveJobs],
    constants: CONSTANTS,
    generators: ["run"],
    change,
  });
  return explore({ make: () => makeWith(tried, inWorld), spurious: tried.spurious });
}
