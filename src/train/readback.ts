/**
 * Numbers that stay on the device until many of them are read at once.
 *
 * @module
 */

import { dispose, type Scalar, stack, type Tensor, tidy } from "@tensorflow/tfjs";
import { shortestFloat32 } from "./record.ts";

/** One step's scalars by column; `null` where nothing was measured. */
export interface Pending {
  readonly step: number;
  readonly scalars: Readonly<Record<string, Scalar | null>>;
}

/** One step's numbers by column, `step` first. */
export type Step =
  & { readonly step: number; readonly loss: number }
  & Readonly<Record<string, number | null>>;

/** Reads all of them in one wait, and disposes of them. */
export async function readBack(pending: readonly Pending[]): Promise<Step[]> {
  const scalars = scalarsOf(pending);
  if (scalars.length === 0) return [];
  const packed: Tensor = tidy(() => stack(scalars)); // [scalars]
  dispose(scalars);
  const values = await packed.data();
  packed.dispose();
  let next = 0;
  return pending.map(({ step, scalars }) => {
    const numbers = Object.entries(scalars).map(([column, scalar]) =>
      [column, scalar && shortestFloat32(values[next++])] as const
    );
    return { step, ...Object.fromEntries(numbers) } as Step;
  });
}

/** The tensors that these steps still hold. */
export function scalarsOf(pending: readonly Pending[]): Scalar[] {
  return pending.flatMap(({ scalars }) =>
    Object.values(scalars).filter((scalar) => scalar !== null)
  );
}
