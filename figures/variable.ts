/// <reference lib="dom" />
/**
 * Variables in a figure's text: x_res is set as the article sets it, an italic x with a subscript.
 *
 * @module
 */

import type { RenderFunction } from "@observablehq/plot";
import { fonts } from "./theme.ts";

/**
 * Sets the variable at the end of each text of a mark: of `x_res` the letter in italics, then the
 * subscript upright, smaller and lower. Plot's texts have no subscripts of their own; tspans shifted
 * by `dy` are what all renderers place alike. Used as the mark's `render` option.
 */
export function renderVariable(
  ...[index, scales, values, size, context, next]: RenderArguments
): SVGElement | null {
  const group = next?.(index, scales, values, size, context) ?? null;
  for (const text of group?.querySelectorAll("text") ?? []) setVariable(text);
  return group;
}

type RenderArguments = Parameters<RenderFunction>;

function setVariable(text: SVGTextElement): void {
  const found = text.textContent?.match(/^(.*)\b([a-z])_([a-z]+)$/);
  if (!found) return;
  const [, words, letter, subscript] = found;
  const sans = { "font-family": fonts.sans };
  text.textContent = words;
  text.append(
    span(text, letter, { ...sans, "font-style": "italic" }),
    span(text, subscript, { ...sans, "font-size": "0.72em", dy: "0.25em" }),
  );
}

function span(text: Element, content: string, attributes: Record<string, string>): Element {
  const created = text.ownerDocument.createElementNS(text.namespaceURI, "tspan");
  for (const name in attributes) created.setAttribute(name, attributes[name]);
  created.textContent = content;
  return created;
}
