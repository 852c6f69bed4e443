/**
 * The pieces that both diagrams are drawn with: lines, arrows, operators, labels.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import { colors, sizes, strokes } from "./theme.ts";
import type { Layer } from "./layer.ts";

/** A place on the sheet in pixels, from its top left corner: x to the right, y down. */
export type Point = readonly [x: number, y: number];

const stroke = {
  stroke: colors.ink,
  strokeWidth: strokes.diagram,
  strokeLinejoin: "miter",
  strokeMiterlimit: 4,
  strokeLinecap: "butt",
} as const;

/** Length of an arrowhead along its line, and its width across, in pixels. */
const head = { length: 20, width: 20 } as const;

/** Half the diagonal of an operator's diamond, in pixels. */
export const reach = 36;

/** A line through places, with sharp corners. */
export function line(places: readonly Point[]): Plot.RenderableMark {
  return Plot.line(places as Point[], stroke);
}

/** A line through places with a solid head whose tip is the last of them. */
export function arrow(places: readonly Point[]): Plot.Markish {
  const [tip, before] = [places[places.length - 1], places[places.length - 2]];
  const [dx, dy] = [tip[0] - before[0], tip[1] - before[1]];
  const distance = Math.hypot(dx, dy);
  // The line ends inside the head: it would blunt the tip otherwise.
  const inside = distance - head.length / 2;
  const end: Point = [before[0] + dx / distance * inside, before[1] + dy / distance * inside];
  const rotate = Math.atan2(dx, -dy) * 180 / Math.PI;
  return [line([...places.slice(0, -1), end]), arrowhead(tip, rotate)];
}

/** A solid triangle, its tip at a place, pointing up if not rotated. */
function arrowhead(tip: Point, rotate: number): Plot.RenderableMark {
  return Plot.vector([tip], {
    rotate,
    length: head.length,
    anchor: "end",
    fill: colors.ink,
    stroke: "none",
    shape: {
      draw(path, length) {
        path.moveTo(-head.width / 2, 0);
        path.lineTo(0, -length);
        path.lineTo(head.width / 2, 0);
        path.closePath();
      },
    },
  });
}

/** A diamond with + or × in it, drawn as strokes: glyphs sit differently in every typeface. */
export function operator([x, y]: Point, sign: "+" | "×"): Plot.Markish {
  const corners: Point[] = [[x, y - reach], [x + reach, y], [x, y + reach], [x - reach, y]];
  const arms: Point[] = sign === "+" ? [[0, 9], [9, 0]] : [[6.5, 6.5], [6.5, -6.5]];
  return [
    Plot.line(corners, { ...stroke, curve: "linear-closed", fill: colors.paper }),
    ...arms.map(([dx, dy]) =>
      Plot.line([[x - dx, y - dy], [x + dx, y + dy]], { ...stroke, strokeWidth: 2.5 })
    ),
  ];
}

/** The block: a box that says what it computes, in pixels from corner to corner. */
export function block([x1, y1]: Point, [x2, y2]: Point): Plot.Markish {
  const lines = [["block(x):", colors.ink], ["some", colors.muted], [
    "computations",
    colors.muted,
  ]];
  const [x, y, leading] = [(x1 + x2) / 2, (y1 + y2) / 2, sizes.diagram * 1.2];
  return [
    Plot.rect([0], { x1, y1, x2, y2, ...stroke, fill: "none" }),
    lines.map(([text, fill], i) => label([x, y + (i - 1) * leading], text, { fill })),
  ];
}

/** A word, centered at a place. */
export function label(
  place: Point,
  text: string,
  { fill = colors.ink }: { readonly fill?: string } = {},
): Plot.RenderableMark {
  return Plot.text([place], { text: [text], fill, fontSize: sizes.diagram });
}

/** Marks placed in the sheet's own pixels. */
export function inPixels(marks: Plot.Markish[], height: number): Layer {
  const identity = { type: "identity", axis: null } as const;
  return { top: 0, plot: { height, margin: 0, x: identity, y: identity, marks } };
}
