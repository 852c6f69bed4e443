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

const THREADS = 64;

/**
 * `result[b, row, column, c]` = row · width + column of the input's first maximum, in row-major order,
 * within the window that gave this output.
 */
export function firstMaximumProgram(info: backend_util.Conv2DInfo): WebGPUProgram {
  return poolProgram(info, {
    name: "FirstMaximum",
    inputs: ["x"],
    outputShape: info.outShape,
    body: /* wgsl */ `
      let top = row * strideHeight - padTop;
      let left = column * strideWidth - padLeft;
      let right = min(left + filterWidth, uniforms.xShape[2]);
      let bottom = min(top + filterHeight, uniforms.xShape[1]);
      var maximum = Value(-uniforms.INFINITY);
      var position = Position(max(top, 0) * uniforms.xShape[2] + max(left, 0));
      for (var r = max(top, 0); r < bottom; r++) {
        for (var c = max(left, 0); c < right; c++) {
          let value = x[((batch * uniforms.xShape[1] + r) * uniforms.xShape[2] + c) * groups + group];
          let larger = value > maximum;
          maximum = select(maximum, value, larger);
          position = select(position, Position(r * uniforms.xShape[2] + c), larger);
        }
      }
      result[index] = position;`,
  });
}

/** `dx[b, row, column, c] = Σ dy` over the windows whose first maximum is at this row and column. */
export function maximumGradientProgram(info: backend_util.Conv2DInfo): WebGPUProgram {
  return poolProgram(info, {
    name: "MaximumGradient",
    inputs: ["dy", "positions"],
    outputShape: info.inShape,
    body: /* wgsl */ `
      let here = Position(row * uniforms.outShape[2] + column);
      let firstRow = max(row + padTop - filterHeight + strideHeight, 0) / strideHeight;
      let firstColumn = max(column + padLeft - filterWidth + strideWidth, 0) / strideWidth;
      let lastRow = min((row + padTop) / strideHeight, uniforms.dyShape[1] - 1);
      let lastColumn = min((column + padLeft) / strideWidth, uniforms.dyShape[2] - 1);
      var sum = Value(0.0);
      for (var r = firstRow; r <= lastRow; r++) {
        for (var c = firstColumn; c <= lastColumn; c++) {
          let at = ((batch * uniforms.dyShape[1] + r) * uniforms.dyShape[2] + c) * groups + group;
          sum += select(Value(0.0), dy[at], positions[at] == here);
        }
      }
      result[index] = sum;`,
  });
}

/** Both steps at once, where each number of the input is in one window: a thread writes a window. */
export function tiledGradientProgram(info: backend_util.Conv2DInfo): WebGPUProgram {
  const component = info.inChannels % 4 === 0 ? 4 : 1;
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
          let larger = candidate > maximum;
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

interface PoolStep {
  readonly name: string;
  readonly inputs: string[];
  readonly outputShape: number[];
  readonly body: string;
}

/** A program with one thread per output and group of channels: four where they divide, or one. */
function poolProgram(info: backend_util.Conv2DInfo, step: PoolStep): WebGPUProgram {
  const component = info.inChannels % 4 === 0 ? 4 : 1;
  const size = step.outputShape.reduce((product, length) => product * length, 1);
  const window = [
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
        let batch = batchRow / uniforms.outShape[1];
        ${step.body}
      }`,
  };
}
