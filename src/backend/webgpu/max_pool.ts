/**
 * Max pooling that keeps a NaN, on WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend, WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";
import type { KernelOverride } from "../overrides.ts";
import { firstMaximumProgram } from "./max_pool_gradient_program.ts";
import { isNan } from "./wgsl.ts";

/** The largest number of each window, and NaN where one is in it, as in PyTorch. */
export const maxPool: KernelOverride = {
  kernel: "MaxPool",
  covers: "float32",
  why: "a NaN stays; drivers may lose it in TensorFlow.js's comparisons",
  run: ({ inputs, attrs, backend }) => {
    const x = inputs.x as tf.Tensor4D;
    const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as tf.MaxPoolAttrs;
    const selects = [filterSize].flat().every((size) => size === 1);
    if (x.dtype !== "float32" || selects) return undefined;
    const info = tf.backend_util.computePool2DInfo(
      x.shape,
      filterSize,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    return (backend as WebGPUBackend).runWebGPUProgram(program(info), [x], "float32");
  },
};

/** The same with the index of each window's first maximum, its first NaN if it has one. */
export const maxPoolWithArgmax: KernelOverride = {
  kernel: "MaxPoolWithArgmax",
  covers: "float32",
  why:
    "a window's first NaN, or the first of equal maxima, as in PyTorch; TensorFlow.js takes others",
  run: ({ inputs, attrs, backend }) => {
    const x = inputs.x as tf.Tensor4D;
    const { filterSize, strides, pad, includeBatchInIndex } =
      attrs as unknown as tf.MaxPoolWithArgmaxAttrs;
    if (x.dtype !== "float32" || x.shape.length !== 4) return undefined;
    const info = tf.backend_util.computePool2DInfo(x.shape, filterSize, strides, 1, pad);
    const webgpu = backend as WebGPUBackend;
    const indices = firstMaximumProgram(
      info,
      includeBatchInIndex ? "index in batch" : "index in image",
    );
    return [
      webgpu.runWebGPUProgram(program(info), [x], "float32"),
      webgpu.runWebGPUProgram(indices, [x], "int32"),
    ];
  },
};

/** Over volumes: the largest of each slice's windows, then of the slices in each window. */
export const maxPool3d: KernelOverride = {
  kernel: "MaxPool3D",
  covers: "NDHWC, float32",
  why: "a NaN stays; TensorFlow.js's comparisons lose it",
  run: ({ inputs, attrs, backend }) => {
    const x = inputs.x as tf.Tensor5D;
    const { filterSize, strides, pad, dataFormat = "NDHWC", dimRoundingMode } =
      attrs as unknown as tf.MaxPool3DAttrs;
    if (x.dtype !== "float32" || dataFormat !== "NDHWC") return undefined;
    const info = tf.backend_util.computePool3DInfo(
      x.shape,
      filterSize,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    const { batchSize, inDepth, inHeight, inWidth, inChannels, outHeight, outWidth } = info;
    const webgpu = backend as WebGPUBackend;
    const pool = ({ dataId, dtype }: tf.TensorInfo, shape: Shape4D, geometry: Geometry) =>
      webgpu.runWebGPUProgram(program(geometry), [{ dataId, dtype, shape }], "float32");
    const slices = batchSize * inDepth;
    const ofSlices = pool(x, [slices, inHeight, inWidth, inChannels], {
      ...info,
      outShape: [slices, outHeight, outWidth, inChannels],
    });
    const area = outHeight * outWidth;
    const y = pool(ofSlices, [batchSize, inDepth, area, inChannels], {
      inChannels,
      filterHeight: info.filterDepth,
      filterWidth: 1,
      strideHeight: info.strideDepth,
      strideWidth: 1,
      padInfo: { top: info.padInfo.front, left: 0 },
      outShape: [batchSize, info.outDepth, area, inChannels],
    });
    webgpu.disposeData(ofSlices.dataId);
    return { ...y, shape: info.outShape };
  },
};

type Shape4D = [batch: number, height: number, width: number, channels: number];

/** What of a pooling's geometry its program needs. */
type Geometry =
  & Pick<Info, "inChannels" | "filterHeight" | "filterWidth" | "strideHeight" | "strideWidth">
  & { readonly outShape: Shape4D; readonly padInfo: Pick<Info["padInfo"], "top" | "left"> };

type Info = tf.backend_util.Conv2DInfo;

function program(info: Geometry): WebGPUProgram {
  const component = info.inChannels % 4 === 0 ? 4 : 1;
  const value = component === 4 ? "vec4<f32>" : "f32";
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo, outShape } = info;
  const window = [filterHeight, filterWidth, strideHeight, strideWidth, padInfo.top, padInfo.left];
  return {
    variableNames: ["x"],
    outputShape: outShape,
    outputComponent: component,
    size: true,
    dispatchLayout: { x: [0, 1, 2, 3] },
    dispatch: [Math.ceil(tf.util.sizeFromShape(outShape) / component / 64), 1, 1],
    workgroupSize: [64, 1, 1],
    shaderKey: `residualMaxPool_${component}_${window}`,
    getUserCode: () => /* wgsl */ `
      fn main(index : i32) {
        if (index >= uniforms.size) { return; }
        let groups = uniforms.outShape[3] / ${component};
        let group = index % groups;
        let column = index / groups % uniforms.outShape[2];
        let batchRow = index / groups / uniforms.outShape[2];
        let batch = batchRow / uniforms.outShape[1];
        let top = batchRow % uniforms.outShape[1] * ${strideHeight} - ${padInfo.top};
        let left = column * ${strideWidth} - ${padInfo.left};
        let bottom = min(top + ${filterHeight}, uniforms.xShape[1]);
        let right = min(left + ${filterWidth}, uniforms.xShape[2]);
        var largest = ${value}(-uniforms.INFINITY);
        for (var r = max(top, 0); r < bottom; r++) {
          for (var c = max(left, 0); c < right; c++) {
            let at = x[((batch * uniforms.xShape[1] + r) * uniforms.xShape[2] + c) * groups + group];
            let kept = select(at, largest, largest > at);
            largest = select(select(kept, at, ${isNan("at", component)}), largest, ${
      isNan("largest", component)
    });
          }
        }
        result[index] = largest;
      }`,
  };
}
