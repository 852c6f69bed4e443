/**
 * One plot on a sheet, drawn into any document: a file's, or a page's own.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import { makePlain } from "./plain.ts";
import { width } from "./theme.ts";

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
  makePlain(group);
  return group;
}
