/// <reference lib="dom" />
/** Reading an SVG file's text back. */

import { DOMParser } from "linkedom";

/** The root element of an SVG file's text. */
export function parse(svg: string): Element {
  const document = new DOMParser().parseFromString(svg, "image/svg+xml") as unknown as Document;
  return document.documentElement;
}

/** Every element of an SVG file, the root first. */
export function elements(svg: string): Element[] {
  const root = parse(svg);
  return [root, ...root.querySelectorAll("*")];
}

/** Every attribute of an SVG file. */
export function attributes(svg: string): Attr[] {
  return elements(svg).flatMap((element) => [...element.attributes]);
}

/** The corners of each curve of a color, in the order they are drawn: the faint one, the mean. */
export function curves(svg: string, color: string): [x: number, y: number][][] {
  const paths = parse(svg).querySelectorAll(`g[aria-label=line][stroke="${color}"] path`);
  return [...paths].map((path) =>
    path.getAttribute("d")!.match(/[-.\d]+,[-.\d]+/g)!.map((pair) => {
      const [x, y] = pair.split(",").map(Number);
      return [x, y];
    })
  );
}
