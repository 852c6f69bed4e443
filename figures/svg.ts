/**
 * Standalone SVG: Plot draws into a document of its own, and the file around it is written here.
 *
 * Browsers, Inkscape and librsvg draw the result alike, and the same input gives the same bytes:
 * plain attributes in place of style sheets, rounded coordinates, no ids.
 *
 * @module
 */

import { DOMParser } from "linkedom";
import { escapedJson, stripControlCharacters } from "./format.ts";
import { drawLayer, type Layer } from "./layer.ts";
import { colors, fonts, sizes, width } from "./theme.ts";

const namespace = "http://www.w3.org/2000/svg";

/** What a figure says about itself in addition to its picture. */
export interface Sheet {
  /** Height in pixels; the width is the theme's. */
  readonly height: number;
  /** What the figure is, in a few words, for readers who cannot see it. */
  readonly title: string;
  /** What it shows, in a sentence or two. */
  readonly description: string;
  /** Its name, that of its file without the ending; kept in the file with its provenance. */
  readonly name: string;
  /** Where its numbers come from; kept in the file as JSON. */
  readonly provenance: object;
}

/**
 * Draws layers on one sheet and writes it as an SVG file's text.
 *
 * The sheet is white, not transparent: figures are read on dark pages too, where black lines vanish.
 */
export function writeSvg(layers: readonly Layer[], sheet: Sheet): string {
  // linkedom's types are its own; Plot wants the browser's.
  const document = new DOMParser()
    .parseFromString(`<svg xmlns="${namespace}"/>`, "image/svg+xml") as unknown as Document;
  const root = document.documentElement;
  const { height } = sheet;
  setAttributes(root, { role: "img", width, height, viewBox: `0 0 ${width} ${height}` });
  setAttributes(root, { "font-family": fonts.serif, "font-size": sizes.tick });
  setAttributes(root, { fill: colors.ink, "text-anchor": "middle" });
  for (const [name, text] of about(sheet)) root.append(element(document, name, {}, text));
  root.append(element(document, "rect", { width, height, fill: colors.paper }));
  for (const layer of layers) root.append(drawLayer(layer, document));
  return `<?xml version="1.0" encoding="utf-8"?>\n${breakLines(root.outerHTML)}\n`;
}

/** Names and texts of the elements that describe the sheet; a renderer wants the title first. */
function about({ name, title, description, provenance }: Sheet): [name: string, text: string][] {
  return [
    ["title", title],
    ["desc", description],
    ["metadata", escapedJson({ figure: name, ...provenance })],
  ];
}

function element(
  document: Document,
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  text = "",
): Element {
  const created = document.createElementNS(namespace, name);
  setAttributes(created, attributes);
  created.textContent = stripControlCharacters(text);
  return created;
}

function setAttributes(
  element: Element,
  attributes: Readonly<Record<string, string | number>>,
): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, `${value}`);
}

/** Starts a line for each element, so that changes can be read; never within a text. */
function breakLines(xml: string): string {
  return xml.replace(/></g, ">\n<").replace(/\n(?=<\/?tspan|<\/text)/g, "");
}
