/**
 * A filter turned for the way back, as a WGSL program for TensorFlow.js's WebGPU backend.
 *
 * @module
 */

import type { WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";

/** `result[i, j, n, c] = w[height − 1 − i, width − 1 − j, c, n]`, for `w` of this shape. */
export function turnedFilterProgram(shape: readonly number[]): WebGPUProgram {
  const [height, width, inChannels, outChannels] = shape;
  return {
    variableNames: ["w"],
    outputShape: [height, width, outChannels, inChannels],
    size: true,
    dispatchLayout: { x: [0, 1, 2, 3] },
    dispatch: [Math.ceil(height * width * inChannels * outChannels / 64), 1, 1],
    workgroupSize: [64, 1, 1],
    shaderKey: "residualTurnedFilter",
    getUserCode: () => /* wgsl */ `
      fn main(index : i32) {
        if (index >= uniforms.size) { return; }
        let at = getCoordsFromIndex(index);
        let size = uniforms.wShape;
        let tap = (size.x - 1 - at.x) * size.y + size.y - 1 - at.y;
        result[index] = w[(tap * size.z + at.w) * size.w + at.z];
      }`,
  };
}
