/**
 * Programs on each number of a tensor, for TensorFlow.js's WebGPU backend.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";

/** A program that computes each number of its result from the numbers at the same place. */
export interface Elementwise {
  readonly name: string;
  readonly inputs: string[];
  /** WGSL for one number, or for four of them. */
  readonly body: (value: string, component: 1 | 4) => string;
}

/** A program with one thread per number, or per four where they divide. */
export function elementwiseProgram(
  shape: number[],
  { name, inputs, body }: Elementwise,
): WebGPUProgram {
  const size = tf.util.sizeFromShape(shape);
  const component = size % 4 === 0 ? 4 : 1;
  return {
    variableNames: inputs,
    outputShape: shape,
    outputComponent: component,
    size: true,
    dispatchLayout: { x: shape.map((_, axis) => axis) },
    dispatch: [Math.ceil(size / component / 64), 1, 1],
    workgroupSize: [64, 1, 1],
    shaderKey: `residual${name}_${component}`,
    getUserCode: () => /* wgsl */ `
      fn main(index : i32) {
        if (index >= uniforms.size) { return; }
        ${body(component === 4 ? "vec4<f32>" : "f32", component)}
      }`,
  };
}
