/**
 * Sums over all axes but the last on wasm, the gradient of a bias. TensorFlow.js's own kernel first
 * transposes the tensor; it still serves every other reduction.
 *
 * @module
 */

import {
  type KernelConfig,
  type KernelFunc,
  Sum,
  type SumAttrs,
  type TensorInfo,
  util,
} from "@tensorflow/tfjs";
import { wasmKernel } from "./heap.ts";
import { kernelsOn } from "./kernels.ts";

/** Whether the axes are 0 … rank − 2, that is, all but the last. */
function allButTheLast(axes: readonly number[], rank: number): boolean {
  return axes.length > 0 && axes.length === rank - 1 && !axes.includes(rank - 1);
}

/** The kernel for the wasm backend; `stock` computes every other reduction. */
export function sumOfColumns(stock: KernelFunc): KernelConfig {
  return wasmKernel(Sum, ({ x }: { x: TensorInfo }, attributes: SumAttrs, backend) => {
    const rank = x.shape.length;
    const axes = util.parseAxisParam(attributes.axis, x.shape);
    if (attributes.keepDims || x.dtype !== "float32" || !allButTheLast(axes, rank)) {
      return stock({ inputs: { x }, attrs: { ...attributes }, backend }) as TensorInfo;
    }
    const columns = x.shape[rank - 1];
    const out = backend.makeOutput([columns], "float32");
    kernelsOn(backend).columnSums(
      backend.getMemoryOffset(x.dataId),
      backend.getMemoryOffset(out.dataId),
      0,
      columns,
      util.sizeFromShape(x.shape.slice(0, -1)),
      columns,
    );
    return out; // [columns]
  });
}
