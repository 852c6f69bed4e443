/**
 * Numbers that stay on the device until many of them are read at once.
 *
 * @module
 */

import { dispose, type Scalar, stack } from "@tensorflow/tfjs";
import { shortestFloat32 } from "./shortest_float32.ts";

/** One step's scalars by column; a column that was not measured is absent. */
export interface Pending {
  /** Counted from 0. */
  readonly step: number;
  /** The loss and the measures, on the device. */
  readonly scalars: ReadonlyMap<string, Scalar>;
}

/** One step's numbers by column, `step` first; `null` where the schedule did not measure. */
export type Step =
  & { readonly step: number; readonly loss: number }
  & Readonly<Record<string, number | null>>;

/** What is read, and how. */
export interface ReadBackOptions {
  /** The columns of a step. */
  readonly columns: readonly string[];
  /** Whether the scalars are on the backend in use, which then packs them. @default true */
  readonly together?: boolean;
}

/** Reads all of them in one wait, and disposes of them, whatever happens. */
export async function readBack(
  pending: readonly Pending[],
  { columns, together = true }: ReadBackOptions,
): Promise<Step[]> {
  const scalars = pending.flatMap(({ scalars }) => [...scalars.values()]);
  const values = await read(scalars, together ? valuesOf : valuesApart);
  return pending.map(({ step, scalars }) => {
    const numbers = columns.map((column) => [column, values.get(scalars.get(column)) ?? null]);
    return { step, ...Object.fromEntries(numbers) };
  });
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
