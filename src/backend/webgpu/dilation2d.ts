/**
 * Grayscale dilation of images, and its gradients, on WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend, WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";
import type { KernelCall, KernelOverride } from "../overrides.ts";
import { halve, integers, isNan } from "./wgsl.ts";

/** Threads of a workgroup that adds up one number. */
const THREADS = 256;

const covers = "float32";
const why = "a NaN or −∞ stays and has the gradient; TensorFlow.js gives −3.4e38 for it";

/**
 * `y[b, r, c, d] = max over i, j of x[b, r·s + i·k − top, c·s + j·k − left, d] + w[i, j, d]`, and its
 * gradients, which go to the first maximum; a NaN counts as larger than all.
 */
export const dilation2d: readonly KernelOverride[] = [
  { kernel: tf.Dilation2D, covers, why, run: (call) => ofMaxima(call, "value") },
  {
    kernel: tf.Dilation2DBackpropInput,
    covers,
    why,
    run: (call) => {
      const taps = ofMaxima(call, "tap");
      if (taps === undefined) return undefined;
      const webgpu = call.backend as WebGPUBackend;
      const dy = call.inputs.dy as tf.TensorInfo;
      const dx = webgpu.runWebGPUProgram(inputGradient(infoOf(call)), [dy, taps], "float32");
      webgpu.disposeData(taps.dataId);
      return dx;
    },
  },
  {
    kernel: tf.Dilation2DBackpropFilter,
    covers,
    why,
    run: (call) => {
      const taps = ofMaxima(call, "tap");
      if (taps === undefined) return undefined;
      const webgpu = call.backend as WebGPUBackend;
      const dy = call.inputs.dy as tf.TensorInfo;
      const info = infoOf(call);
      const windows = info.batchSize * info.outHeight * info.outWidth;
      const dw = webgpu.runWebGPUProgram(filterGradient(info), [dy, taps], "float32", [
        integers(windows),
        integers(info.inChannels),
      ]);
      webgpu.disposeData(taps.dataId);
      return dw;
    },
  },
];

/** Each window's maximum, or the place in the filter that gives it, −1 where a window has no pixel. */
function ofMaxima(call: KernelCall, wanted: "value" | "tap"): tf.TensorInfo | undefined {
  const { x, filter } = call.inputs as Record<"x" | "filter", tf.TensorInfo>;
  if ([x, filter].some(({ dtype }) => dtype !== "float32")) return undefined;
  const dtype = wanted === "value" ? "float32" : "int32";
  return (call.backend as WebGPUBackend)
    .runWebGPUProgram(maxima(infoOf(call), wanted), [x, filter], dtype);
}

type Info = tf.backend_util.Conv2DInfo;

function infoOf({ inputs, attrs }: KernelCall): Info {
  const { x, filter } = inputs as Record<"x" | "filter", tf.TensorInfo>;
  const { strides, pad, dilations } = attrs as unknown as tf.Dilation2DAttrs;
  return tf.backend_util.computeDilation2DInfo(
    x.shape as tf.Tensor4D["shape"],
    filter.shape as tf.Tensor3D["shape"],
    strides,
    pad as "same" | "valid",
    "NHWC",
    dilations,
  );
}

function maxima(info: Info, wanted: "value" | "tap"): WebGPUProgram {
  return program(info, {
    name: `DilationMaxima_${wanted}`,
    inputs: ["x", "w"],
    outputShape: info.outShape,
    body: /* wgsl */ `
      var largest = -uniforms.INFINITY;
      var tap = -1;
      for (var i = 0; i < filterHeight; i++) {
        let top = row * strideHeight + i * dilationHeight - padTop;
        for (var j = 0; j < filterWidth; j++) {
          let left = column * strideWidth + j * dilationWidth - padLeft;
          if (top < 0 || top >= inHeight || left < 0 || left >= inWidth) { continue; }
          let here = (i * filterWidth + j) * channels + channel;
          let value = x[((batch * inHeight + top) * inWidth + left) * channels + channel] + w[here];
          let isNumber = !${isNan("value", 1)};
          if (!${isNan("largest", 1)} && (tap < 0 || !isNumber || value > largest)) {
            largest = value;
            tap = here;
          }
        }
      }
      result[index] = ${wanted === "value" ? "largest" : "tap"};`,
  });
}

