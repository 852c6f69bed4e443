/**
 * The article's second diagram: a residual connection that starts as the identity.
 *
 * @module
 */

import { arrow, block, inPixels, label, line, operator, reach } from "./diagram.ts";
import { sharedProvenance } from "./provenance.ts";
import { writeSvg } from "./svg.ts";
import { colors } from "./theme.ts";

/**
 * Draws y = a·block(x) + x: as the residual connection, with the block's output multiplied by a
 * learnable scalar a before the sum.
 *
 * @returns An SVG file's text, the same every time
 */
export function residualADiagram(): string {
  const [height, middle, right] = [792, 276, 592];
  const [sum, product, top, bottom, fork] = [142, 254, 330, 604, 686];
  const marks = [
    line([[middle, top], [middle, product + reach]]),
    line([[middle, product - reach], [middle, sum + reach]]),
    arrow([[middle, sum - reach], [middle, 16]]),
    arrow([[middle + 112, product], [middle + reach, product]]),
    arrow([[middle, fork], [right, fork], [right, sum], [middle + reach, sum]]),
    arrow([[middle, 776], [middle, bottom]]),
    block([middle - 206, top], [middle + 206, bottom]),
    operator([middle, sum], "+"),
    operator([middle, product], "×"),
    label([middle + 142, product - 3], "a", { fill: colors.a }),
    label([middle - 74, sum - 4], "y"),
    label([middle - 36, 752], "x"),
    label([right + 28, (sum + fork) / 2], "x"),
  ];
  return writeSvg([inPixels(marks, height)], {
    name: "residual-a",
    height,
    title: "Residual connection with a learnable scalar a",
    description: "An arrow x enters a box, block(x): some computations. Its output is multiplied " +
      "by a. A second line leads from x past the box to a plus sign, where it joins the product; y " +
      "leaves upwards.",
    provenance: sharedProvenance([]),
  });
}
