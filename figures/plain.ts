/**
 * What Plot draws, in attributes that every SVG renderer knows and in the same bytes every time.
 *
 * @module
 */

import { colours } from "./theme.ts";

/** Attributes made of coordinates; all others, such as texts and opacities, are left alone. */
const geometry = new Set("d transform x y x1 y1 x2 y2 width height cx cy r".split(" "));

/**
 * Changes an element and all inside it: `currentColor` becomes the ink, since only a page with a
 * style sheet gives it a meaning; classes, which would refer to that sheet, go; coordinates are
 * rounded to hundredths of a pixel.
 */
export function makePlain(element: Element): void {
  for (const { name, value } of [...element.attributes]) {
    if (name === "class") element.removeAttribute(name);
    else if (value === "currentColor") element.setAttribute(name, colours.ink);
    else if (geometry.has(name)) element.setAttribute(name, roundNumbers(value));
  }
  for (const child of element.children) makePlain(child);
}

/** Rounds every number in the text to two decimals; units and commands stay. */
function roundNumbers(text: string): string {
  return text.replace(/-?\d*\.?\d+(?:e[-+]?\d+)?/g, (number) => {
    return String(Math.round(Number(number) * 100) / 100);
  });
}
