/**
 * What WebGPU's kernels say after the device is lost, as when a driver is reset: without this, results
 * would be zeros.
 *
 * @module
 */

import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";

/** Backends whose device is watched, and why it is lost if it is. */
const watched = new WeakMap<object, { lost?: Error }>();

/** Makes everything that this backend is asked for throw a clear error once its device is lost. */
export function refuseWhenLost(backend: WebGPUBackend): void {
  if (watched.has(backend)) return;
  const state: { lost?: Error } = {};
  watched.set(backend, state);
  const { read, runWebGPUProgram } = backend;
  backend.runWebGPUProgram = (...program) => {
    throwIfLost(backend);
    try {
      return runWebGPUProgram.apply(backend, program);
    } catch (cause) {
      throw failure(`${(cause as Error).message}; the device may be lost`, cause);
    }
  };
  backend.read = async (dataId) => {
    try {
      return await read.call(backend, dataId);
    } catch (error) {
      await lossTold();
      throw state.lost ?? error;
    }
  };
  backend.device.lost.then(({ message }) => {
    state.lost = failure(`its device was lost (${message || "no reason is given"})`);
  });
}

/** @throws {Error} If this backend's device is lost. */
export function throwIfLost(backend: object): void {
  const lost = watched.get(backend)?.lost;
  if (lost !== undefined) throw lost;
}

/** Resolves when a device that was lost before has said so: that comes after a read that fails. */
export async function lossTold(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}

function failure(what: string, cause?: unknown): Error {
  return new Error(
    `Cannot compute on WebGPU: ${what}; start the program again, or take the backend wasm`,
    { cause },
  );
}
