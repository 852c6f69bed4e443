/**
 * Panels below each other over the steps of one run, a measure in each.
 *
 * @module
 */

import { extent } from "d3-array";
import type { Column } from "../src/record/record.ts";
import { type FigureChart, frameText } from "./chart.ts";
import { curve } from "./marks.ts";
import { colors, sizes } from "./theme.ts";

/** A measure and how it is shown. */
export interface RunPanel {
  readonly title: string;
  readonly color: string;
  /** Its values, one a step; a text in their place says why there are none. */
  readonly values: Column | string;
  /** The ends of the y axis. @default an axis without ticks */
  readonly domain?: readonly [from: number, to: number];
}

/**
 * The charts of a figure, from the topmost panel down; the lowest has the numbers of the x axis and its
 * label.
 */
export function runPanels(
  panels: readonly RunPanel[],
  { steps, label }: { readonly steps: readonly number[]; readonly label: string },
): FigureChart[] {
  // One step alone would leave the axis without extent.
  const x = { domain: [0, Math.max(1, steps[steps.length - 1])], count: 9, smallest: 1 } as const;
  return panels.map(({ title, color, values, domain }, i) => ({
    title,
    height: 118,
    x: i < panels.length - 1 ? { ...x, numbered: false } : { ...x, label },
    y: domain === undefined ? { domain: [0, 1], names: [] } : { domain, count: stepsTo0(domain) },
    marks: [typeof values === "string" ? textInFrame(values) : curve(steps, values, color)],
  }));
}

function textInFrame(text: string) {
  return frameText(text, { frameAnchor: "middle", fontSize: sizes.label, fill: colors.muted });
}

/** How many steps from 0 to the end of an axis, of which it shows three. */
function stepsTo0([from, to]: readonly [from: number, to: number]): number {
  const shown = from <= 0 && to >= 0 ? Math.max(-from, to) : to - from;
  return 3 * Math.max(Math.abs(from), Math.abs(to)) / shown;
}

/** An axis from 0 that has room for all of the values, also for those below 0. */
export function domainFrom0(values: Column): [from: number, to: number] {
  const [low, high] = endsOf(values);
  const [from, to] = [Math.min(0, low), Math.max(0, high)];
  return to - from < SMALLEST ? [0, 1] : [1.05 * from, 1.05 * to];
}

/** Zeros alone, and what is next to none, would leave the axis without extent. */
const SMALLEST = 1e-300;

/** An axis that has room for all of the values, and 0 on it unless they lie close together far from it. */
export function domainOf(values: Column): [from: number, to: number] {
  const [low, high] = endsOf(values);
  const magnitude = Math.max(Math.abs(low), Math.abs(high));
  if (high - low >= magnitude / 5) return domainFrom0(values);
  const margin = Math.max((high - low) / 20, magnitude / 100);
  return [low - margin, high + margin];
}

function endsOf(values: Column): [low: number, high: number] {
  const [low = 0, high = 0] = extent(values.filter((value) => value !== null));
  return [low, high];
}
