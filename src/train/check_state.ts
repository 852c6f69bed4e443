/**
 * Whether model, optimizers and backend are still those that a run began with.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** A backend in use. */
export interface UsedBackend {
  readonly name: string;
  /** Another one where a backend was registered anew under the same name. */
  readonly instance: unknown;
}

/** The backend that TensorFlow.js computes on now. */
export function usedBackend(): UsedBackend {
  const instance = tf.backend(); // starts one if none is in use
  return { name: tf.getBackend(), instance };
}

/** Whether a backend is the one that TensorFlow.js computes on now. */
export function isUsed({ name, instance }: UsedBackend): boolean {
  const now = usedBackend();
  return now.name === name && now.instance === instance;
}

/**
 * The record says which backend a run was on, so all of its steps must be on that one.
 *
 * @throws {Error} If another backend is in use.
 */
export function checkBackend(began: UsedBackend, step: number): void {
  if (!isUsed(began)) throw otherBackend(began, step);
}

function otherBackend({ name }: UsedBackend, step: number, cause?: unknown): Error {
  const now = tf.getBackend();
  const got = now === name ? `another one registered as ${name}` : now;
  return new Error(
    `Cannot take step ${step}: the backend must stay ${name} during the run, got ${got}; ` +
      "start another run on another backend",
    { cause },
  );
}

/**
 * TensorFlow.js's own message about a tensor that is disposed of names neither model nor optimizer.
 *
 * @throws {TypeError} If a weight of the model, or of an optimizer's state, is disposed of.
 */
export function checkState(
  model: tf.LayersModel,
  { optimizers, step }: { readonly optimizers: readonly tf.Optimizer[]; readonly step: number },
): void {
  const action = `Cannot take step ${step}`;
  const weight = model.weights.find((weight) => isDisposed(weight));
  if (weight !== undefined) {
    throw new TypeError(
      `${action}: the model's weights must not be disposed of, got ${weight.originalName} that is; ` +
        "dispose of the model after the run",
    );
  }
  if (optimizers.some((optimizer) => Object.values(optimizer).flat().some(isDisposed))) {
    throw new TypeError(
      `${action}: the optimizer's state must not be disposed of, got some that is; ` +
        "dispose of the optimizer after its last run",
    );
  }
}

/** Whether a tensor, or the variable of a weight or of an optimizer's state, is disposed of. */
function isDisposed(value: unknown): boolean {
  if (value instanceof tf.Tensor) return value.isDisposed;
  const { val, variable } = Object(value) as {
    readonly val?: unknown;
    readonly variable?: unknown;
  };
  return [val, variable].some((inner) => inner instanceof tf.Tensor && inner.isDisposed);
}

/**
 * An error of a step as it is, unless it comes of another backend than the run's or of one that broke
 * down: TensorFlow.js's and wasm's own words would name neither.
 */
export function stepError(
  error: unknown,
  { began, step }: { readonly began: UsedBackend; readonly step: number },
): unknown {
  if (!isUsed(began)) return otherBackend(began, step, error);
  if (!(error instanceof WebAssembly.RuntimeError)) return error;
  return new Error(
    `Cannot take step ${step}: the wasm backend broke down (${error.message}), as it does where its ` +
      "memory, 4 GB at most, does not suffice; take a smaller batch or model, or another backend, in " +
      "a new process",
    { cause: error },
  );
}
