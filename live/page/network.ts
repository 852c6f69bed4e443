/**
 * The network as the article draws it, from the images at the bottom to the loss at the top, with the
 * two ways of the gradient in colours.
 *
 * @module
 */

import type { Configuration } from "../shared/configuration.ts";
import { svg } from "./dom.ts";

/** What the drawing shows of a run. */
export interface Gradients {
  /** Norms over the last batches; absent if not measured. */
  readonly xIn?: number;
  readonly xRes?: number;
  /** The greatest norm so far, which has the widest band. */
  readonly greatest: number;
  /** The scalar, where there is one. */
  readonly a?: number;
}

type Place = readonly [x: number, y: number];

/** Widest band, in pixels. */
const WIDEST = 26;

const MIDDLE = 112;
const RIGHT = 232;
const Y = {
  ...{ loss: 20, cls: 62, pool2: 100, more: 146, sum: 196, product: 246 },
  ...{ fork: 424, pool1: 470, below: 536, image: 590 },
} as const;

/** A drawing of one network; what it shows of the gradients can be changed. */
export class NetworkDrawing {
  readonly element: SVGSVGElement;
  readonly #bands: Readonly<Record<"xIn" | "xRes", SVGElement>>;
  readonly #texts: Readonly<Record<"xIn" | "xRes" | "a", SVGTextElement>>;

