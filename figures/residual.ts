/**
 * The article's first diagram: a residual connection.
 *
 * @module
 */

import { arrow, block, inPixels, label, line, operator, reach } from "./diagram.ts";
import { sharedProvenance } from "./provenance.ts";
import { writeSvg } from "./svg.ts";

/**
 * Draws y = block(x) + x: the input forks, one copy passes through the block, the other past it, and
 * a sum joins them.
 *
 * @returns An SVG file's text, the same every time
 */
export function residualDiagram(): string {
  const [height, middle, right] = [680, 276, 592];
  const [sum, top, bottom, fork] = [142, 218, 492, 574];
  const marks = [
    line([[middle, top], [middle, sum + reach]]),
    arrow([[middle, sum - reach], [middle, 16]]),
    arrow([[middle, fork], [right, fork], [right, sum], [middle + reach, sum]]),
    arrow([[middle, 664], [middle, bottom]]),
    block([middle - 206, top], [middle + 206, bottom]),
    operator([middle, sum], "+"),
    label([middle - 74, sum - 4], "y"),
    label([middle - 36, 640], "x"),
    label([right + 28, (sum + fork) / 2], "x"),
  ];
  return writeSvg([inPixels(marks, height)], {
    name: "residual",
    height,
    title: "Residual connection",
    description:
      "An arrow x enters a box, block(x): some computations. A second line leads from x " +
      "past the box to a plus sign above it, where it joins the box's output; y leaves upwards.",
    provenance: sharedProvenance([]),
  });
}
