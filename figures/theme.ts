/**
 * How every figure looks: typefaces with their fallbacks, sizes, colors, stroke widths and distances.
 *
 * @module
 */

/** Typefaces, each a list that ends in a generic family: not every machine has the first. */
export const fonts = {
  /** The article's face; Charis is drawn after it, Cambria and Georgia are close in color. */
  serif: "Charter, 'Bitstream Charter', XCharter, 'Charis SIL', Cambria, Georgia, serif",
  /** For variables such as x_res. */
  sans: "'DejaVu Sans', Verdana, 'Helvetica Neue', Arial, sans-serif",
} as const;

/**
 * Colors, near the article's own where it has one. Any two that share a chart can be told apart with each of
 * the three common deficiencies of color vision; a test computes it.
 */
export const colors = {
  paper: "#ffffff",
  ink: "#000000",
  muted: "#767676",
  a: "#e69500",
  loss: "#306693",
  xRes: "#8c2b12",
  xIn: "#7c9200",
} as const;

/** Font sizes in pixels of a figure 700 pixels wide, chosen to be read at half of that. */
export const sizes = {
  diagram: 46,
  title: 19,
  label: 16,
  tick: 15,
  caption: 14,
} as const;

/** Stroke widths in pixels of a figure 700 pixels wide. */
export const strokes = {
  diagram: 4,
  axis: 1.25,
  raw: 1.5,
  mean: 2.25,
  /** Of a curve that others are compared with. */
  reference: 1.4,
} as const;

/** Lengths of dashes and gaps, to tell curves apart without colors. */
export const dashes = {
  /** Of the second of two measures. */
  second: "7 3",
  /** Of a curve that others are compared with. */
  reference: "5 3",
  /** Of a line that marks a value. */
  rule: "2 3",
} as const;

/** How much a curve of single steps covers what is below it. */
export const rawOpacity = 0.22;

/** Width of every figure in pixels. */
export const width = 700;

/** Sizes and distances of charts, in pixels. */
export interface ChartStyle {
  /** Font size of the title, and from its foot to the axes. */
  readonly title: { readonly size: number; readonly distance: number };
  /** Font size of the axes' labels, and from the x axis to the foot of its own. */
  readonly label: { readonly size: number; readonly distance: number };
  /** Font size of the axes' numbers, and the length of a tick. */
  readonly tick: { readonly size: number; readonly length: number };
  /** From the sheet's edges to the axes. */
  readonly left: number;
  readonly right: number;
  /** Room above the axes. */
  readonly above: { readonly titled: number; readonly untitled: number };
  /** Room below the axes. */
  readonly below: { readonly labeled: number; readonly unlabeled: number };
  /** Between the axes and what is drawn. */
  readonly inset: { readonly bottom: number; readonly sides: number };
  /** Room above and below the notes, and whether they are centered below the axes or on the sheet. */
  readonly notes: {
    readonly above: number;
    readonly below: number;
    readonly under: "axes" | "sheet";
  };
}

/** The article's own: few charts with large letters. */
export const articleStyle: ChartStyle = {
  title: { size: sizes.title, distance: 15 },
  label: { size: sizes.label, distance: 48 },
  tick: { size: sizes.tick, length: 6 },
  left: 68,
  right: 14,
  above: { titled: 40, untitled: 40 },
  below: { labeled: 52, unlabeled: 10 },
  inset: { bottom: 6, sides: 18 },
  notes: { above: 8, below: 6, under: "axes" },
};

/** For any numbers on the y axes, which may be longer than the article's. */
export const runStyle: ChartStyle = { ...articleStyle, left: 92 };

/** For more charts on a sheet, with longer titles. */
export const compactStyle: ChartStyle = {
  title: { size: 17, distance: 12 },
  label: { size: 15, distance: 44 },
  tick: { size: 14, length: 5 },
  left: 72,
  right: 20,
  above: { titled: 46, untitled: 34 },
  below: { labeled: 54, unlabeled: 12 },
  inset: { bottom: 0, sides: 0 },
  notes: { above: 6, below: 10, under: "sheet" },
};
