/**
 * The gradient of ReLU in one dispatch, on WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend, WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";
import { isNan } from "./nan.ts";

/** The kernel `ReluGrad`: `dx = dy · (1 where x > 0, else 0)`, and NaN where x is. */
export const reluGradient: tf.KernelFunc = ({ inputs, backend }) => {
  const [dy, x] = [inputs.dy, inputs.x] as [tf.TensorInfo, tf.TensorInfo];
  return (backend as WebGPUBackend).runWebGPUProgram(
    reluGradientProgram(x.shape),
    [dy, x],
    "float32",
  );
};

/** Lets TensorFlow.js's gradient of `Relu` be this kernel where the backend in use has it. */
export function registerReluGradient(): void {
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

function reluGradientProgram(shape: number[]): WebGPUProgram {
  const size = tf.util.sizeFromShape(shape);
  const component = size % 4 === 0 ? 4 : 1;
  const value = component === 4 ? "vec4<f32>" : "f32";
  return {
    variableNames: ["dy", "x"],
    outputShape: shape,
    outputComponent: component,
    size: true,
    dispatchLayout: { x: shape.map((_, axis) => axis) },
    dispatch: [Math.ceil(size / component / 64), 1, 1],
    workgroupSize: [64, 1, 1],
    shaderKey: `residualReluGradient_${component}`,
    getUserCode: () => /* wgsl */ `
      fn main(index : i32) {
        if (index >= uniforms.size) { return; }
        let at = x[index];
        let slope = select(${value}(0.0), ${value}(1.0), at > ${value}(0.0));
        result[index] = dy[index] * select(slope, at, ${isNan("at", component)});
      }`,
  };
}
