/**
 * The max-pool gradient's two steps as WGSL programs for TensorFlow.js's WebGPU backend.
 *
 * A window's size and stride are written into the programs as constants: a division by a constant is
 * several times cheaper than one by a uniform, and a network has few kinds of pools.
 *
 * @module
 */

import type { backend_util } from "@tensorflow/tfjs";
import type { WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";
import { isNan } from "./wgsl.ts";

const THREADS = 64;

/** A pool over images, or over volumes. */
export type PoolInfo = backend_util.Conv2DInfo | backend_util.Conv3DInfo;

/** What a first maximum is named by, and the WGSL for it, of its position. */
const NAMED_BY = {
  /** (slice · height + row) · width + column */
  position: "position",
  /** The index among the numbers of its image. */
  "index in image": "position * uniforms.xShape[3] + channel",
  /** The index among the numbers of the batch. */
  "index in batch":
    "(batch * uniforms.xShape[1] * uniforms.xShape[2] + position) * uniforms.xShape[3] + channel",
} as const;

/**
 * `result[b, slice, row, column, c]` = what names the input's first maximum, in row-major order, within the
 * window that gave this output. A NaN is larger than all numbers.
 */
export function firstMaximumProgram(
  info: PoolInfo,
  name: keyof typeof NAMED_BY = "position",
): WebGPUProgram {
  return poolProgram(info, {
    name: `FirstMaximum_${name}`,
    inputs: ["x"],
    outputShape: slicesOf(info, "out"),
    slices: "outDepth",
    body: /* wgsl */ `
      let front = slice * strideDepth - padFront;
      let top = row * strideHeight - padTop;
      let left = column * strideWidth - padLeft;
      let back = min(front + filterDepth, inDepth);
      let bottom = min(top + filterHeight, uniforms.xShape[1]);
      let right = min(left + filterWidth, uniforms.xShape[2]);
      var maximum = Value(-uniforms.INFINITY);
      var position = Position(
        (max(front, 0) * uniforms.xShape[1] + max(top, 0)) * uniforms.xShape[2] + max(left, 0));
      for (var d = max(front, 0); d < back; d++) {
        for (var r = max(top, 0); r < bottom; r++) {
          for (var c = max(left, 0); c < right; c++) {
            let at = (d * uniforms.xShape[1] + r) * uniforms.xShape[2] + c;
            let value = x[(batch * inDepth * uniforms.xShape[1] * uniforms.xShape[2] + at) * groups + group];
            let larger = ${isLarger("value", "maximum", componentOf(info))};
            maximum = select(maximum, value, larger);
            position = select(position, Position(at), larger);
          }
        }
      }
      ${
      componentOf(info) === 4
        ? "let channel = 4 * group + vec4<i32>(0, 1, 2, 3);"
        : "let channel = group;"
    }
      result[index] = ${NAMED_BY[name]};`,
  });
}

/** `dx[b, slice, row, column, c] = Σ dy` over the windows whose first maximum is there. */
export function maximumGradientProgram(info: PoolInfo): WebGPUProgram {
  return poolProgram(info, {
    name: "MaximumGradient",
    inputs: ["dy", "positions"],
    outputShape: slicesOf(info, "in"),
    slices: "inDepth",
    body: /* wgsl */ `
      let here = Position((slice * uniforms.outShape[1] + row) * uniforms.outShape[2] + column);
      let firstSlice = max(slice + padFront - filterDepth + strideDepth, 0) / strideDepth;
      let firstRow = max(row + padTop - filterHeight + strideHeight, 0) / strideHeight;
      let firstColumn = max(column + padLeft - filterWidth + strideWidth, 0) / strideWidth;
      let lastSlice = min((slice + padFront) / strideDepth, outDepth - 1);
      let lastRow = min((row + padTop) / strideHeight, uniforms.dyShape[1] - 1);
      let lastColumn = min((column + padLeft) / strideWidth, uniforms.dyShape[2] - 1);
      var sum = Value(0.0);
      for (var d = firstSlice; d <= lastSlice; d++) {
        for (var r = firstRow; r <= lastRow; r++) {
          for (var c = firstColumn; c <= lastColumn; c++) {
            let line = ((batch * outDepth + d) * uniforms.dyShape[1] + r) * uniforms.dyShape[2];
            let at = (line + c) * groups + group;
            sum += select(Value(0.0), dy[at], positions[at] == here);
          }
        }
      }
      result[index] = sum;`,
  });
}

/** The shape of a pool's input or output with the slices of a volume as images: `[b · depth, h, w, c]`. */
export function slicesOf(info: PoolInfo, side: "in" | "out"): [number, number, number, number] {
  const shape = side === "in" ? info.inShape : info.outShape;
  const [height, width, channels] = shape.slice(-3);
  return [shape.slice(0, -3).reduce((a, b) => a * b), height, width, channels];
}

/** Both steps at once, where each number of the input is in one window: a thread writes a window. */
export function tiledGradientProgram(info: backend_util.Conv2DInfo): WebGPUProgram {
  const component = componentOf(info);
  const value = component === 4 ? "vec4<f32>" : "f32";
  const windows = info.batchSize * info.outHeight * info.outWidth * info.outChannels / component;
  return {
    variableNames: ["x", "dy"],
    outputShape: info.inShape,
    outputComponent: component,
    dispatchLayout: { x: [0, 1, 2, 3] },
    dispatch: [Math.ceil(windows / THREADS), 1, 1],
    workgroupSize: [THREADS, 1, 1],
    shaderKey: `residualTiledMaximumGradient_${component}_${info.filterHeight}_${info.filterWidth}`,
    getUserCode: () => /* wgsl */ `
      const height = ${info.filterHeight};
      const width = ${info.filterWidth};
      fn main(index : i32) {
        let groups = uniforms.outShape[3] / ${component};
        if (index >= uniforms.dyShape[0] * uniforms.dyShape[1] * uniforms.dyShape[2] * groups) { return; }
        let group = index % groups;
        let column = index / groups % uniforms.dyShape[2];
        let batchRow = index / groups / uniforms.dyShape[2]; // rows are whole windows: batches follow
        let line = uniforms.outShape[2] * groups;
        let start = batchRow * height * line + column * width * groups + group;
        var maximum = x[start];
        var position = ${component === 4 ? "vec4<i32>" : "i32"}(0);
        for (var i = 1; i < height * width; i++) {
          let candidate = x[start + i / width * line + i % width * groups];
          let larger = ${isLarger("candidate", "maximum", component)};
          maximum = select(maximum, candidate, larger);
          position = select(position, ${component === 4 ? "vec4<i32>(i)" : "i"}, larger);
        }
        let gradient = dy[index];
        for (var i = 0; i < height * width; i++) {
          result[start + i / width * line + i % width * groups] =
            select(${value}(0.0), gradient, position == ${component === 4 ? "vec4<i32>(i)" : "i"});
        }
      }`,
  };
}

/** Four channels at once where they divide. */
function componentOf({ inChannels }: PoolInfo): 1 | 4 {
  return inChannels % 4 === 0 ? 4 : 1;
}

/** WGSL for whether a value takes the place of the largest one: a larger number, or the first NaN. */
function isLarger(value: string, largest: string, component: 1 | 4): string {
  const isNumber = `!${isNan(largest, component)}`;
  return `${isNumber} & (${isNan(value, component)} | (${value} > ${largest}))`;
}

interface PoolStep {
  readonly name: string;
  readonly inputs: string[];
  readonly outputShape: number[];
  /** The constant that says how many slices a volume of the output has. */
  readonly slices: "inDepth" | "outDepth";
  readonly body: string;
}

/** A program with one thread per output and group of channels: four where they divide, or one. */
function poolProgram(info: PoolInfo, step: PoolStep): WebGPUProgram {
  const component = componentOf(info);
  const size = step.outputShape.reduce((product, length) => product * length, 1);
  const depth = "outDepth" in info
    ? {
      inDepth: info.inDepth,
      outDepth: info.outDepth,
      filterDepth: info.effectiveFilterDepth,
      strideDepth: info.strideDepth,
      padFront: info.padInfo.front,
    }
    : { inDepth: 1, outDepth: 1, filterDepth: 1, strideDepth: 1, padFront: 0 };
  const window = [
    ...Object.entries(depth),
    ["filterHeight", info.effectiveFilterHeight],
    ["filterWidth", info.effectiveFilterWidth],
    ["strideHeight", info.strideHeight],
    ["strideWidth", info.strideWidth],
    ["padTop", info.padInfo.top],
    ["padLeft", info.padInfo.left],
  ] as const;
  return {
    variableNames: step.inputs,
    outputShape: step.outputShape,
    outputComponent: component,
    size: true,
    dispatchLayout: { x: [0, 1, 2, 3] },
    dispatch: [Math.ceil(size / component / THREADS), 1, 1],
    workgroupSize: [THREADS, 1, 1],
    shaderKey: `residual${step.name}_${component}_${window.map(([, value]) => value)}`,
    getUserCode: () => /* wgsl */ `
      ${window.map(([name, value]) => `const ${name} = ${value};`).join("\n")}
      alias Value = ${component === 4 ? "vec4<f32>" : "f32"};
      alias Position = ${component === 4 ? "vec4<i32>" : "i32"};

      fn main(index : i32) {
        if (index >= uniforms.size) { return; }
        let groups = uniforms.outShape[3] / ${component};
        let group = index % groups;
        let column = index / groups % uniforms.outShape[2];
        let batchRow = index / groups / uniforms.outShape[2];
        let row = batchRow % uniforms.outShape[1];
        let batchSlice = batchRow / uniforms.outShape[1];
        let slice = batchSlice % ${step.slices};
        let batch = batchSlice / ${step.slices};
        ${step.body}
      }`,
  };
}
