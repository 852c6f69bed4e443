/**
 * The settings of a run, as data: the article's, and those that the claims' experiments change.
 *
 * @module
 */

import type { DataSet } from "@residual/connection";
import type { Initialization } from "./initialization.ts";
import type { Activation } from "./layers.ts";
import type { OptimizerName } from "./optimizer.ts";

/** The networks that the explanation calls for: with a residual connection, with `a`, without. */
export const VARIANTS = ["residual", "residual-a", "plain"] as const;

/** One of {@linkcode VARIANTS}. */
export type Variant = (typeof VARIANTS)[number];

/** One run. */
export interface Settings {
  /** Which question it belongs to. */
  readonly experiment: string;
  /** Which of the experiment's cases, which differ in their settings. */
  readonly case: string;
  /** The article's network, or a stack of blocks between the same kinds of layers. */
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
  /**
   * The copy of the block's input through which no gradient goes on to the layers below, as PyTorch's
   * `detach()` has it. @default neither
   */
  readonly detached?: "x_in" | "x_res";
  /** The seed of the order of the training images, from 1. @default the order of MNIST's file */
  readonly order?: number;
  /** What is measured at some of the steps, in addition to loss and gradient norms. */
  readonly diagnostics: "none" | "gradients" | "layers" | "noise" | "flow";
  /** Whether the test set is classified after training. */
  readonly test: boolean;
}

/** Images in a batch of the article. */
export const BATCH = 32;

/** Steps in one epoch of MNIST's 60,000 images in such batches. */
export const EPOCH = 1875;

/** The run that the article's figure is drawn from. */
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
