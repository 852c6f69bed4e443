/**
 * Starting TensorFlow.js's WebGPU backend with this package's kernels.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-webgpu"; // registers its kernels
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { installOverrides } from "../overrides.ts";
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
  registerReluGradient();
  if (!await tf.setBackend("webgpu")) {
    throw new Error("Cannot start WebGPU: TensorFlow.js got no device from the adapter");
  }
  const backend = tf.backend() as WebGPUBackend;
  backend.device.addEventListener("uncapturederror", refuse); // the same listener again changes nothing
  commandsOf(backend);
  refuseWhenLost(backend);
}

/** Unheard, an error of the device leaves zeros in results, and training goes on with them. */
function refuse(event: Event): void {
  throw new Error(`Cannot compute on WebGPU: ${(event as GPUUncapturedErrorEvent).error.message}`);
}
