/**
 * Drawing a figure again from its records.
 *
 * @module
 */

import type { RunRecord } from "@residual/connection";
import { diagrams, evidence, plots } from "../../figures/mod.ts";
import { BESIDE } from "../claims/beside.ts";
import { titleOf } from "./figure_file.ts";

/** A figure drawn again. */
export interface Redrawn {
  /** Its name, that of its file without the ending. */
  readonly name: string;
  /** Its file's text. */
  readonly svg: string;
}

type Draw = readonly [name: string, draw: () => string];

/** The figure of this title that these records draw; nothing if there is none. */
export function redraw(title: string, records: readonly RunRecord[]): Redrawn | undefined {
  for (const [name, draw] of drawings(records)) {
    const svg = drawn(draw);
    if (svg !== undefined && titleOf(svg) === title) return { name, svg };
  }
}

/** What can be drawn from so many records. */
function drawings(records: readonly RunRecord[]): Draw[] {
  const [first] = records;
  if (first === undefined) return Object.entries(diagrams);
  return [
    ...(records.length === 1 ? Object.entries(plots) : [])
      .map(([name, draw]): Draw => [name, () => draw(first)]),
    ...Object.entries(evidence).map(([name, draw]): Draw => [name, () => draw(records, BESIDE)]),
  ];
}

/** The drawing; nothing where the records are those of another figure, which it refuses. */
function drawn(draw: () => string): string | undefined {
  try {
    return draw();
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}
