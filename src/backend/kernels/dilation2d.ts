/**
 * Grayscale dilation of images, and its gradients, on the host.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { KernelCall, KernelOverride } from "../overrides.ts";
import { type HostAccess, onCpu, onWasm } from "./host.ts";

const covers = "float32";

function kernels(accessTo: (backend: unknown) => HostAccess, why: string): KernelOverride[] {
  return [
    {
      kernel: tf.Dilation2D,
      covers,
      why,
      run: (call) => {
        if (!isCovered(call)) return undefined;
        const { info, x, filter, access } = operandsOf(call, accessTo);
        const result = new Float32Array(tf.util.sizeFromShape(info.outShape));
        eachMaximum({ info, x, filter }, (at, inX, inFilter) => {
          result[at] = inX < 0 ? -Infinity : x[inX] + filter[inFilter];
        });
        return access.make(info.outShape, "float32", result);
      },
    },
    ...(["x", "filter"] as const).map((of) => ({
      kernel: of === "x" ? tf.Dilation2DBackpropInput : tf.Dilation2DBackpropFilter,
      covers,
      why,
      run: (call: KernelCall) => {
        if (!isCovered(call)) return undefined;
        const { info, x, filter, access } = operandsOf(call, accessTo);
        const dy = access.values(call.inputs.dy as tf.TensorInfo);
        const result = new Float32Array(of === "x" ? x.length : filter.length);
        eachMaximum({ info, x, filter }, (at, inX, inFilter) => {
          if (inX >= 0) result[of === "x" ? inX : inFilter] += dy[at];
        });
        return access.make((call.inputs[of] as tf.TensorInfo).shape, "float32", result);
      },
    })),
  ];
}

/** `y[b, r, c, d] = max over i, j of x[b, r·s + i·k − top, c·s + j·k − left, d] + w[i, j, d]`. */
export const dilationOnCpu: readonly KernelOverride[] = kernels(
  onCpu,
  "a NaN stays; TensorFlow.js gives −9e15 for it",
);

/** The same on wasm. */
export const dilationOnWasm: readonly KernelOverride[] = kernels(
  onWasm,
  "TensorFlow.js's is wrong for numbers below 0, and loses a NaN",
);

function isCovered({ inputs }: KernelCall): boolean {
  return Object.values(inputs).every((input) => input?.dtype === "float32");
}

interface Operands {
  readonly info: tf.backend_util.Conv2DInfo;
  readonly x: Float32Array;
  readonly filter: Float32Array;
}

function operandsOf(
  { inputs, attrs, backend }: KernelCall,
  accessTo: (backend: unknown) => HostAccess,
): Operands & { readonly access: HostAccess } {
  const [x, filter] = [inputs.x, inputs.filter] as [tf.Tensor4D, tf.Tensor3D];
  const { strides, pad, dilations } = attrs as unknown as tf.Dilation2DAttrs;
  const info = tf.backend_util.computeDilation2DInfo(
    x.shape,
    filter.shape,
    strides,
    pad as "same" | "valid",
    "NHWC",
    dilations,
  );
  const access = accessTo(backend);
  return { info, access, x: access.values(x), filter: access.values(filter) };
}

/** For each result its index, and those in x and w of the first maximum, or of a NaN; −1 where no tap is inside. */
function eachMaximum(
  { info, x, filter }: Operands,
  found: (at: number, inX: number, inFilter: number) => void,
): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = info;
  const { filterHeight, filterWidth, strideHeight, strideWidth } = info;
  const { dilationHeight, dilationWidth } = info;
  let at = 0;
  for (let b = 0; b < batchSize; b++) {
    for (let row = 0; row < outHeight; row++) {
      for (let column = 0; column < outWidth; column++) {
        for (let d = 0; d < inChannels; d++) {
          let [most, inX, inFilter] = [-Infinity, -1, -1];
          for (let i = 0; i < filterHeight; i++) {
            const y = row * strideHeight + i * dilationHeight - padInfo.top;
            if (y < 0 || y >= inHeight) continue;
            for (let j = 0; j < filterWidth; j++) {
              const left = column * strideWidth + j * dilationWidth - padInfo.left;
              if (left < 0 || left >= inWidth) continue;
              const own = ((b * inHeight + y) * inWidth + left) * inChannels + d;
              const tap = (i * filterWidth + j) * inChannels + d;
              const value = x[own] + filter[tap];
              // The first maximum stays, and so does a NaN, with which comparisons are false.
              if (inX >= 0 && (value <= most || Number.isNaN(most))) continue;
              [most, inX, inFilter] = [value, own, tap];
            }
          }
          found(at++, inX, inFilter);
        }
      }
    }
  }
}
