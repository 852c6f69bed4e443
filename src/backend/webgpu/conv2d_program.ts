/**
 * The forward convolution as a WGSL program for TensorFlow.js's WebGPU backend.
 *
 * @module
 */

import type { backend_util } from "@tensorflow/tfjs";
import type { WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";
import { type ConvolutionPlan, tileColumn, tilePitch } from "./conv2d_plan.ts";
import { isNegative, unroll } from "./wgsl.ts";

/** What is done to each sum before it is stored. */
export interface Finish {
  /** Whether a bias, the program's third input, is added. */
  readonly bias: boolean;
  /** Whether negative results become 0. */
  readonly relu: boolean;
}

/**
 * `result[b, row, column, n] = Σ x[b, row + i − top, column + j − left, c] · w[i, j, c, n]` over the
 * filter's rows i and columns j and the input channels c.
 *
 * The input passes through workgroup memory, a few channels at a time, each number once for all of
 * the filter's shifts. A run of pixels then shares what it reads of a row among the filter's columns.
 * All threads read the same weights at the same time, one memory access for all of them.
 */
export function convolutionProgram(
  info: backend_util.Conv2DInfo,
  { plan, finish }: { readonly plan: ConvolutionPlan; readonly finish: Finish },
): WebGPUProgram {
  const { block, workgroups, depth, channels } = plan;
  const { filterHeight, filterWidth, outChannels, outShape } = info;
  const { across, down, images } = block;
  return {
    variableNames: finish.bias ? ["x", "w", "bias"] : ["x", "w"],
    variableComponents: finish.bias ? [depth, 4, 4] : [depth, 4],
    uniforms: "pads : vec2<i32>, across : i32,",
    outputShape: outShape,
    outputComponent: 4,
    dispatchLayout: { x: [1, 2], y: [3], z: [0] },
    dispatch: [workgroups.across * workgroups.down, outChannels / channels, workgroups.images],
    workgroupSize: [across * down * images, 1, 1],
    shaderKey: `residualConvolution_${filterHeight}_${filterWidth}_${plan.pixels}_${channels}` +
      `_${across}_${down}_${images}_${depth}_${finish.bias}_${finish.relu}`,
    getUserCode: () => source(plan, { filterHeight, filterWidth, finish }),
  };
}

interface SourceOptions {
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly finish: Finish;
}

function source(
  plan: ConvolutionPlan,
  { filterHeight, filterWidth, finish }: SourceOptions,
): string {
  const { pixels, channels, block, tile, depth } = plan;
  const { across, down, images } = block;
  const groups = channels / 4;
  const pitch = tilePitch(plan);
  return /* wgsl */ `
    alias Value = ${depth === 4 ? "vec4<f32>" : "f32"};
    var<workgroup> tile : array<Value, ${images * tile.height * pitch}>;

    fn main() {
      let thread = i32(localIndex);
      let image = vec3<i32>(uniforms.xShape.yzw); // height, width, channels
      let out = vec3<i32>(uniforms.outShape.yzw);

      // The workgroup's first image, row and column, and where in its block this thread's run is.
      let first = vec3<i32>(
        i32(workgroupId.z) * ${images},
        i32(workgroupId.x) / uniforms.across * ${down},
        i32(workgroupId.x) % uniforms.across * ${across * pixels});
      let run = vec3<i32>(
        thread / ${across * down}, thread / ${across} % ${down}, thread % ${across});
      let start = (run.x * ${tile.height} + run.y) * ${pitch} + run.z * ${tileColumn(pixels, plan)};
      let group = i32(workgroupId.y) * ${groups};
      let groups = out.z / 4;
      ${eachSum(plan, (sum) => `var ${sum} = vec4<f32>(0.0);`)}

      for (var channel = 0; channel < image.z; channel += ${depth}) {
        ${loadTile(plan)}
        workgroupBarrier();
        for (var i = 0; i < ${filterHeight}; i++) {
          let line = start + i * ${pitch};
          let weights = (i * ${filterWidth} * image.z + channel) * groups + group;
          ${
    unroll(pixels + filterWidth - 1, (k) => `let x${k} = tile[line + ${tileColumn(k, plan)}];`)
  }
          ${unroll(filterWidth, (j) => unroll(depth, (c) => multiply(plan, [j, c])))}
        }
        workgroupBarrier();
      }

      let batch = first.x + run.x;
      let row = first.y + run.y;
      let column = first.z + run.z * ${pixels};
      if (batch < uniforms.outShape[0] && row < out.x) {
        ${unroll(pixels, (p) => store(p, groups, finish))}
      }
    }`;
}

/** Brings the workgroup's part of the input's next channels into its memory, zeros around it. */
const loadTile = ({ pixels, block, tile, depth, ...plan }: ConvolutionPlan) => `
  for (var t = thread; t < ${block.images * tile.height * tile.width}; t += ${
  block.images * block.down * block.across
}) {
    let line = t / ${tile.width};
    let inLine = t % ${tile.width};
    let batch = first.x + line / ${tile.height};
    let row = first.y + line % ${tile.height} - uniforms.pads.x;
    let column = first.z + inLine - uniforms.pads.y;
    let inside = row >= 0 && row < image.x && column >= 0 && column < image.y;
    var value = Value(0.0);
    if (inside && batch < uniforms.xShape[0]) {
      value = x[(((batch * image.x + row) * image.y + column) * image.z + channel) / ${depth}];
    }
    tile[line * ${tilePitch({ pixels, tile, ...plan })} + inLine + inLine / ${pixels}] = value;
  }`;

/** Adds the products of one of the filter's columns and one channel of the tile to the sums. */
const multiply = ({ pixels, channels, depth }: ConvolutionPlan, [j, c]: [number, number]) =>
  `{
  let at = weights + (${j} * image.z + ${c}) * groups;
  ${
    unroll(channels / 4, (n) => `
    let w${n} = w[at + ${n}];
    ${unroll(pixels, (p) => `sum${p}_${n} += x${p + j}${depth === 4 ? `[${c}]` : ""} * w${n};`)}`)
  }
}`;

/** Stores pixel p of the run. */
const store = (p: number, groups: number, { bias, relu }: Finish) => `
  if (column + ${p} < out.y) {
    let at = ((batch * out.x + row) * out.y + column + ${p}) * groups + group;
    ${
  unroll(groups, (n) => `
    let y${n} = sum${p}_${n}${bias ? ` + bias[group + ${n}]` : ""};
    result[at + ${n}] = ${
    relu ? `select(y${n}, vec4<f32>(0.0), ${isNegative(`y${n}`, 4)})` : `y${n}`
  };`)
}
  }`;

function eachSum(
  { pixels, channels }: ConvolutionPlan,
  piece: (sum: string) => string,
): string {
  return unroll(pixels, (p) => unroll(channels / 4, (n) => piece(`sum${p}_${n}`)));
}
