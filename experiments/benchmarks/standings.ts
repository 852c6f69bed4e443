/**
 * From samples to the table of contenders.
 *
 * @module
 */

import type { Contender, Sample } from "./contenders.ts";
import { median } from "./median.ts";
import type { Outcome } from "./rounds.ts";

/** A contender's row: measured, or absent. */
export type Standing = Measured | Absent;

/** A contender that was measured. */
export interface Measured extends Pick<Contender, "name" | "owner"> {
  /** Milliseconds a step: the median over the rounds. */
  readonly milliseconds: number;
  /** Milliseconds a step in each round. */
  readonly rounds: readonly number[];
  /** 10⁹ floating-point operations a second. */
  readonly gflops: number;
  /** The most memory of its processes, in MiB: the median over the rounds. */
  readonly peak: number;
  /** Its time divided by PyTorch's on as many cores; left out where that is absent. */
  readonly ratio?: number;
  /** What it ran on. */
  readonly note?: string;
}

/** A contender that could not be measured here. */
export interface Absent extends Pick<Contender, "name" | "owner"> {
  /** Why. */
  readonly absent: string;
}

/** The rows of the table, in the contenders' order; `flop` is what one step needs. */
export function standings(
  contenders: readonly Pick<Contender, "name" | "owner" | "peer">[],
  outcomes: readonly Outcome<Sample>[],
  { flop }: { readonly flop: number },
): Standing[] {
  const times = new Map(
    outcomes.flatMap((outcome, i): [string, number][] =>
      "absent" in outcome ? [] : [[contenders[i].name, medianOf(outcome.samples, "milliseconds")]]
    ),
  );
  return outcomes.map((outcome, i) => {
    const { name, owner, peer } = contenders[i];
    if ("absent" in outcome) return { name, owner, absent: outcome.absent };
    const milliseconds = times.get(name)!;
    const peerTime = times.get(peer);
    const { note } = outcome.samples[0];
    return {
      name,
      owner,
      milliseconds,
      rounds: outcome.samples.map((sample) => sample.milliseconds),
      gflops: flop / milliseconds / 1e6,
      peak: medianOf(outcome.samples, "peak"),
      ...(peerTime !== undefined && { ratio: milliseconds / peerTime }),
      ...(note !== undefined && { note }),
    };
  });
}

function medianOf(samples: readonly Sample[], name: "milliseconds" | "peak"): number {
  return median(samples.map((sample) => sample[name]));
}
