/**
 * Runs programs that share memory through every order in which their threads can take turns.
 *
 * The programs are the project's own functions. Their text is rewritten so that each access to shared
 * memory stops and lets the explorer decide who goes next: functions become generators.
 *
 * @module
 */

/** A step that a thread is about to take. */
interface Step {
  /** Where in the program it stands: the same number, the same local variables but for those in `data`. */
  readonly site: number;
  /** What tells two visits to one site apart. */
  readonly data: readonly unknown[];
  /** Takes it and gives its result, or `ASLEEP` if the thread sleeps on a cell first. */
  readonly take: () => unknown;
}

/** A thread of a program. */
export type Thread = Generator<Step, void, unknown>;

const ASLEEP = Symbol("asleep");

/** Memory and what the threads are doing with it, while the explorer tries one order. */
export class World {
  readonly cells: Int32Array;
  /** By thread, the cell that it sleeps on. */
  readonly sleeping = new Map<number, number>();
  /** What else belongs to the state of the world: numbers that the programs may change. */
  readonly notes: Record<string, number> = {};
  /** The thread whose turn it is. */
  turn = 0;

  constructor(cells: number) {
    this.cells = new Int32Array(cells);
  }

  /** What `Atomics` does, as one step each. */
  *atomics(site: number, operation: string, ...args: unknown[]): Generator<Step, unknown, unknown> {
    const [, index, value] = args as [Int32Array, number, number];
    const { cells, sleeping } = this;
    const operations: Record<string, () => unknown> = {
      load: () => cells[index],
      store: () => (cells[index] = value),
      notify: () => {
        for (const [thread, cell] of sleeping) if (cell === index) sleeping.delete(thread);
      },
      wait: () => {
        if (cells[index] !== value) return "not-equal";
        sleeping.set(this.turn, index);
        return ASLEEP;
      },
    };
    return yield { site, data: [operation, index, value], take: operations[operation] };
  }

  /** A step of the test's own: whatever `take` does. */
  *step(site: number, take: () => unknown, ...data: unknown[]): Generator<Step, unknown, unknown> {
    return yield { site, data, take };
  }
}

/** Functions that work on shared memory, and how they are changed to see whether that is noticed. */
export interface Rewriting {
  readonly functions: readonly ((...args: never[]) => unknown)[];
  /** What the functions use in addition to each other, by name. */
  readonly constants?: Readonly<Record<string, unknown>>;
  /** Text that is replaced; it must be there. */
  readonly change?: readonly [text: string, by: string];
  /** Functions that are called by the others and are generators already. */
  readonly generators?: readonly string[];
}

/** The functions as generators, by name. */
// deno-lint-ignore no-explicit-any
export type Rewritten = Record<string, any>;

/** Rewrites functions, for use in any world. */
export function rewrite(
  { functions, constants = {}, change, generators = [] }: Rewriting,
): (world: World) => Rewritten {
  const names = functions.map(({ name }) => name);
  let text = functions.map(String).join("\n");
  if (change !== undefined) {
    const [before, after] = change;
    if (!text.includes(before)) throw new Error(`Cannot change ${before}: it is not in the text`);
    text = text.replace(before, after);
  }
  for (const name of names) text = text.replace(`function ${name}(`, `function* ${name} (`);
  for (const name of [...names, ...generators]) text = yielded(text, `${name}(`, () => `${name}(`);
  let site = 0;
  text = yielded(text, "Atomics.", (operation) => `atomics(${++site}, "${operation}", `);
  const program = new Function(
    "atomics",
    ...Object.keys(constants),
    `${text}\nreturn { ${names.join(", ")} };`,
  );
  return (world) => program(world.atomics.bind(world), ...Object.values(constants));
}

