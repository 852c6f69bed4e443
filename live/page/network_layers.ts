/**
 * The network's layers in ink, from the images at the bottom to the loss at the top.
 *
 * @module
 */

import type { Configuration } from "../shared/configuration.ts";
import { arrow, box, line, type Point, text } from "./pieces.ts";

/** The middle of everything but the way around the block. */
export const MIDDLE = 112;

/** Heights in the drawing. */
export const HEIGHTS = {
  loss: 20,
  classifier: 62,
  pool2: 104,
  more: 146,
  sum: 196,
  product: 246,
  block: 310,
  fork: 424,
  pool1: 470,
  below: 532,
  images: 590,
} as const;

/** Half the height of a box of one line, and of three. */
const [ONE, THREE] = [13, 29];

/** Where the lowest block begins and ends. */
export const BLOCK = { top: HEIGHTS.block - THREE, bottom: HEIGHTS.block + THREE } as const;

/** Everything that there is with any connection. */
export function networkLayers({ variant, depth }: Configuration): SVGElement[] {
  const { loss, classifier, pool2, sum, block, fork, pool1, below, images } = HEIGHTS;
  const under = depth === 1 ? ["conv 3×3, 16", "conv 3×3, 16", "conv 1×1, 64"] : ["conv 3×3, 16"];
  const half = depth === 1 ? THREE : ONE;
  const joined = variant === "plain" ? BLOCK.top : sum;
  return [
    text(at(images), "images 32×32×3", "middle"),
    up(images - 12, below + half),
    box(at(below), under),
    up(below - half, pool1 + ONE),
    box(at(pool1), ["max pool 4×4"]),
    line([at(pool1 - ONE), at(fork)], "ink"),
    text([MIDDLE - 14, fork + 18], "x", "variable end"),
    box(at(block), blockLines(depth), "block"),
    line([at(BLOCK.top), at(joined)], "ink"),
    ...depth === 1 ? [up(joined, pool2 + ONE)] : others(joined, depth - 1),
    box(at(pool2), ["max pool 4×4"]),
    up(pool2 - ONE, classifier + ONE),
    box(at(classifier), ["linear, 10 digits"]),
    up(classifier - ONE, loss + 8),
    text(at(loss), "loss", "middle"),
  ];
}

/** The blocks over the lowest. */
function others(from: number, count: number): SVGElement[] {
  const { more, pool2 } = HEIGHTS;
  const words = count === 1 ? "1 more block" : `${count} more blocks`;
  return [up(from, more + ONE), box(at(more), [words]), up(more - ONE, pool2 + ONE)];
}

function blockLines(depth: number): string[] {
  const layer = `conv 3×3, ${depth === 1 ? 64 : 16}`;
  return [depth === 1 ? "block" : "first block", layer, layer];
}

function at(y: number): Point {
  return [MIDDLE, y];
}

function up(from: number, to: number): SVGElement {
  return arrow([at(from), at(to)], "ink");
}
