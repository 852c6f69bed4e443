/**
 * Quotients rounded down, on WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend, WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";
import { floorDiv as floorDivOnHost, isOfFloats } from "../kernels/floor_div.ts";
import type { KernelOverride } from "../overrides.ts";
import { isNan } from "./wgsl.ts";

/** `⌊a / b⌋` of float32 as float32, as in PyTorch: NaN and infinities stay. */
export const floorDiv: KernelOverride = {
  kernel: "FloorDiv",
  covers: "float32",
  why: "float32, so that NaN, infinities and large numbers stay; TensorFlow.js gives int32",
  run: (call) => {
    if (!isOfFloats(call)) return undefined;
    const [a, b] = [call.inputs.a, call.inputs.b] as [tf.TensorInfo, tf.TensorInfo];
    const webgpu = call.backend as WebGPUBackend;
    if (webgpu.shouldExecuteOnCPU([a, b])) {
      return floorDivOnHost(call, {
        values: ({ dataId }) => webgpu.readSync(dataId) as Float32Array,
        make: (shape, dtype, values) => webgpu.makeTensorInfo(shape, dtype, values),
      });
    }
    const shape = tf.backend_util.assertAndGetBroadcastShape(a.shape, b.shape);
    return webgpu.runWebGPUProgram(program(shape), [a, b], "float32");
  },
};

/**
 * A device's quotient may be wrong in its last bits, and a whole one be rounded down to the number before: the
 * remainder must have the divisor's sign, and that of the next quotient must not.
 */
function program(shape: number[]): WebGPUProgram {
  return {
    variableNames: ["A", "B"],
    outputShape: shape,
    size: true,
    dispatchLayout: { x: shape.map((_, axis) => axis) },
    dispatch: [Math.ceil(tf.util.sizeFromShape(shape) / 64), 1, 1],
    workgroupSize: [64, 1, 1],
    shaderKey: "residualFloorDiv",
    getUserCode: () => /* wgsl */ `
      fn main(index : i32) {
        if (index >= uniforms.size) { return; }
        let coords = getCoordsFromIndex(index);
        let a = getAByOutputCoords(coords);
        let b = getBByOutputCoords(coords);
        let down = floor(a / b);
        let tooMuch = sign(fma(-down, b, a)) * sign(b) < 0.0;
        let tooLittle = sign(fma(-down - 1.0, b, a)) * sign(b) >= 0.0;
        let quotient = select(select(down, down + 1.0, tooLittle & (b != 0.0)), down - 1.0, tooMuch);
        setOutputAtIndex(index, select(quotient, a + b, ${isNan("a", 1)} | ${isNan("b", 1)}));
      }`,
  };
}