/** Puts `(yield* …)` around each call that begins so. */
function yielded(text: string, call: string, begin: (operation: string) => string): string {
  let from = 0;
  for (;;) {
    const at = text.slice(from).search(new RegExp(`(?<![\\w*.])${call.replace(/[.(]/g, "\\$&")}`));
    if (at < 0) return text;
    const start = from + at;
    const open = text.indexOf("(", start);
    let close = open;
    for (let depth = 0;; close++) {
      if (text[close] === "(") depth++;
      if (text[close] === ")" && --depth === 0) break;
    }
    const operation = text.slice(start + call.length, open);
    const rest = text.slice(open + 1, close);
    const called = `(yield* ${begin(operation)}`;
    text = `${text.slice(0, start)}${called}${rest}))${text.slice(close + 1)}`;
    from = start + called.length;
  }
}

/** What there was to see. */
export interface Explored {
  /** States that differ. */
  readonly states: number;
  /** The first fault, if there is one, and the turns that lead to it. */
  readonly fault?: { readonly message: string; readonly turns: readonly number[] };
}

/** How to explore. */
export interface ExploreOptions {
  /** Makes the world and its threads, the same each time. */
  readonly make: () => { readonly world: World; readonly threads: readonly Thread[] };
  /** Whether a thread that sleeps may wake for no reason. */
  readonly spurious: boolean;
}

/**
 * Tries every order of the threads' steps; two orders that lead to one state go on once. A program
 * that throws, and threads that all sleep, are faults.
 */
export function explore({ make, spurious }: ExploreOptions): Explored {
  const seen = new Set<string>();
  const open: number[][] = [[]];
  while (open.length > 0) {
    let turns = open.pop()!;
    const run = new Order(make());
    try {
      for (const turn of turns) run.take(turn);
      for (;;) {
        const key = run.key();
        if (seen.has(key)) break;
        seen.add(key);
        const choices = run.choices(spurious);
        if (choices.length === 0) {
          if (run.over) break;
          throw new Error("every thread that is not done sleeps");
        }
        for (const choice of choices.slice(1)) open.push([...turns, choice]);
        turns = [...turns, choices[0]];
        run.take(choices[0]);
      }
    } catch (error) {
      return { states: seen.size, fault: { message: (error as Error).message, turns } };
    }
  }
  return { states: seen.size };
}

/** One order of steps, as far as it has come. */
class Order {
  readonly #world: World;
  readonly #threads: readonly Thread[];
  readonly #pending: (Step | undefined)[];

  constructor({ world, threads }: ReturnType<ExploreOptions["make"]>) {
    this.#world = world;
    this.#threads = threads;
    this.#pending = threads.map((thread) => thread.next().value ?? undefined);
  }

  /** Whether every thread has returned. */
  get over(): boolean {
    return this.#pending.every((step) => step === undefined);
  }

  /** Threads that can take a step; those that sleep only if they may wake for no reason. */
  choices(spurious: boolean): number[] {
    const { sleeping } = this.#world;
    return [...this.#threads.keys()].filter((thread) =>
      this.#pending[thread] !== undefined && (spurious || !sleeping.has(thread))
    );
  }

  take(thread: number): void {
    const world = this.#world;
    world.turn = thread;
    const step = this.#pending[thread]!;
    if (world.sleeping.delete(thread)) return; // Awake for no reason; it goes on at its next turn.
    const woken = this.#woken.delete(thread);
    const result = woken ? "ok" : step.take();
    if (result === ASLEEP) {
      this.#woken.add(thread);
      return;
    }
    this.#pending[thread] = this.#threads[thread].next(result).value ?? undefined;
  }

  /** Threads that went to sleep and have not gone on since. */
  readonly #woken = new Set<number>();

  key(): string {
    const { cells, sleeping, notes } = this.#world;
    const threads = this.#pending.map((step, thread) =>
      step === undefined
        ? "over"
        : `${step.site} ${step.data} ${sleeping.has(thread)} ${this.#woken.has(thread)}`
    );
    return `${cells}|${threads.join()}|${Object.values(notes)}`;
  }
}
