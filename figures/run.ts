/**
 * The figure of any run: its loss and what else was measured, over the steps.
 *
 * @module
 */

import type { Column, RunRecord } from "../src/record/record.ts";
import { checkContents } from "../src/record/validate.ts";
import { checkObject } from "../src/validate.ts";
import { runCaption } from "./caption.ts";
import { figure } from "./chart.ts";
import { truncate } from "./format.ts";
import { provenance } from "./provenance.ts";
import { isMeasured } from "./experiment_columns.ts";
import { domainOf, type RunPanel, runPanels } from "./run_panels.ts";
import { colors, runStyle } from "./theme.ts";

const DRAW = "draw the run";

/** The colors of measures that have none of their own, in turn. */
const TURN = [colors.xRes, colors.xIn, colors.a] as const;

/** Colors of the columns that the article has too. */
const OWN: ReadonlyMap<string, string> = new Map([
  ["loss", colors.loss],
  ["x_res", colors.xRes],
  ["x_in", colors.xIn],
  ["a", colors.a],
]);

/**
 * Draws the columns of any record, whatever was trained: the loss, then each measure in a panel of its
 * own, each step faint and the mean of the last 20 steps in full color. A panel's axis starts at 0, or
 * ends there, unless the values lie close together far from it.
 *
 * The lines underneath say what the record says of its settings, its steps and its backend.
 *
 * @param record A run's record, or one that `sealRecord` made of numbers from elsewhere
 * @returns An SVG file's text, the same for the same record
 * @throws {TypeError} If it is no record: a section is missing, or a column is not of numbers
 * @throws {RangeError} If there is no step to draw, or a number is too large to be drawn
 */
export function runFigure(record: RunRecord): string {
  const columns = checkedColumns(record);
  const { step: steps, ...measures } = columns;
  const names = Object.keys(measures).sort((a, b) => Number(b === "loss") - Number(a === "loss"));
  const notes = runCaption(record);
  const titles = names.map((name) => truncate(name, 60));
  const others = names.filter((name) => !OWN.has(name));
  const panels = names.map((name, i): RunPanel => ({
    title: titles[i],
    color: OWN.get(name) ?? TURN[others.indexOf(name) % TURN.length],
    values: isMeasured(measures[name]) ? measures[name] : "not measured",
    domain: isMeasured(measures[name]) ? domainOf(measures[name]) : undefined,
  }));
  return figure({
    name: "run",
    title: "Loss and measures during training",
    description: `${notes.join(", ")}. Curves over the steps: ${titles.join(", ")}; each step ` +
      "faint, the mean of the last 20 in full color.",
    charts: runPanels(panels, { steps: steps as number[], label: "steps" }),
    notes,
    provenance: provenance(record),
    style: runStyle,
  });
}

/** The largest number that an axis has room for: further ones come near the end of all numbers. */
const LARGEST = 1e300;

function checkedColumns(record: RunRecord): Readonly<Record<string, Column>> {
  checkObject(record, { action: DRAW, name: "the record" });
  checkContents(record, DRAW);
  const { columns } = record;
  if (columns.step.length === 0) {
    throw new RangeError(`Cannot ${DRAW}: the record must have a step at least, got none`);
  }
  for (const [name, column] of Object.entries(columns)) {
    const row = column.findIndex((value) => Math.abs(value ?? 0) > LARGEST);
    if (row < 0) continue;
    throw new RangeError(
      `Cannot ${DRAW}: column ${
        truncate(name, 60)
      } must hold numbers from -${LARGEST} to ${LARGEST}, ` +
        `got ${column[row]} in row ${row}`,
    );
  }
  return columns;
}
