/**
 * The L2 norms of a matrix's rows, on WebGPU.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend, WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";
import type { KernelOverride } from "../overrides.ts";
import { halve, integers } from "./wgsl.ts";

/** Threads of a workgroup. */
const THREADS = 256;

/** Numbers that a workgroup sums up; longer rows are summed in parts, which are then put together. */
const PART = 16 * THREADS;

/**
 * `norm[row] = s · √Σ (x[row, i] / s)²`, where s is a power of two near the largest |x| of what is
 * summed, so that no square overflows, nor vanishes. NaN and infinity go through.
 */
export const rowNorms: KernelOverride = {
  kernel: "RowNorms",
  covers: "[rows, columns], float32",
  why: "gradient norms in one or two dispatches; TensorFlow.js has no such kernel",
  run: ({ inputs, backend }) => compute(backend as WebGPUBackend, inputs.x as tf.TensorInfo),
};

function compute(backend: WebGPUBackend, x: tf.TensorInfo): tf.TensorInfo {
  const [rows, columns] = x.shape;
  if (columns <= PART) {
    const program = normProgram({ rows, parts: 1 });
    return backend.runWebGPUProgram(program, [x], "float32", [integers(columns)]);
  }
  const parts = Math.ceil(columns / PART);
  const program = normProgram({ rows, parts });
  const partial = backend.runWebGPUProgram(program, [x], "float32", [integers(columns)]); // [rows, parts]
  const norms = compute(backend, partial);
  backend.disposeData(partial.dataId);
  return norms;
}

/** Rows, each cut into so many parts. The norm of a row is that of its parts' norms. */
interface Cut {
  readonly rows: number;
  readonly parts: number;
}

function normProgram({ rows, parts }: Cut): WebGPUProgram {
  const whole = parts === 1;
  return {
    variableNames: ["x"],
    uniforms: "columns : i32,",
    outputShape: whole ? [rows] : [rows, parts],
    dispatchLayout: { x: whole ? [0] : [0, 1] },
    dispatch: [parts, rows, 1],
    workgroupSize: [THREADS, 1, 1],
    shaderKey: `residualRowNorms_${whole}`,
    getUserCode: () => /* wgsl */ `
      var<workgroup> largest : array<u32, ${THREADS}>;
      var<workgroup> sums : array<f32, ${THREADS}>;

      // Bits, because a driver may take it that there is neither NaN nor infinity: those of |x| are in
      // |x|'s order, infinity above all numbers and NaN above infinity.
      fn magnitude(x : f32) -> u32 { return bitcast<u32>(x) & 0x7fffffffu; }

      fn main(index : i32) {
        let thread = i32(localIndex);
        let row = i32(workgroupId.y);
        let start = i32(workgroupId.x) * ${PART};
        let first = row * uniforms.columns + start + thread;
        let end = row * uniforms.columns + ${
      whole ? "uniforms.columns" : `min(start + ${PART}, uniforms.columns)`
    };
        var most = 0u;
        for (var i = first; i < end; i += ${THREADS}) { most = max(most, magnitude(x[i])); }
        largest[thread] = most;
        ${
      halve(THREADS, (half) =>
        `if (thread < ${half}) {
          largest[thread] = max(largest[thread], largest[thread + ${half}]);
        }`)
    }
        workgroupBarrier();
        most = largest[0];

        // 2ⁿ from the exponent's bits, where 2ⁿ and 2⁻ⁿ are numbers; 1 for zero, infinity and NaN.
        let usable = most > 0x00800000u && most < 0x7f800000u;
        let exponent = select(127u, min(most >> 23u, 253u), usable);
        let scale = bitcast<f32>(exponent << 23u);
        let inverse = bitcast<f32>((254u - exponent) << 23u);
        var sum = 0.0;
        for (var i = first; i < end; i += ${THREADS}) {
          let scaled = x[i] * inverse;
          sum += scaled * scaled;
        }
        sums[thread] = sum;
        ${
      halve(THREADS, (half) => `if (thread < ${half}) { sums[thread] += sums[thread + ${half}]; }`)
    }
        if (thread == 0) {
          result[row * i32(numWorkgroups.x) + i32(workgroupId.x)] = scale * sqrt(sums[0]);
        }
      }`,
  };
}
