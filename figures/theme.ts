/**
 * How every figure looks: typefaces with their fallbacks, sizes, colours and stroke widths.
 *
 * @module
 */

/** Typefaces, each a list that ends in a generic family: not every machine has the first. */
export const fonts = {
  /** The article's face; Charis is drawn after it, Cambria and Georgia are close in colour. */
  serif: "Charter, 'Bitstream Charter', XCharter, 'Charis SIL', Cambria, Georgia, serif",
  /** For variables such as x_res. */
  sans: "'DejaVu Sans', Verdana, 'Helvetica Neue', Arial, sans-serif",
} as const;

/** Colours, the article's own where it has one. */
export const colours = {
  paper: "#ffffff",
  ink: "#000000",
  muted: "#767676",
  a: "#e69500",
  loss: "#306693",
  xRes: "#b13e26",
  xIn: "#677d00",
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
} as const;

/** How much a curve of single steps covers what is below it. */
export const rawOpacity = 0.22;

/** Width of every figure in pixels. */
export const width = 700;
