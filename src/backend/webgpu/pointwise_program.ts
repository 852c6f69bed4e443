/**
 * The convolution with a filter of one row and one column, a product of matrices, as a WGSL program for
 * TensorFlow.js's WebGPU backend.
 *
 * @module
 */

import type { backend_util } from "@tensorflow/tfjs";
import type { WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";
import type { Finish } from "./conv2d_program.ts";
import { workgroupsFor } from "./pipelines.ts";
import { isNegative, unroll } from "./wgsl.ts";

/** Threads of a workgroup. */
const THREADS = 64;

/**
 * Threads that are enough; where there would be more, each computes up to eight pixels and reads the filter
 * once for all of them: measured on an NVIDIA H200.
 */
const BUSY_THREADS = 16384;

/** Images with one vector of numbers for each pixel, and what becomes of it. */
export interface Pointwise {
  /** Shape of the result: batch, height, width, channels. */
  readonly outShape: number[];
  /** Numbers for each of the input's pixels, a multiple of four, as is the last of `outShape`. */
  readonly inChannels: number;
  /** Whether the filter is `[outChannels, inChannels]`, as in the gradient, and not the other way around. */
  readonly transposed: boolean;
  readonly finish: Finish;
}

/** Whether the program computes this convolution: 1×1, stride 1, no padding, channels a multiple of four. */
export function isPointwise(info: backend_util.Conv2DInfo): boolean {
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = info;
  const ones = [filterHeight, filterWidth, strideHeight, strideWidth];
  const pads = [padInfo.top, padInfo.bottom, padInfo.left, padInfo.right];
  return ones.every((one) => one === 1) && pads.every((pad) => pad === 0) &&
    info.inChannels % 4 === 0 && info.outChannels % 4 === 0;
}

/**
 * `result[p, n] = Σ_c x[p, c] · w[c, n]`, or `w[n, c]` if transposed, for all pixels p. A thread computes
 * four channels of one pixel, or of a few; the threads beside it read the same pixel's numbers.
 */
export function pointwiseProgram(pointwise: Pointwise): WebGPUProgram {
  const { outShape, inChannels, transposed, finish } = pointwise;
  const fours = outShape.reduce((product, size) => product * size, 1) / 4;
  const pixels = [1, 2, 4].find((pixels) => fours / pixels <= BUSY_THREADS) ?? 8;
  const groups = outShape[3] / 4;
  const threads = Math.ceil(fours / groups / pixels) * groups;
  return {
    variableNames: finish.bias ? ["x", "w", "bias"] : ["x", "w"],
    variableComponents: finish.bias ? [4, 4, 4] : [4, 4],
    outputShape: outShape,
    outputComponent: 4,
    dispatchLayout: { x: [0, 1, 2, 3] },
    dispatch: workgroupsFor(threads, { threads: THREADS }),
    workgroupSize: [THREADS, 1, 1],
    shaderKey: `residualPointwise_${inChannels}_${groups}_${pixels}_${transposed}` +
      `_${finish.bias}_${finish.relu}`,
    getUserCode: () => source(pointwise, { pixels, groups }),
  };
}

function source(
  { inChannels, transposed, finish }: Pointwise,
  { pixels, groups }: { readonly pixels: number; readonly groups: number },
): string {
  const fours = inChannels / 4;
  return /* wgsl */ `
    fn main(thread : i32) {
      let group = thread % ${groups};
      let first = thread / ${groups} * ${pixels};
      let last = uniforms.outShape[0] * uniforms.outShape[1] * uniforms.outShape[2] - 1;
      ${
    unroll(pixels, (p) => `
      let at${p} = min(first + ${p}, last) * ${fours};
      var sum${p} = vec4<f32>(0.0);`)
  }
      for (var four = 0; four < ${fours}; four++) {
        ${
    transposed
      ? rows(fours)
      : unroll(4, (c) => `let w${c} = w[(four * 4 + ${c}) * ${groups} + group];`)
  }
        ${
    unroll(pixels, (p) => `
        let x${p} = x[at${p} + four];
        ${unroll(4, (c) => `sum${p} += x${p}[${c}] * w${c};`)}`)
  }
      }
      ${unroll(pixels, (p) => store(p, groups, finish))}
    }`;
}

/** Reads four rows of the filter, for four numbers each, and exchanges rows and columns. */
const rows = (fours: number) => `
  ${unroll(4, (n) => `let row${n} = w[(group * 4 + ${n}) * ${fours} + four];`)}
  ${unroll(4, (c) => `let w${c} = vec4<f32>(row0[${c}], row1[${c}], row2[${c}], row3[${c}]);`)}`;

const store = (p: number, groups: number, { bias, relu }: Finish) => `
  if (first + ${p} <= last) {
    let y = sum${p}${bias ? " + bias[group]" : ""};
    result[(first + ${p}) * ${groups} + group] = ${
  relu ? `select(y, vec4<f32>(0.0), ${isNegative("y", 4)})` : "y"
};
  }`;
