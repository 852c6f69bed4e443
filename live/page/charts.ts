/**
 * The charts on the page: drawn by the figures' functions, one a frame, so that none keeps the page
 * from answering.
 *
 * @module
 */

import { drawLayer } from "../../figures/layer.ts";
import { html, svg } from "./dom.ts";
import { chartHeight, frame, panel } from "./panels.ts";
import { type Content, type Measure, measuresOf } from "./content.ts";

/** The widest that a chart is drawn; on wider pages it is scaled. */
const WIDEST = 700;

/** The charts in an element, which are drawn again whenever there is something new. */
export class Charts {
  readonly #root: HTMLElement;
  readonly #onPoint: (step: number) => void;
  readonly #drawings = new Map<string, SVGSVGElement>();
  #content: Content = { curves: [], end: 1 };
  #queue: Measure[] = [];
  #frame = 0;
  #at: number | undefined;

  /** @param onPoint Is told of the step that the reader points at. */
  constructor(root: HTMLElement, onPoint: (step: number) => void) {
    this.#root = root;
    this.#onPoint = onPoint;
    new ResizeObserver(() => this.show(this.#content)).observe(root);
  }

  /** Shows this content, chart by chart in the frames to come. */
  show(content: Content): void {
    this.#content = content;
    const measures = measuresOf(content);
    const waiting = measures.filter((measure) => this.#queue.includes(measure));
    // Those that have waited longest come first: with news in every frame, each has its turn.
    this.#queue = [...waiting, ...measures.filter((measure) => !waiting.includes(measure))];
    this.#keep(measures);
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#drawNext());
  }

  /** Marks a step in all charts. */
  mark(step: number | undefined): void {
    this.#at = step;
    for (const drawing of this.#drawings.values()) this.#place(drawing);
  }

  #width(): number {
    return Math.max(260, Math.min(WIDEST, this.#root.clientWidth));
  }

  #drawNext(): void {
    const measure = this.#queue.shift();
    if (measure !== undefined) this.#draw(measure);
    this.#frame = this.#queue.length > 0 ? requestAnimationFrame(() => this.#drawNext()) : 0;
  }

  #draw(measure: Measure): void {
    const drawing = this.#drawings.get(measure.column)!;
    const width = this.#width();
    const last = drawing === [...this.#drawings.values()].at(-1);
    drawing.setAttribute("viewBox", `0 0 ${width} ${chartHeight(last)}`);
    const group = drawLayer(panel(measure, this.#content, { width, last }), document);
    group.setAttribute("aria-hidden", "true"); // The table says in numbers what it shows.
    drawing.querySelector("g")!.replaceWith(group);
    this.#place(drawing);
  }

  /** Has an empty drawing for each measure, in their order, and no other. */
  #keep(measures: readonly Measure[]): void {
    const names = measures.map(({ column }) => column);
    if (String(names) === String([...this.#drawings.keys()])) return;
    this.#drawings.clear();
    for (const { column, title } of measures) this.#drawings.set(column, this.#blank(title));
    this.#root.replaceChildren(
      ...[...this.#drawings.values()].map((drawing) => html("div", {}, [drawing])),
    );
  }

  #blank(title: string): SVGSVGElement {
    const drawing = svg("svg", { class: "chart", role: "img", "aria-label": `Chart: ${title}` }, [
      svg("g"),
      svg("line", { class: "cursor", y1: frame.top, y2: frame.top + frame.height }),
    ]);
    drawing.addEventListener("pointermove", (event) => this.#point(drawing, event));
    drawing.addEventListener("pointerdown", (event) => this.#point(drawing, event));
    return drawing;
  }

  #point(drawing: SVGSVGElement, { clientX }: PointerEvent): void {
    const { left, width: shown } = drawing.getBoundingClientRect();
    const width = this.#width();
    const along = ((clientX - left) / shown * width - frame.left) / this.#span();
    this.#onPoint(Math.round(Math.min(1, Math.max(0, along)) * this.#content.end));
  }

  #place(drawing: SVGSVGElement): void {
    const cursor = drawing.querySelector(".cursor")!;
    const { end } = this.#content;
    cursor.toggleAttribute("hidden", this.#at === undefined);
    if (this.#at === undefined) return;
    const x = `${frame.left + Math.min(1, this.#at / end) * this.#span()}`;
    cursor.setAttribute("x1", x);
    cursor.setAttribute("x2", x);
  }

  /** Length of the x axis, in pixels of the drawing. */
  #span(): number {
    return this.#width() - frame.left - frame.right;
  }
}
