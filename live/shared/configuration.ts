/**
 * What a reader can choose on the page, and what each choice may be.
 *
 * @module
 */

import type { BackendChoice } from "@residual/connection";
import type { Initialization } from "../../experiments/article/initialization.ts";
import type { OptimizerName } from "../../experiments/article/optimizer.ts";
import { ARTICLE, type Variant, VARIANTS } from "../../experiments/article/settings.ts";

/** One run, as the page's form and its address have it. */
export interface Configuration {
  readonly variant: Variant;
  /** Blocks; one is the article's network, more are a stack. */
  readonly depth: number;
  readonly initialization: Initialization;
  readonly optimizer: OptimizerName;
  /** Above 0; absent, the optimizer's own. */
  readonly learning_rate?: number;
  /** Images in a batch. */
  readonly batch: number;
  readonly seed: number;
  readonly backend: Exclude<BackendChoice, "cpu">;
}

/** A choice that is made among a few values. */
export type ListedChoice = Exclude<keyof Configuration, "seed">;

/** The values of each choice in the order in which they are offered. */
export const OFFERED: {
  readonly [Name in ListedChoice]: readonly NonNullable<Configuration[Name]>[];
} = {
  variant: VARIANTS,
  depth: [1, 2, 4, 8, 16],
  initialization: ["PyTorch default", "Glorot uniform", "He normal", "orthogonal"],
  optimizer: ["Adam", "SGD"],
  learning_rate: [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3],
  batch: [16, 32, 64, 128],
  backend: ["auto", "webgpu", "wasm"],
};

/** The greatest seed. */
export const LAST_SEED: number = 2 ** 31 - 1;

/** The names of all choices, in the order in which an address has them. */
export const NAMES = [...Object.keys(OFFERED), "seed"] as readonly (keyof Configuration)[];

const { variant, depth, initialization, optimizer, batch, seed } = ARTICLE;

/** What the article trains. */
export const ARTICLES: Configuration = {
  variant,
  depth,
  initialization,
  optimizer,
  batch,
  seed,
  backend: "auto",
};

/** The choices in which a second run may differ: those of the same seed on the same backend. */
export const COMPARED = [
  "variant",
  "depth",
  "initialization",
  "optimizer",
  "learning_rate",
  "batch",
] as const;

/** The one choice in which a second run differs from the first. */
export type Other = {
  readonly [Name in (typeof COMPARED)[number]]: {
    readonly choice: Name;
    readonly value: NonNullable<Configuration[Name]>;
  };
}[(typeof COMPARED)[number]];

/** What is drawn below the runs. */
export const UNDERLAYS = ["published", "seeds"] as const;

/** The curves of the published figure, or the band of the committed runs. */
export type Underlay = (typeof UNDERLAYS)[number];

/** All that a link says. */
export interface Page {
  readonly first: Configuration;
  /** How a second run, laid over the first, differs from it. */
  readonly other?: Other;
  readonly under: readonly Underlay[];
}

/** The page without anything chosen. */
export const DEFAULT_PAGE: Page = { first: ARTICLES, under: [] };

/** The first run and the second, if there is one. */
export function configurationsOf({ first, other }: Page): Configuration[] {
  return other === undefined ? [first] : [first, changed(first, other)];
}

/** A configuration with one choice made otherwise; another optimizer comes with its own rate. */
export function changed(first: Configuration, { choice, value }: Other): Configuration {
  const { learning_rate: _, ...rest } = first;
  return choice === "optimizer" ? { ...rest, optimizer: value } : { ...first, [choice]: value };
}

/** Why a second run cannot be laid over the first; nothing if it can. */
export function problemOfOther(first: Configuration, other: Other): string | undefined {
  if (first[other.choice] !== other.value) return problemOf(changed(first, other));
  return `Cannot compare a run with itself: the second must differ from the first, ` +
    `got ${other.choice} ${other.value} for both`;
}

/** Why there is no such network; nothing if there is. */
export function problemOf({ variant, depth }: Configuration): string | undefined {
  if (variant !== "residual-a" || depth === 1) return undefined;
  return "Cannot stack blocks that are scaled by a: with a, depth must be 1, " +
    `got ${depth}`;
}
