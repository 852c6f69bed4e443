/**
 * Images whose channels come first, and those whose channels come last, as our kernels take them.
 *
 * @module
 */

import { getKernel, type TensorInfo, Transpose } from "@tensorflow/tfjs";
import type { KernelCall } from "../overrides.ts";
import type { WasmBackend } from "./heap.ts";

/** `[batch, height, width, channels]` */
export type Shape4D = [number, number, number, number];

/** Refuses images whose channels come first. */
export function requireChannelsLast(action: string, dataFormat: string): void {
  if (dataFormat !== "NHWC") {
    throw new RangeError(
      `Cannot ${action} on wasm: data format must be NHWC, got ${dataFormat}`,
    );
  }
}

/** Whether a call is about images whose channels come first. */
export function isChannelsFirst({ attrs }: KernelCall): boolean {
  return attrs?.dataFormat === "NCHW";
}

/** What of a call has the form of images. */
export interface Images {
  /** Names of inputs. */
  readonly inputs: readonly string[];
  /** Whether the result is images, too. */
  readonly result: boolean;
}

/**
 * Computes a call about images whose channels come first by the same kernel on images whose channels come
 * last.
 */
export function viaChannelsLast(
  kernel: string,
  { inputs, attrs, backend }: KernelCall,
  { inputs: names, result }: Images,
): TensorInfo {
  const wasm = backend as WasmBackend;
  const transpose = (x: TensorInfo, perm: number[]) =>
    getKernel(Transpose, "wasm").kernelFunc({
      inputs: { x },
      backend,
      attrs: { perm },
    }) as TensorInfo;
  const moved = names.map((name) =>
    [name, transpose(inputs[name] as TensorInfo, TO_LAST)] as const
  );
  const { pad, inputShape } = attrs as { readonly pad: unknown; readonly inputShape?: number[] };
  const last = getKernel(kernel, "wasm").kernelFunc({
    inputs: { ...inputs, ...Object.fromEntries(moved) },
    backend,
    attrs: {
      ...attrs,
      dataFormat: "NHWC",
      ...(Array.isArray(pad) ? { pad: TO_LAST.map((axis) => pad[axis]) } : {}),
      ...(inputShape === undefined ? {} : { inputShape: TO_LAST.map((axis) => inputShape[axis]) }),
    },
  }) as TensorInfo;
  for (const [, { dataId }] of moved) wasm.disposeData(dataId);
  if (!result) return last;
  const first = transpose(last, [0, 3, 1, 2]);
  wasm.disposeData(last.dataId);
  return first;
}

/** The axes of images whose channels come first, in the order that they have if channels come last. */
const TO_LAST = [0, 2, 3, 1];
