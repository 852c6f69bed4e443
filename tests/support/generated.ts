/**
 * How many cases the generated tests try: a sample in `deno test`, all of them where `--full` stands
 * after `--`, as in `deno task generated`.
 *
 * @module
 */

const FULL = Deno.args.includes("--full");

/** The number of cases to try. */
export function runs({ sample, full }: { readonly sample: number; readonly full: number }): number {
  return FULL ? full : sample;
}

/** A number as tests' names have it, such as 100,000. */
export function written(count: number): string {
  return count.toLocaleString("en-US");
}