/** `dx = Σ dy` over the windows whose maximum is there. */
function inputGradient(info: Info): WebGPUProgram {
  return program(info, {
    name: "DilationInputGradient",
    inputs: ["dy", "taps"],
    outputShape: info.inShape,
    body: /* wgsl */ `
      var sum = 0.0;
      for (var i = 0; i < filterHeight; i++) {
        let top = row + padTop - i * dilationHeight;
        for (var j = 0; j < filterWidth; j++) {
          let left = column + padLeft - j * dilationWidth;
          let r = top / strideHeight;
          let c = left / strideWidth;
          let isWindow = top >= 0 && left >= 0 && r < outHeight && c < outWidth &&
            r * strideHeight == top && c * strideWidth == left;
          if (!isWindow) { continue; }
          let at = ((batch * outHeight + r) * outWidth + c) * channels + channel;
          if (taps[at] == (i * filterWidth + j) * channels + channel) { sum += dy[at]; }
        }
      }
      result[index] = sum;`,
  });
}

/**
 * `dw = Σ dy` over the windows whose maximum is there. A workgroup adds up one number: each thread adds
 * every nth window, and their sums are added in pairs.
 */
function filterGradient({ filterHeight, filterWidth, inChannels }: Info): WebGPUProgram {
  const outputShape = [filterHeight, filterWidth, inChannels];
  return {
    variableNames: ["dy", "taps"],
    uniforms: "windows : i32, channels : i32,",
    outputShape,
    size: true,
    dispatchLayout: { x: [0, 1, 2] },
    dispatch: [tf.util.sizeFromShape(outputShape), 1, 1],
    workgroupSize: [THREADS, 1, 1],
    shaderKey: "residualDilationFilterGradient",
    getUserCode: () => /* wgsl */ `
      var<workgroup> sums : array<f32, ${THREADS}>;

      fn main(index : i32) {
        let here = index / ${THREADS};
        let thread = index % ${THREADS};
        let channel = here % uniforms.channels;
        var sum = 0.0;
        for (var window = thread; window < uniforms.windows; window += ${THREADS}) {
          let at = window * uniforms.channels + channel;
          if (taps[at] == here) { sum += dy[at]; }
        }
        sums[thread] = sum;
        ${
      halve(THREADS, (half) => `if (thread < ${half}) { sums[thread] += sums[thread + ${half}]; }`)
    }
        if (thread == 0 && here < uniforms.size) { result[here] = sums[0]; }
      }`,
  };
}

interface Step {
  readonly name: string;
  readonly inputs: string[];
  readonly outputShape: Info["outShape"];
  readonly body: string;
}

/** A program with one thread per number of its result. */
function program(info: Info, { name, inputs, outputShape, body }: Step): WebGPUProgram {
  const constants = Object.entries({
    channels: info.inChannels,
    inHeight: info.inHeight,
    inWidth: info.inWidth,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    filterHeight: info.filterHeight,
    filterWidth: info.filterWidth,
    strideHeight: info.strideHeight,
    strideWidth: info.strideWidth,
    dilationHeight: info.dilationHeight,
    dilationWidth: info.dilationWidth,
    padTop: info.padInfo.top,
    padLeft: info.padInfo.left,
  });
  return {
    variableNames: inputs,
    outputShape,
    size: true,
    dispatchLayout: { x: [0, 1, 2, 3] },
    dispatch: [Math.ceil(tf.util.sizeFromShape(outputShape) / 64), 1, 1],
    workgroupSize: [64, 1, 1],
    shaderKey: `residual${name}_${constants.map(([, value]) => value)}`,
    getUserCode: () => /* wgsl */ `
      ${constants.map(([constant, value]) => `const ${constant} = ${value};`).join("\n")}
      fn main(index : i32) {
        if (index >= uniforms.size) { return; }
        let channel = index % channels;
        let column = index / channels % uniforms.outShape[2];
        let row = index / channels / uniforms.outShape[2] % uniforms.outShape[1];
        let batch = index / channels / uniforms.outShape[2] / uniforms.outShape[1];
        ${body}
      }`,
  };
}
