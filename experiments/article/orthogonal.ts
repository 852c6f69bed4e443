/**
 * Orthogonal matrices.
 *
 * @module
 */

/**
 * The rows of a matrix made orthonormal one after another, each less its part along those before
 * (Gram and Schmidt's method, run twice, which is exact to the last digits). There must be at most as
 * many as they are long, none a combination of those before.
 */
export function orthonormalRows(rows: readonly (readonly number[])[]): number[][] {
  const done: number[][] = [];
  for (const row of rows) {
    const free = withoutAll(withoutAll(row, done), done);
    const length = Math.sqrt(dot(free, free));
    done.push(free.map((value) => value / length));
  }
  return done;
}

function withoutAll(row: readonly number[], units: readonly (readonly number[])[]): number[] {
  return units.reduce<number[]>((rest, unit) => {
    const along = dot(rest, unit);
    return rest.map((value, i) => value - along * unit[i]);
  }, [...row]);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

/** Rows as columns. */
export function transpose(rows: readonly (readonly number[])[]): number[][] {
  return rows[0].map((_, column) => rows.map((row) => row[column]));
}