  constructor(configuration: Configuration) {
    const { variant } = configuration;
    const inward: Place[] = [[MIDDLE, Y.fork], [MIDDLE, blockOf(variant).bottom]];
    const around: Place[] = [[MIDDLE, Y.fork], [RIGHT, Y.fork], [RIGHT, Y.sum], [
      MIDDLE + 18,
      Y.sum,
    ]];
    this.#bands = { xIn: band(inward, "x-in"), xRes: band(around, "x-res") };
    this.#texts = {
      xIn: text([MIDDLE - 20, Y.fork - 26], "", "value end"),
      xRes: text([RIGHT + 18, 322], "", "value start"),
      a: text([MIDDLE + 46, Y.product + 16], "", "value start"),
    };
    const connected = variant !== "plain";
    this.element = svg("svg", { class: "drawing", viewBox: "0 0 320 612", role: "img" }, [
      svg("title", {}, [titleOf(configuration)]),
      ...connected ? [this.#bands.xRes] : [],
      this.#bands.xIn,
      ...trunk(configuration),
      arrow(inward, "x-in"),
      variable([MIDDLE - 20, Y.fork - 46], "in"),
      ...connected
        ? [arrow(around, "x-res"), variable([RIGHT + 18, 304], "res"), operator(Y.sum, "+")]
        : [],
      ...variant === "residual-a" ? [operator(Y.product, "×"), scalar(), this.#texts.a] : [],
      ...Object.values(this.#texts).slice(0, connected ? 2 : 1),
    ]);
  }

  /** Shows these norms; without any, the bands are gone. */
  show({ xIn, xRes, greatest, a }: Gradients): void {
    for (const [name, norm] of [["xIn", xIn], ["xRes", xRes]] as const) {
      const width = norm === undefined ? 0 : WIDEST * norm / greatest;
      this.#bands[name].style.strokeWidth = `${width.toFixed(2)}px`;
      this.#texts[name].textContent = norm === undefined ? "" : short(norm);
    }
    this.#texts.a.textContent = a === undefined ? "" : short(a);
  }
}

/** A number in three digits. */
export function short(value: number): string {
  return Number(value.toPrecision(3)).toString().replace("-", "−");
}

function blockOf(variant: Configuration["variant"]) {
  return {
    top: variant === "residual-a" ? 282 : 246,
    bottom: variant === "residual-a" ? 354 : 346,
  };
}

function titleOf({ variant, depth }: Configuration): string {
  const blocks = depth === 1 ? "a block of two convolutions" : `${depth} blocks, the lowest drawn`;
  const around = {
    "residual": "A line leads around it, where its output and x are added.",
    "residual-a": "Its output is multiplied by a; a line leads around it, where x is added.",
    "plain": "No line leads around it.",
  }[variant];
  return `The network, from the images up: convolutions, max pooling, ${blocks}. ${around} ` +
    "Then max pooling, a linear layer and the loss.";
}

/** Everything in ink: what the numbers pass on their way up. */
function trunk({ variant, depth }: Configuration): SVGElement[] {
  const { top, bottom } = blockOf(variant);
  const stack = depth > 1;
  const last = variant === "plain" ? top : Y.sum - 18;
  return [
    arrow([[MIDDLE, Y.image - 16], [MIDDLE, Y.below + 26]], "ink"),
    box(
      [Y.below - 26, Y.below + 26],
      stack ? ["conv 3×3, 16"] : ["conv 3×3, 16", "conv 3×3, 16", "conv 1×1, 64"],
    ),
    arrow([[MIDDLE, Y.below - 26], [MIDDLE, Y.pool1 + 13]], "ink"),
    box([Y.pool1 - 13, Y.pool1 + 13], ["max pool 4×4"]),
    line([[MIDDLE, Y.pool1 - 13], [MIDDLE, Y.fork]], "ink"),
    text([MIDDLE - 14, Y.fork + 20], "x", "variable end"),
    box([top, bottom], blockLines(depth), "block"),
    line([[MIDDLE, top], [MIDDLE, last]], "ink"),
    ...(stack
      ? [
        arrow([[MIDDLE, variant === "plain" ? top : Y.sum - 18], [MIDDLE, Y.more + 13]], "ink"),
        box([Y.more - 13, Y.more + 13], [`${depth - 1} more`]),
        arrow([[MIDDLE, Y.more - 13], [MIDDLE, Y.pool2 + 13]], "ink"),
      ]
      : [arrow([[MIDDLE, last], [MIDDLE, Y.pool2 + 13]], "ink")]),
    box([Y.pool2 - 13, Y.pool2 + 13], ["max pool 4×4"]),
    line([[MIDDLE, Y.pool2 - 13], [MIDDLE, Y.cls + 13]], "ink"),
    box([Y.cls - 13, Y.cls + 13], ["linear, 10 digits"]),
    arrow([[MIDDLE, Y.cls - 13], [MIDDLE, Y.loss + 8]], "ink"),
    text([MIDDLE, Y.loss], "loss", "middle"),
    text([MIDDLE, Y.image], "images 32×32×3", "middle"),
  ];
}

function blockLines(depth: number): string[] {
  const channels = depth === 1 ? 64 : 16;
  return [depth === 1 ? "block" : "first block", `conv 3×3, ${channels}`, `conv 3×3, ${channels}`];
}

function band(places: readonly Place[], kind: string): SVGElement {
  return svg("path", { class: `band ${kind}`, d: path(places), "stroke-width": 0 });
}

function line(places: readonly Place[], kind: string): SVGElement {
  return svg("path", { class: `line ${kind}`, d: path(places) });
}

/** A line with a head whose tip is its last place. */
function arrow(places: readonly Place[], kind: string): SVGElement {
  const [[x, y], [beforeX, beforeY]] = [places.at(-1)!, places.at(-2)!];
  const angle = Math.atan2(x - beforeX, beforeY - y) * 180 / Math.PI;
  return svg("g", {}, [
    line(places, kind),
    svg("path", {
      ...{ class: `head ${kind}`, d: "M0,0 L-5,10 L5,10 Z" },
      transform: `translate(${x},${y}) rotate(${angle})`,
    }),
  ]);
}

function path(places: readonly Place[]): string {
  return `M${places.join(" L")}`;
}

function box([top, bottom]: Place, lines: readonly string[], kind = ""): SVGElement {
  const [width, leading] = [144, 16];
  const first = (top + bottom) / 2 - leading * (lines.length - 1) / 2;
  const size = { x: MIDDLE - width / 2, y: top, width, height: bottom - top };
  return svg("g", {}, [
    svg("rect", { class: `box ${kind}`, ...size, rx: 3 }),
    ...lines.map((words, i) =>
      text([MIDDLE, first + i * leading], words, i === 0 ? `middle ${kind}` : "middle")
    ),
  ]);
}

/** A diamond with a sign in it, drawn as strokes: glyphs sit differently in every typeface. */
function operator(y: number, sign: "+" | "×"): SVGElement {
  const turn = sign === "+" ? 0 : 45;
  return svg("g", { transform: `translate(${MIDDLE},${y})` }, [
    svg("path", { class: "box", d: "M0,-18 L18,0 L0,18 L-18,0 Z" }),
    svg("path", { class: "line ink", d: "M-6,0 H6 M0,-6 V6", transform: `rotate(${turn})` }),
  ]);
}

function scalar(): SVGElement {
  return svg("g", {}, [
    arrow([[MIDDLE + 40, Y.product], [MIDDLE + 18, Y.product]], "ink"),
    text([MIDDLE + 46, Y.product - 2], "a", "variable start a"),
  ]);
}

/** x with a subscript. */
function variable([x, y]: Place, subscript: "in" | "res"): SVGElement {
  const kind = subscript === "in" ? "variable end" : "variable start";
  const found = text([x, y], "x", kind);
  found.append(svg("tspan", { class: "subscript", dy: "0.25em" }, [subscript]));
  return found;
}

function text([x, y]: Place, words: string, kind: string): SVGTextElement {
  return svg("text", { class: kind, x, y, dy: "0.32em" }, [words]);
}
