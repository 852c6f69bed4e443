/**
 * From the samples of each round to a result for each contender.
 *
 * @module
 */

import { median } from "d3-array";
import type { Contender } from "./contenders.ts";
import type { Outcome } from "./rounds.ts";
import type { Sample } from "./train_worker.ts";

/** A contender that was measured, or is absent. */
export type ContenderResult = Measured | Absent;

/** A contender that was measured. */
export interface Measured extends Pick<Contender, "name" | "owner"> {
  /** Milliseconds a step: the median over the rounds. */
  readonly milliseconds: number;
  /** Milliseconds a step in each round. */
  readonly rounds: readonly number[];
  /** 10⁹ floating-point operations a second. */
  readonly gflops: number;
  /** 10⁹ operations a second that wasm can do on one core, in the same minutes: the median over the rounds. */
  readonly limit: number;
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

/** The results in the contenders' order; `flop` is what one step needs. */
export function contenderResults(
  contenders: readonly Pick<Contender, "name" | "owner" | "peer">[],
  outcomes: readonly Outcome<Sample>[],
  { flop }: { readonly flop: number },
): ContenderResult[] {
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
      limit: medianOf(outcome.samples, "limit"),
      peak: medianOf(outcome.samples, "peak"),
      ...(peerTime !== undefined && { ratio: milliseconds / peerTime }),
      ...(note !== undefined && { note }),
    };
  });
}

function medianOf(samples: readonly Sample[], name: "limit" | "milliseconds" | "peak"): number {
  return median(samples.map((sample) => sample[name]));
}
