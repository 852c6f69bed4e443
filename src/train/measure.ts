/**
 * Measures: which statistic of which probe's gradient becomes which column of the run record.
 *
 * @module
 */

import { keep, type LayersModel, type Scalar, tidy } from "@tensorflow/tfjs";
import { findProbes } from "../probe/find_probes.ts";
import { norm } from "../probe/norm.ts";
import type { Probe } from "../probe/probe.ts";
import type { Statistic } from "../probe/statistic.ts";

/** One column of the run record: a statistic of the gradient at one probe. */
export interface Measure {
  /** The name of the probe, anywhere in the model. */
  readonly probe: string;
  /** A number about the gradient. @default norm */
  readonly statistic?: Statistic;
}

/** Measures by the names of their columns. */
export type Measures = Readonly<Record<string, Measure>>;

/** The gradient norm at every probe of the model, each under the probe's own name. */
export function normsOfAllProbes(model: LayersModel): Measures {
  return Object.fromEntries([...findProbes(model).keys()].map((probe) => [probe, { probe }]));
}

/** Listens to the probes of a model for one backward pass at a time. */
export class Listener {
  readonly #columns: readonly string[];
  readonly #stops: readonly (() => void)[];
  #heard: Map<string, Scalar> | undefined;

  /** @throws {RangeError} If a measure names a probe that the model does not have. */
  constructor(model: LayersModel, measures: Measures) {
    const probes = findProbes(model);
    for (const [column, { probe }] of Object.entries(measures)) {
      if (!probes.has(probe)) throw new RangeError(missing(column, probe, [...probes.keys()]));
    }
    this.#columns = Object.keys(measures);
    this.#stops = Object.entries(measures).map(([column, measure]) =>
      this.#subscribe(column, measure, probes.get(measure.probe)!)
    );
  }

  #subscribe(column: string, { probe, statistic = norm }: Measure, at: Probe): () => void {
    return at.observe((gradient) => {
      if (this.#heard === undefined) return;
      if (this.#heard.has(column)) {
        throw new RangeError(
          `Cannot measure ${column}: the probe ${probe} saw more than one gradient in one step`,
        );
      }
      const value = tidy(() => statistic(gradient));
      if (value.size !== 1) {
        throw new RangeError(
          `Cannot record ${column}: a statistic must give one number, got shape [${value.shape}]`,
        );
      }
      this.#heard.set(column, keep(value.asScalar()));
    });
  }

  /**
   * Runs one backward pass and gives what the probes measured in it; nothing is measured if
   * `listening` is false.
   *
   * @throws {RangeError} If no gradient reached a probe.
   */
  during<T>(backward: () => T, listening: boolean): [T, Record<string, Scalar | null>] {
    this.#heard = listening ? new Map() : undefined;
    const result = backward();
    const measured = this.#columns.map((column) => {
      const scalar = this.#heard?.get(column) ?? null;
      if (listening && scalar === null) {
        throw new RangeError(
          `Cannot measure ${column}: no gradient flows from the loss to its probe`,
        );
      }
      return [column, scalar] as const;
    });
    this.#heard = undefined;
    return [result, Object.fromEntries(measured)];
  }

  /** Leaves the probes. */
  stop(): void {
    this.#stops.forEach((stop) => stop());
  }
}

function missing(column: string, probe: string, known: readonly string[]): string {
  return `Cannot measure ${column}: the model has no probe named ${probe}, ` +
    (known.length ? `only ${known.join(", ")}` : "nor any other");
}
