/**
 * The benchmark: milliseconds a training step, a bar for each contender.
 *
 * @module
 */

import { type Bar, barLabel, bars, barsHeight } from "./bars.ts";
import { brief } from "./clean.ts";
import { writeSvg } from "./svg.ts";

/** As much of the benchmark's JSON as the figure shows. */
export interface Benchmark {
  /** Where it was measured; all of it is kept in the file. */
  readonly machine: {
    /** The processor's name. */
    readonly processor: string;
    /** Its cores. */
    readonly cores: number;
    /** Programs that wanted a core besides, on average; the figure says so above {@linkcode BUSY}. */
    readonly load: number;
    /** Operating system and instruction set. */
    readonly system: string;
  };
  /** When it was measured; kept in the file. */
  readonly date: string;
  /** The bars, from top to bottom. */
  readonly contenders: readonly Bar[];
}

/** With so much of a core in use elsewhere, a step's time says more about the others. */
export const BUSY = 0.5;

/**
 * Draws the milliseconds a step as bars on a logarithmic scale, with the time and the ratio to PyTorch
 * at each end; an absent contender has the word in place of a bar.
 *
 * @returns An SVG file's text, the same for the same benchmark
 * @throws {RangeError} If no contender was measured, or a time is not a number above 0
 */
export function benchmark({ machine, date, contenders }: Benchmark): string {
  checkTimes(contenders);
  const where = describe(machine);
  const labels = contenders.map((bar) => `${bar.name}: ${barLabel(bar)}`);
  return writeSvg([bars(contenders, { where })], {
    height: barsHeight(contenders.length),
    title: "Milliseconds a training step",
    description: `Bars on a logarithmic scale, measured on ${where}. ${labels.join("; ")}`,
    metadata: { machine, date },
  });
}

function describe({ processor, cores, load, system }: Benchmark["machine"]): string {
  const count = `${cores} ${cores === 1 ? "core" : "cores"}`;
  const busy = load > BUSY ? ", busy with other work" : "";
  return `${brief(processor, 40)}, ${count}, ${brief(system, 20)}${busy}`;
}

function checkTimes(contenders: readonly Bar[]): void {
  const times = contenders.flatMap((bar) => "absent" in bar ? [] : [bar.milliseconds]);
  const wrong = times.find((time) => !(time > 0 && time < Infinity));
  if (times.length > 0 && wrong === undefined) return;
  const got = wrong === undefined ? "no contender that was measured" : `${wrong} ms`;
  throw new RangeError(`Cannot draw the benchmark: times must be numbers above 0, got ${got}`);
}
