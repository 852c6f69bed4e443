/**
 * Starting TensorFlow.js's WebGPU backend with this package's kernels.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
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
  registerBackend();
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

/** Most storage buffers that a pipeline is given. */
const MOST_BUFFERS = 64;

/** Puts our way to a backend in the place of TensorFlow.js's, unless a backend was made and is in use. */
function registerBackend(): void {
  const { registry } = tf.engine() as unknown as {
    readonly registry: Readonly<Record<string, unknown>>;
  };
  const factory = tf.findBackendFactory("webgpu") as (() => unknown) | null;
  if (factory === null || factory === createBackend || "webgpu" in registry) return;
  tf.removeBackend("webgpu");
  tf.registerBackend("webgpu", createBackend, 3); // TensorFlow.js's own priority
}

/**
 * A backend whose device has the adapter's limits, with more storage buffers than TensorFlow.js's own has,
 * which are the 8 that every device has.
 */
async function createBackend(): Promise<WebGPUBackend> {
  const lowPower = tf.env().getBool("WEBGPU_USE_LOW_POWER_GPU");
  const adapter = await navigator.gpu.requestAdapter({
    powerPreference: lowPower ? "low-power" : "high-performance",
  });
  if (adapter === null) throw new Error("no adapter");
  const { limits } = adapter;
  const device = await adapter.requestDevice({
    requiredFeatures: (["timestamp-query", "bgra8unorm-storage"] as const).filter((feature) =>
      adapter.features.has(feature)
    ),
    requiredLimits: {
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxBufferSize: limits.maxBufferSize,
      maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
      maxStorageBuffersPerShaderStage: Math.min(
        limits.maxStorageBuffersPerShaderStage,
        MOST_BUFFERS,
      ),
    },
  });
  return new WebGPUBackend(device, adapter.info);
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
