/**
 * Starting TensorFlow.js's WebGPU backend with this package's kernels.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-webgpu"; // registers its kernels
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { installOverrides, refuseMissingKernels } from "../overrides.ts";
import { setBackend } from "../set_backend.ts";
import { commandsOf } from "./commands.ts";
import { refuseWhenLost } from "./lost_device.ts";
import { overrides } from "./overrides.ts";
import { registerReluGradient } from "./relu.ts";

/**
 * Makes WebGPU TensorFlow.js's backend, with this package's kernels in it.
 *
 * @throws {Error} If the adapter gives no device.
 */
export async function startWebgpu(): Promise<void> {
  installOverrides("webgpu", overrides);
  refuseMissingKernels("webgpu");
  registerReluGradient();
  if (!await setBackend("webgpu")) {
    throw new Error("Cannot start WebGPU: TensorFlow.js got no device from the adapter");
  }
  const backend = tf.backend() as WebGPUBackend;
  backend.device.addEventListener("uncapturederror", refuse); // the same listener again changes nothing
  commandsOf(backend);
  refuseWhenLost(backend);
  refuseSyncReads(backend);
}

const guarded = new WeakSet<WebGPUBackend>();

/** TensorFlow.js reads a GPU's numbers at once by way of a canvas, which Deno and Node do not have. */
function refuseSyncReads(backend: WebGPUBackend): void {
  if (guarded.has(backend)) return;
  guarded.add(backend);
  const stock = backend.readSync.bind(backend);
  backend.readSync = (dataId) => {
    try {
      return stock(dataId);
    } catch (cause) {
      if (hasCanvas()) throw cause;
      throw new Error(
        "Cannot read a tensor on WebGPU at once: there must be a canvas, as in a page, got none; use " +
          "await tensor.data() or await tensor.array()",
        { cause },
      );
    }
  };
}

function hasCanvas(): boolean {
  try {
    return new OffscreenCanvas(1, 1).getContext("2d") != null;
  } catch {
    return false;
  }
}

/** Unheard, an error of the device leaves zeros in results, and training goes on with them. */
function refuse(event: Event): void {
  throw new Error(`Cannot compute on WebGPU: ${(event as GPUUncapturedErrorEvent).error.message}`);
}
