/**
 * What a run trains, as data: the article's numbers, and what the claims' experiments change of them.
 *
 * @module
 */

import type { DataSet } from "@residual/connection";
import type { Initialization } from "./initialization.ts";
import type { Activation } from "./layers.ts";
import type { OptimizerName } from "./optimizer.ts";
import type { Variant } from "./variants.ts";

/** One run. */
export interface Settings {
  /** Which question it belongs to. */
  readonly experiment: string;
  /** Which answer to it: what is not the same in all of the experiment's runs of one seed. */
  readonly case: string;
  /** The article's network, or a stack of blocks under and over the same kinds of layers. */
  readonly network: "article" | "stack";
  /** With a residual connection around each block, with one that is scaled by `a`, or without. */
  readonly variant: Variant;
  /** Blocks, of two convolutions each. */
  readonly depth: number;
  /** Of the starting weights; a whole number of at least 0. */
  readonly seed: number;
  /** Batches to train on, at most one epoch. */
  readonly steps: number;
  /** Images in a batch. */
  readonly batch: number;
  /** How the starting weights are drawn. */
  readonly initialization: Initialization;
  /** After the block's convolutions. */
  readonly activation: Activation;
  /** What updates the weights. */
  readonly optimizer: OptimizerName;
  /** @default the optimizer's own, in `optimizer.ts` */
  readonly learning_rate?: number;
  /** Layers that keep their starting weights: none, or those below the article's block. */
  readonly frozen: "none" | "b1";
  /** What is measured in addition to loss and gradient norms, at some of the steps. */
  readonly diagnostics: "none" | "gradients" | "layers";
  /** Whether the test set is classified after training. */
  readonly test: boolean;
}

/** Images in a batch of the article's. */
export const BATCH = 32;

/** Steps in one epoch of MNIST's 60,000 images in such batches. */
export const EPOCH = 1875;

/** The run that draws the article's figure. */
export const ARTICLE: Settings = {
  experiment: "article",
  case: "residual",
  network: "article",
  variant: "residual",
  depth: 1,
  seed: 0,
  steps: EPOCH,
  batch: BATCH,
  initialization: "PyTorch default",
  activation: "relu",
  optimizer: "Adam",
  frozen: "none",
  diagnostics: "none",
  test: true,
};

/** Steps in one epoch of a data set; the last may have fewer images than a batch. */
export function epochOf({ train }: Pick<DataSet, "train">, batch: number = BATCH): number {
  return Math.ceil(train.count / batch);
}
