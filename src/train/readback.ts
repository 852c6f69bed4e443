/**
 * Numbers that stay on the device until many of them are read at once.
 *
 * @module
 */

import { dispose, type Scalar, stack } from "@tensorflow/tfjs";
import { shortestFloat32 } from "./shortest_float32.ts";

/** A step whose numbers are on the device: as scalars, or in the ring of the replayed steps. */
export type Pending = { readonly step: number } & StepNumbers;

/** Where a step's numbers are. */
export type StepNumbers =
  /** The loss and the measures by column; a column that was not measured is absent. */
  | { readonly scalars: ReadonlyMap<string, Scalar> }
  /** The columns that the step has numbers for, in the ring. */
  | { readonly replayed: readonly string[] };

/** Where the numbers of steps are that have no scalars, in the steps' order. */
export interface Ring {
  /** For each step a number for each column of the run. */
  read(): Promise<ArrayLike<number>[]>;
}

/** One step's numbers by column, `step` first; `null` where nothing was measured. */
export type Step =
  & { readonly step: number; readonly loss: number }
  & Readonly<Record<string, number | null>>;

/** What is read, and how. */
export interface ReadBackOptions {
  /** The columns of a step. */
  readonly columns: readonly string[];
  /** Whether the scalars are on the backend in use, which then packs them. @default true */
  readonly together?: boolean;
  /** The numbers of the replayed steps. */
  readonly ring?: Ring;
}

/** Reads all of them in one wait, and disposes of the scalars, whatever happens. */
export async function readBack(
  pending: readonly Pending[],
  { columns, together = true, ring }: ReadBackOptions,
): Promise<Step[]> {
  const scalars = pending.flatMap((one) => "scalars" in one ? [...one.scalars.values()] : []);
  const replayed = pending.some((one) => "replayed" in one) ? ring!.read() : [];
  const [values, rows] = await Promise.all([
    read(scalars, together ? valuesOf : valuesApart),
    replayed,
  ]);
  let row = 0;
  return pending.map((one) => {
    const numbers = "scalars" in one
      ? columns.map((column) => values.get(one.scalars.get(column)) ?? null)
      : ringNumbers(rows[row++], { columns, measured: one.replayed });
    return { step: one.step, ...Object.fromEntries(columns.map((name, i) => [name, numbers[i]])) };
  }) as Step[];
}

function ringNumbers(
  row: ArrayLike<number>,
  { columns, measured }: {
    readonly columns: readonly string[];
    readonly measured: readonly string[];
  },
): (number | null)[] {
  return columns.map((name, i) => measured.includes(name) ? shortestFloat32(row[i]) : null);
}

async function read(
  scalars: readonly Scalar[],
  valuesOf: (scalars: readonly Scalar[]) => Promise<ArrayLike<number>>,
): Promise<Map<Scalar | undefined, number>> {
  if (scalars.length === 0) return new Map();
  const values = await valuesOf(scalars);
  return new Map(scalars.map((scalar, i) => [scalar, shortestFloat32(values[i])]));
}

async function valuesOf(scalars: readonly Scalar[]): Promise<ArrayLike<number>> {
  const packed = stacked(scalars); // [scalars]
  try {
    return await packed.data();
  } finally {
    packed.dispose();
  }
}

/** Each by the backend that has it. */
async function valuesApart(scalars: readonly Scalar[]): Promise<number[]> {
  try {
    return (await Promise.all(scalars.map((scalar) => scalar.data()))).map(([value]) => value);
  } finally {
    dispose([...scalars]);
  }
}

function stacked(scalars: readonly Scalar[]) {
  try {
    return stack([...scalars]);
  } finally {
    dispose([...scalars]);
  }
}
