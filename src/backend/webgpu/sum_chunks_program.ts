/**
 * The sum of partial results as a WGSL program for TensorFlow.js's WebGPU backend.
 *
 * @module
 */

import type { WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";

/**
 * `result[i] = Σ_chunk partial[chunk, i]`, always in the order of the chunks, so that the sum is the
 * same bit for bit whenever it is computed.
 */
export function sumChunksProgram(outputShape: number[]): WebGPUProgram {
  const size = outputShape.reduce((product, length) => product * length, 1);
  return {
    variableNames: ["partial"],
    outputShape,
    size: true,
    dispatchLayout: { x: outputShape.map((_, axis) => axis) },
    dispatch: [Math.ceil(size / 64), 1, 1],
    workgroupSize: [64, 1, 1],
    shaderKey: "residualSumChunks",
    getUserCode: () => /* wgsl */ `
      fn main(index : i32) {
        if (index >= uniforms.size) { return; }
        var sum = 0.0;
        for (var chunk = 0; chunk < uniforms.partialShape[0]; chunk++) {
          sum += partial[chunk * uniforms.size + index];
        }
        result[index] = sum;
      }`,
  };
}
