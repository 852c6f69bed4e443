/**
 * The network as the article draws it, with the two ways of the gradient in the article's colors.
 *
 * @module
 */

import type { Configuration } from "../shared/configuration.ts";
import { svg } from "./dom.ts";
import { short } from "./number.ts";
import { arrow, band, operator, type Point, text, variable } from "./pieces.ts";
import { BLOCK, HEIGHTS, MIDDLE, networkLayers } from "./network_layers.ts";

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

/** Widest band, in pixels. */
const WIDEST = 26;

/** Where the way around the block is. */
const RIGHT = 232;

const { fork, sum, product, block } = HEIGHTS;

const INWARD: readonly Point[] = [[MIDDLE, fork], [MIDDLE, BLOCK.bottom]];
const AROUND: readonly Point[] = [
  ...[[MIDDLE, fork], [RIGHT, fork], [RIGHT, sum], [MIDDLE + 18, sum]] as const,
];

/** A drawing of one network; what it shows of the gradients can be changed. */
export class NetworkDrawing {
  readonly element: SVGSVGElement;
  readonly #bands = { xIn: band(INWARD, "x-in"), xRes: band(AROUND, "x-res") };
  readonly #texts = {
    xIn: text([MIDDLE - 20, fork - 30], "", "value end"),
    xRes: text([RIGHT + 20, block + 9], "", "value start"),
    a: text([MIDDLE + 46, product + 15], "", "value start"),
  };

  constructor(configuration: Configuration) {
    const { variant } = configuration;
    this.element = svg("svg", { class: "drawing", viewBox: "0 0 320 612", role: "img" }, [
      svg("title", {}, [titleOf(configuration)]),
      ...variant === "plain" ? [] : [this.#bands.xRes],
      this.#bands.xIn,
      ...networkLayers(configuration),
      arrow(INWARD, "x-in"),
      variable([MIDDLE - 20, fork - 50], "in", "end"),
      this.#texts.xIn,
      ...variant === "plain" ? [] : this.#around(),
      ...variant === "residual-a" ? this.#scalar() : [],
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

  #around(): SVGElement[] {
    const name = variable([RIGHT + 20, block - 11], "res", "start");
    return [arrow(AROUND, "x-res"), operator([MIDDLE, sum], "+"), name, this.#texts.xRes];
  }

  #scalar(): SVGElement[] {
    return [
      operator([MIDDLE, product], "×"),
      arrow([[MIDDLE + 40, product], [MIDDLE + 18, product]], "ink"),
      text([MIDDLE + 46, product - 3], "a", "variable start a"),
      this.#texts.a,
    ];
  }
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
