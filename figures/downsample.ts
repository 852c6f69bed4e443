/**
 * Fewer points for a curve that has more of them than the paper can show.
 *
 * @module
 */

/** A point of a curve. */
export interface Point {
  /** Where along the axis. */
  readonly x: number;
  /** How much. */
  readonly y: number;
}

/**
 * Keeps of every strip of equal width along x its first, lowest, highest and last point, in order.
 *
 * Drawn on paper where a strip is at most a pixel wide, the downsampled curve covers what the whole one
 * covers (Jugel et al., "M4: a visualization-oriented time series data aggregation", 2014). A curve
 * with at most four points a strip is returned as it is.
 *
 * @param points A curve, ordered by x
 * @param strips How many strips the curve's extent is cut into
 */
export function downsampleM4(points: readonly Point[], strips: number): readonly Point[] {
  if (points.length <= 4 * strips) return points;
  const start = points[0].x;
  const extent = points[points.length - 1].x - start;
  const strip = ({ x }: Point) => Math.min(strips - 1, Math.floor(((x - start) / extent) * strips));
  const kept: Point[] = [];
  for (let from = 0, to = 0; from < points.length; from = to) {
    while (to < points.length && strip(points[to]) === strip(points[from])) to++;
    kept.push(...outline(points.slice(from, to)));
  }
  return kept;
}

/** First, lowest, highest and last point, each once, in the curve's order. */
function outline(points: readonly Point[]): Point[] {
  let [lowest, highest] = [0, 0];
  points.forEach(({ y }, i) => {
    if (y < points[lowest].y) lowest = i;
    if (y > points[highest].y) highest = i;
  });
  const places = new Set([0, lowest, highest, points.length - 1].sort((a, b) => a - b));
  return [...places].map((i) => points[i]);
}
