/**
 * Numbers as the tables of claims show them.
 *
 * @module
 */

import type { Decided } from "./mod.ts";
import type { Region } from "./region.ts";

/** Three digits that count: 0.140, 1.40, 14.0, 140, 1400, 1.40×10⁻⁴. */
export function threeDigits(value: number): string {
  const rounded = Math.abs(Number(value.toPrecision(3))); // 0.9999 is 1.00, not 1.000.
  const size = rounded === 0 ? 0 : Math.floor(Math.log10(rounded));
  const text = size < -3
    ? value.toExponential(2).replace(/e-(\d+)$/, (_, power) => `×10⁻${superscript(power)}`)
    : value.toFixed(value === 0 ? 0 : Math.max(0, 2 - size));
  return text.replace("-", "−");
}

function superscript(digits: string): string {
  return digits.replaceAll(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]);
}

/** A probability: three decimals, or `< 0.001`. */
export function probability(p: number): string {
  return p < 0.001 ? "< 0.001" : p.toFixed(3);
}

/** The effect and its interval: `0.140 (0.131 … 0.149)`. */
export function measured({ effect, interval, unit }: Decided): string {
  const [low, high] = interval.map(threeDigits);
  return `${threeDigits(effect)} (${low} … ${high})${unit === "" ? "" : ` ${unit}`}`;
}

/** A region in words: `below 0.5`, `above 1.25`, `between 0.95 and 1.05`. */
export function inWords({ above, below }: Region): string {
  if (below === undefined) return `above ${bound(above!)}`;
  if (above === undefined) return `below ${bound(below)}`;
  return `between ${bound(above)} and ${bound(below)}`;
}

/** As few digits as needed, three at most. */
function bound(value: number): string {
  return threeDigits(value).replace(/(\.\d*?)0+(?=$|×)/, "$1").replace(/\.(?=$|×)/, "");
}
