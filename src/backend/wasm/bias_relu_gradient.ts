/**
 * The gradient of a bias and a ReLU behind it, on wasm.
 *
 * @module
 */

import { type TensorInfo, util } from "@tensorflow/tfjs";
import type { KernelOverride } from "../overrides.ts";
import type { WasmBackend } from "./heap.ts";
import { sumRows } from "./sum.ts";

/**
 * For `y = relu(x + bias)`, with a bias for each number of y's last axis: `dx = dy · (1 where y > 0, else 0)`,
 * NaN where y is, and `dbias`, the sum of dx over all axes but the last. Gives both.
 */
export const biasReluGradient: KernelOverride = {
  kernel: "BiasReluGrad",
  covers: "float32",
  why: "ReLU's gradient and the bias's in one pass; TensorFlow.js has no such kernel",
  run: (call) => {
    const { dy, y } = call.inputs as Record<"dy" | "y", TensorInfo>;
    const backend = call.backend as WasmBackend;
    const dx = backend.makeOutput(y.shape, "float32");
    const columns = y.shape[y.shape.length - 1];
    const matrix = { matrices: 1, rows: util.sizeFromShape(y.shape.slice(0, -1)), columns };
    const dbias = backend.makeOutput([columns], "float32");
    sumRows("biasReluGradient", [dy, y, dx], { ...matrix, out: dbias, backend });
    return [dx, dbias];
  },
};
