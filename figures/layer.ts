/**
 * One plot on a sheet, drawn into any document: a file's, or a page's own.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import { colors, width } from "./theme.ts";

/** One plot on a sheet. */
export interface Layer {
  /** Distance of the plot's top from the sheet's, in pixels. */
  readonly top: number;
  /** What Plot draws; document and width are the sheet's. */
  readonly plot: Plot.PlotOptions;
}

/** One layer's marks in a group; Plot's own root is left behind with its style sheet. */
export function drawLayer({ top, plot }: Layer, document: Document): Element {
  const drawn = Plot.plot({ ...plot, document, width });
  const group = document.createElementNS("http://www.w3.org/2000/svg", "g");
  group.setAttribute("transform", `translate(0,${top})`);
  group.append(...[...drawn.children].filter(({ localName }) => localName !== "style"));
  normalizeSvg(group);
  return group;
}

/** Attributes made of coordinates; all others, such as texts and opacities, are left alone. */
const geometry = new Set("d transform x y x1 y1 x2 y2 width height cx cy r".split(" "));

/**
 * Changes what Plot drew into attributes that every SVG renderer knows, in the same bytes every time:
 * `currentColor` becomes the ink, since only a page with a style sheet gives it a meaning; classes,
 * which would refer to that sheet, go; coordinates are rounded to hundredths of a pixel.
 */
function normalizeSvg(element: Element): void {
  for (const { name, value } of [...element.attributes]) {
    if (name === "class") element.removeAttribute(name);
    else if (value === "currentColor") element.setAttribute(name, colors.ink);
    else if (geometry.has(name)) element.setAttribute(name, roundNumbers(value));
  }
  for (const child of element.children) normalizeSvg(child);
}

/** Rounds every number in the text to two decimals; units and commands stay. */
function roundNumbers(text: string): string {
  return text.replace(/-?\d*\.?\d+(?:e[-+]?\d+)?/g, (number) => {
    return String(Math.round(Number(number) * 100) / 100);
  });
}
