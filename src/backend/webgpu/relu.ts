/**
 * ReLU, and its gradient in one dispatch, on WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { KernelOverride } from "../overrides.ts";
import { elementwiseProgram } from "./elementwise_program.ts";
import { isNan, isNegative } from "./wgsl.ts";

/** 0 where x is below 0, else x, also where that is NaN. */
export const relu: KernelOverride = {
  kernel: "Relu",
  covers: "float32",
  why: "a NaN stays; drivers may lose it in TensorFlow.js's comparison",
  run: ({ inputs, backend }) => {
    const x = inputs.x as tf.TensorInfo;
    const webgpu = backend as WebGPUBackend;
    if (x.dtype !== "float32") return undefined;
    const program = elementwiseProgram(x.shape, {
      name: "Relu",
      inputs: ["x"],
      body: (value, component) => `
        let at = x[index];
        result[index] = select(at, ${value}(0.0), ${isNegative("at", component)});`,
    });
    return webgpu.runWebGPUProgram(program, [x], "float32");
  },
};

/** `min(6, max(0, x))`, NaN where x is. */
export const relu6: KernelOverride = {
  kernel: "Relu6",
  covers: "float32",
  why: "a NaN stays; TensorFlow.js gives 0 for it",
  run: ({ inputs, backend }) => {
    const x = inputs.x as tf.TensorInfo;
    const webgpu = backend as WebGPUBackend;
    if (x.dtype !== "float32") return undefined;
    const program = elementwiseProgram(x.shape, {
      name: "Relu6",
      inputs: ["x"],
      body: (value, component) => `
        let at = x[index];
        let within = clamp(at, ${value}(0.0), ${value}(6.0));
        result[index] = select(within, at, ${isNan("at", component)});`,
    });
    return webgpu.runWebGPUProgram(program, [x], "float32");
  },
};

/** Fused operations whose activation is ReLU or ReLU6, as the product and then the activation. */
export const fusedWithRelu: readonly KernelOverride[] = [
  "_FusedMatMul",
  "FusedConv2D",
  "FusedDepthwiseConv2D",
].map((kernel) => ({
  kernel,
  covers: "ReLU and ReLU6",
  why: "as Relu and Relu6",
  run: ({ inputs, attrs, backend }) => {
    const { activation, ...others } = attrs as unknown as { readonly activation?: string };
    const own = { relu: "Relu", relu6: "Relu6" }[activation ?? ""];
    if (own === undefined) return undefined;
    const { kernelFunc } = tf.getKernel(kernel, "webgpu");
    const linear = { ...others, activation: "linear" };
    const x = kernelFunc({ inputs, backend, attrs: linear }) as tf.TensorInfo;
    const y = tf.getKernel(own, "webgpu").kernelFunc({ inputs: { x }, backend, attrs: {} });
    (backend as WebGPUBackend).disposeData(x.dataId);
    return y;
  },
}));

/** `dx = dy · (1 where x > 0, else 0)`, and NaN where x is. */
export const reluGradient: KernelOverride = {
  kernel: "ReluGrad",
  covers: "float32",
  why: "one dispatch; TensorFlow.js, which has no such kernel, takes three",
  run: ({ inputs, backend }) => {
    const [dy, x] = [inputs.dy, inputs.x] as [tf.TensorInfo, tf.TensorInfo];
    const program = elementwiseProgram(x.shape, {
      name: "ReluGradient",
      inputs: ["dy", "x"],
      body: (value, component) => `
        let at = x[index];
        let slope = select(${value}(0.0), ${value}(1.0), at > ${value}(0.0));
        result[index] = dy[index] * select(slope, at, ${isNan("at", component)});`,
    });
    return (backend as WebGPUBackend).runWebGPUProgram(program, [dy, x], "float32");
  },
};

/** Lets TensorFlow.js's gradient of `Relu` be this kernel where the backend in use has it. */
export function registerReluGradient(): void {
  if (tf.getGradient("ReluGrad") !== undefined) return; // it was registered with an earlier start
  const stock = tf.getGradient("Relu");
  tf.unregisterGradient("Relu");
  tf.registerGradient({
    ...stock,
    gradFunc: (dy, saved, attrs) => {
      const [x] = saved;
      const covered = tf.getKernel("ReluGrad", tf.getBackend()) !== undefined &&
        !Array.isArray(dy) && dy.dtype === "float32" && x.dtype === "float32";
      return covered ? { x: () => reluGrad(dy, x) } : stock.gradFunc(dy, saved, attrs);
    },
  });
  tf.registerGradient({
    kernelName: "ReluGrad",
    inputsToSave: ["x"],
    gradFunc: (d, [x]) => ({ dy: () => reluGrad(d as tf.Tensor, x), x: () => tf.zerosLike(x) }),
  });
}

function reluGrad(dy: tf.Tensor, x: tf.Tensor): tf.Tensor {
  return tf.engine().runKernel("ReluGrad", { dy, x });
}
