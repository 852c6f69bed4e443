/**
 * The pieces that the network is drawn with: lines, arrows, boxes, operators, texts.
 *
 * @module
 */

import { svg } from "./dom.ts";

/** A place in the drawing, in pixels from its top left corner. */
export type Point = readonly [x: number, y: number];

/** A line through places. */
export function line(places: readonly Point[], kind: string): SVGElement {
  return svg("path", { class: `line ${kind}`, d: path(places) });
}

/** A line with a head whose tip is its last place. */
export function arrow(places: readonly Point[], kind: string): SVGElement {
  const [[x, y], [beforeX, beforeY]] = [places.at(-1)!, places.at(-2)!];
  const angle = Math.atan2(x - beforeX, beforeY - y) * 180 / Math.PI;
  return svg("g", {}, [
    line(places, kind),
    svg("path", {
      class: `head ${kind}`,
      d: "M0,0 L-5,10 L5,10 Z",
      transform: `translate(${x},${y}) rotate(${angle})`,
    }),
  ]);
}

/** A band along places, without width at first. */
export function band(places: readonly Point[], kind: string): SVGElement {
  return svg("path", { class: `band ${kind}`, d: path(places), "stroke-width": 0 });
}

function path(places: readonly Point[]): string {
  return `M${places.join(" L")}`;
}

/** A box around a place, as high as its lines; the first of a block is its name. */
export function box([x, y]: Point, lines: readonly string[], kind = ""): SVGElement {
  const [width, leading, padding] = [144, 16, 10];
  const height = leading * lines.length + padding;
  const first = y - leading * (lines.length - 1) / 2;
  return svg("g", {}, [
    svg("rect", {
      class: `box ${kind}`,
      x: x - width / 2,
      y: y - height / 2,
      width,
      height,
      rx: 3,
    }),
    ...lines.map((words, i) =>
      text([x, first + i * leading], words, i === 0 ? `middle ${kind}` : "middle")
    ),
  ]);
}

/** A diamond with a sign in it, drawn as strokes: glyphs sit differently in every typeface. */
export function operator([x, y]: Point, sign: "+" | "×"): SVGElement {
  const turn = sign === "+" ? 0 : 45;
  return svg("g", { transform: `translate(${x},${y})` }, [
    svg("path", { class: "box", d: "M0,-18 L18,0 L0,18 L-18,0 Z" }),
    svg("path", { class: "line ink", d: "M-6,0 H6 M0,-6 V6", transform: `rotate(${turn})` }),
  ]);
}

/** x with a subscript. */
export function variable(place: Point, subscript: string, kind: string): SVGElement {
  const found = text(place, "x", `variable ${kind}`);
  found.append(svg("tspan", { class: "subscript", dy: "0.25em" }, [subscript]));
  return found;
}

/** Words, centered upright at a place. */
export function text([x, y]: Point, words: string, kind: string): SVGTextElement {
  return svg("text", { class: kind, x, y, dy: "0.32em" }, [words]);
}
