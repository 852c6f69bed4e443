/**
 * What a lost WebGPU device says: a GPU that was taken away or reset, a driver that crashed.
 *
 * @module
 */

import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";

const heeded = new WeakSet<WebGPUBackend>();

/**
 * Has the backend refuse to compute and to read once its device is lost. Left alone, computing goes on
 * into nothing, or fails with an error that does not say why.
 */
export function refuseWhenLost(backend: WebGPUBackend): void {
  if (heeded.has(backend)) return;
  heeded.add(backend);
  let lost: Error | undefined;
  const { read, runWebGPUProgram } = backend;
  backend.runWebGPUProgram = (...program) => {
    if (lost !== undefined) throw lost;
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
      await new Promise((resolve) => setTimeout(resolve)); // the loss is told after the failed read
      throw lost ?? error;
    }
  };
  backend.device.lost.then(({ message }) => {
    lost = failure(`its device was lost (${message || "no reason is given"})`);
  });
}

function failure(what: string, cause?: unknown): Error {
  return new Error(
    `Cannot compute on WebGPU: ${what}; start the program again, or take the backend wasm`,
    { cause },
  );
}
