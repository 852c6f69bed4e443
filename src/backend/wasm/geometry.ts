/**
 * What a convolution on wasm is given: its tensors, their sizes, and its options.
 *
 * @module
 */

import type { backend_util, TensorInfo } from "@tensorflow/tfjs";

/** The tensors of a convolution. */
export interface Operands {
  readonly x: TensorInfo;
  readonly filter: TensorInfo;
  readonly out: TensorInfo;
}

/** The geometry of a convolution, from its input to its output. */
export type Geometry =
  & Pick<
    backend_util.Conv2DInfo,
    | "batchSize"
    | "inHeight"
    | "inWidth"
    | "inChannels"
    | "outHeight"
    | "outWidth"
    | "outChannels"
    | "filterHeight"
    | "filterWidth"
    | "strideHeight"
    | "strideWidth"
    | "dilationHeight"
    | "dilationWidth"
  >
  & { readonly padTop: number; readonly padLeft: number };

/** TensorFlow.js's description of a convolution as our kernels take it. */
export function geometryOf(info: backend_util.Conv2DInfo): Geometry {
  return { ...info, padTop: info.padInfo.top, padLeft: info.padInfo.left };
}

/** How to convolve. */
export interface ConvolutionOptions {
  /** Turn the filter `[height, width, outChannels, inChannels]` and swap its channels. @default false */
  readonly rotated?: boolean;
  /** Added to every pixel, `[outChannels]`. @default none */
  readonly bias?: TensorInfo;
  /** Whether negative results become 0. @default false */
  readonly relu?: boolean;
}
