/**
 * The absolute value of complex numbers, on WebGPU.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { KernelOverride } from "../overrides.ts";
import { elementwiseProgram } from "./elementwise_program.ts";
import { isNan } from "./wgsl.ts";

/** `√(re² + im²)`, without its squares being too large or too small, and NaN where a part is. */
export const complexAbs: KernelOverride = {
  kernel: "ComplexAbs",
  covers: "all",
  why: "a NaN stays; TensorFlow.js gives a number for it",
  run: ({ inputs, backend }) => {
    const { dataId, shape } = inputs.x as tf.TensorInfo;
    const webgpu = backend as WebGPUBackend;
    const { real, imag } = webgpu.tensorMap.get(dataId).complexTensorInfos!;
    const parts = [real, imag].map((part) => ({ ...part, shape }));
    const program = elementwiseProgram(shape, {
      name: "ComplexAbs",
      inputs: ["re", "im"],
      body: (value, component) => `
        let a = abs(re[index]);
        let b = abs(im[index]);
        let larger = max(a, b);
        let ratio = min(a, b) / select(larger, ${value}(1.0), larger == ${value}(0.0));
        let size = larger * sqrt(1.0 + ratio * ratio);
        let isNaN = ${isNan("a", component)} | ${isNan("b", component)};
        result[index] = select(size, a + b, isNaN);`,
    });
    return webgpu.runWebGPUProgram(program, parts, "float32");
  },
};
