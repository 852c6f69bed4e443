/**
 * What the page fetches from its own folder, as the build writes it.
 *
 * @module
 */

import type { OptimizerName } from "../../experiments/article/optimizer.ts";
import type { Decided } from "../../experiments/claims/mod.ts";

/** A part of the data: so many images in file order, their labels, then their pixels. */
export interface PartFile {
  /** Its address in the page's folder. */
  readonly path: string;
  /** Bytes to load: the file is gzipped. */
  readonly size: number;
  /** SHA-256 of the unpacked bytes, in hexadecimal. */
  readonly sha256: string;
  /** Images in it. */
  readonly count: number;
}

/** MNIST in parts, and what a run's record says of its origin. */
export interface Manifest {
  /** The data set's name. */
  readonly name: string;
  /** Its checksum, as the records have it. */
  readonly checksum: string;
  readonly height: number;
  readonly width: number;
  /** The training set, in file order. */
  readonly train: readonly PartFile[];
  /** The test set. */
  readonly test: readonly PartFile[];
}

/** The committed runs of one case: mean, least and greatest of the last 20 steps' mean. */
export interface SeedsOfCase {
  /** The settings that the runs share and the page can choose. */
  readonly configuration: Readonly<Record<string, string | number>>;
  readonly seeds: number;
  readonly steps: readonly number[];
  readonly columns: Readonly<Record<string, BandColumn>>;
}

/** One number for each of the steps. */
export interface BandColumn {
  readonly mean: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** What can be laid under a run. */
export interface Overlays {
  /** The published figure's curves, one value a step. */
  readonly published: Readonly<Record<"loss" | "x_res" | "x_in", readonly number[]>>;
  readonly seeds: readonly SeedsOfCase[];
  /** Each optimizer's own learning rate. */
  readonly rates: Readonly<Record<OptimizerName, number>>;
}

/** A claim with its parts, decided. */
export interface DecidedClaim {
  readonly id: string;
  readonly title: string;
  readonly parts: readonly DecidedPart[];
}

/** A part of a claim in words. */
export interface DecidedPart extends Pick<Decided, "states" | "verdict"> {
  /** The effect with its interval. */
  readonly measured: string;
  /** Where it lies if the statement holds. */
  readonly holds: string;
}
