/**
 * What a fused operation does to its result on wasm: adds a bias, and computes an activation.
 *
 * @module
 */

import { getKernel, type NamedAttrMap, type TensorInfo } from "@tensorflow/tfjs";
import type { WasmBackend } from "./heap.ts";

/** The inputs of a fused operation that come after its product. */
export interface FinishingInputs {
  /** Added to the result, of a shape that can be broadcast to it. */
  readonly bias?: TensorInfo;
  /** The slopes below 0 of `prelu`. */
  readonly preluActivationWeights?: TensorInfo;
}

/** How to finish. */
export interface FinishOptions extends FinishingInputs {
  /** As fused operations name it; nothing for `linear`. */
  readonly activation: string | undefined;
  /** The slope below 0 of `leakyrelu`. */
  readonly alpha?: number;
}

/** The kernels of activations that fused operations know. */
const KERNELS: Readonly<Record<string, string>> = {
  relu: "Relu",
  relu6: "Relu6",
  elu: "Elu",
  sigmoid: "Sigmoid",
  leakyrelu: "LeakyRelu",
  prelu: "Prelu",
};

/** `activation(y + bias)`; y is disposed of, or is the result. */
export function finish(
  y: TensorInfo,
  { bias, preluActivationWeights, activation = "linear", alpha = 0.2 }: FinishOptions,
  backend: object,
): TensorInfo {
  const run = (kernel: string, inputs: Record<string, TensorInfo>, attrs: NamedAttrMap = {}) => {
    const { kernelFunc } = getKernel(kernel, "wasm");
    const result = kernelFunc({ inputs, backend, attrs }) as TensorInfo;
    const [given] = Object.values(inputs);
    (backend as WasmBackend).disposeData(given.dataId);
    return result;
  };
  const sum = bias === undefined ? y : run("Add", { a: y, b: bias });
  if (activation === "linear") return sum;
  const kernel = KERNELS[activation];
  if (kernel === undefined) {
    throw new RangeError(
      `Cannot compute a fused operation on wasm: its activation must be one of linear, ` +
        `${Object.keys(KERNELS).join(", ")}, got ${activation}`,
    );
  }
  if (activation === "prelu") return run(kernel, { x: sum, alpha: preluActivationWeights! });
  return run(kernel, { x: sum }, activation === "leakyrelu" ? { alpha } : {});
}
