/**
 * Variables in a figure's text: x_res is set as the article sets it, an italic x with a subscript.
 *
 * @module
 */

import type { RenderFunction } from "@observablehq/plot";
import { fonts } from "./theme.ts";

/**
 * Sets the variables in each text of a mark: of `x_res` the letter in italics, then the subscript
 * upright, smaller and lower. Plot's texts have no subscripts of their own; tspans shifted
 * by `dy` are what all renderers place alike. Used as the mark's `render` option.
 */
export function mathText(
  ...[index, scales, values, size, context, next]: RenderArguments
): SVGElement | null {
  const group = next?.(index, scales, values, size, context) ?? null;
  for (const text of group?.querySelectorAll("text") ?? []) setVariables(text);
  return group;
}

type RenderArguments = Parameters<RenderFunction>;

function setVariables(text: SVGTextElement): void {
  const parts = (text.textContent ?? "").split(/\b([a-z]_[a-z]+)\b/); // words, variable, words …
  if (parts.length === 1 || text.children.length > 0) return;
  const sans = { "font-family": fonts.sans };
  text.textContent = parts[0];
  parts.slice(1).forEach((part, i) => {
    if (i % 2 === 1) {
      if (part === "") return;
      // Spaces stand beside the span, since librsvg trims what is within one.
      const [, before, words, after] = part.match(/^(\s*)(.*?)(\s*)$/s)!;
      text.append(before, span(text, words, { dy: "-0.18em" }), after); // up again: 0.72 of 0.25
      return;
    }
    const [letter, subscript] = part.split("_");
    text.append(
      span(text, letter, { ...sans, "font-style": "italic" }),
      span(text, subscript, { ...sans, "font-size": "0.72em", dy: "0.25em" }),
    );
  });
}

function span(text: Element, content: string, attributes: Record<string, string>): Element {
  const created = text.ownerDocument.createElementNS(text.namespaceURI, "tspan");
  for (const name in attributes) created.setAttribute(name, attributes[name]);
  created.textContent = content;
  return created;
}
