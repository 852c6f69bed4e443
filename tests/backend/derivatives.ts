/**
 * First and second derivatives of an operation on a backend, and finite differences of them.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { type BackendName, startBackend } from "../../src/backend/start.ts";

/** A function of tensors, and where its derivatives are taken. */
export interface Operation {
  readonly of: (...x: tf.Tensor[]) => tf.Tensor;
  readonly at: readonly Numbers[];
}

/** A tensor's numbers and shape. */
export interface Numbers {
  readonly values: readonly number[];
  readonly shape: readonly number[];
}

/** A number of tensors: the operation's result, or its gradients, weighed so that no two count alike. */
type Scalar = (...x: tf.Tensor[]) => tf.Tensor;

/**
 * L = Σᵢ cos(1 + i) · (yᵢ + yᵢ² / 4) of the operation's result y. With the square ∂L/∂y depends on y, so that
 * a second derivative goes through what the operation's gradient does to ∂L/∂y, also where y is linear in x.
 */
const lossOf = ({ of }: Operation): Scalar => (...x) => {
  const y = of(...x);
  return weighed(tf.add(y, tf.mul(tf.square(y), 0.25)), Math.cos);
};

/** Σᵢ sin(1 + i) · (∂L/∂x)ᵢ + Σᵢ xᵢ² / 100, as in a gradient penalty with weight decay. */
const penaltyOf = (operation: Operation): Scalar => (...x) => {
  const gradients = tf.grads(lossOf(operation))(x).map((gradient) => weighed(gradient, Math.sin));
  const decay = x.map((x) => tf.mul(tf.sum(tf.square(x)), 0.01));
  return [...gradients, ...decay].reduce((sum, term) => tf.add(sum, term));
};

/** The two scalars whose derivatives are compared. */
export const SCALARS = { gradient: lossOf, "second derivative": penaltyOf } as const;

/** Which derivative is compared. */
export type Order = keyof typeof SCALARS;

function weighed(y: tf.Tensor, weight: (x: number) => number): tf.Tensor {
  const weights = Float32Array.from({ length: y.size }, (_, i) => weight(1 + i));
  return tf.sum(tf.mul(y, tf.tensor(weights, y.shape)));
}

const tensorOf = ({ values, shape }: Numbers) => tf.tensor([...values], [...shape], "float32");

/** The derivatives that a backend gives, by input. */
export async function derivativesOn(
  backend: BackendName,
  operation: Operation,
  order: Order,
): Promise<number[][]> {
  await startBackend(backend);
  const gradients = tf.tidy(() => tf.grads(SCALARS[order](operation))(operation.at.map(tensorOf)));
  const read = await Promise.all(gradients.map((gradient) => gradient.data()));
  tf.dispose(gradients);
  return read.map((numbers) => [...numbers]);
}

/** The differences of each operation that was asked for before: all backends are held to the same. */
const known = new WeakMap<Operation, Partial<Record<Order, number[][]>>>();

/** Central differences on the cpu backend, by input. */
export async function differencesOf(operation: Operation, order: Order): Promise<number[][]> {
  const differences = known.get(operation) ?? {};
  known.set(operation, differences);
  return differences[order] ??= await computeDifferences(operation, order);
}

async function computeDifferences(operation: Operation, order: Order): Promise<number[][]> {
  await startBackend("cpu");
  const scalar = SCALARS[order](operation);
  const step = 4e-3;
  const at = (k: number, i: number, change: number) =>
    tf.tidy(() =>
      scalar(
        ...operation.at.map(({ values, shape }, other) =>
          tensorOf({ shape, values: other === k ? values.with(i, values[i] + change) : values })
        ),
      ).dataSync()[0]
    );
  return operation.at.map(({ values }, k) =>
    values.map((_, i) => (at(k, i, step) - at(k, i, -step)) / (2 * step))
  );
}

/** What is wrong with the derivatives of an operation on a backend; nothing if they are right. */
export async function wrongDerivatives(
  backend: BackendName,
  operation: Operation,
  order: Order,
): Promise<string | undefined> {
  const expected = await differencesOf(operation, order);
  const found = await derivativesOn(backend, operation, order).catch(({ message }) => message);
  if (typeof found === "string") return found;
  const right = expected.every((of, k) =>
    of.length === found[k].length &&
    of.every((value, i) => Math.abs(value - found[k][i]) <= 1e-2 * (1 + Math.abs(value)))
  );
  return right ? undefined : `${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`;
}
