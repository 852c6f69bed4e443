/**
 * The largest of numbers among which are NaN or infinities, on WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend, WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";
import { topK as topKOnHost } from "../kernels/top_k.ts";
import type { KernelOverride } from "../overrides.ts";
import { isNan } from "./wgsl.ts";

/** TensorFlow.js's comparisons of `x0`, which is at `i0`, with `x1` at `i1`, in two of its programs. */
const COMPARISONS: Readonly<Record<string, string>> = {
  swap: "x0 > x1 || (x0 == x1 && i1 > i0)",
  merge: "x0 >= x1",
};

/** Backends that compare as we do. */
const comparing = new WeakSet<WebGPUBackend>();

/**
 * The `k` largest of each row, NaN before all numbers, as in PyTorch; of equal ones the first. It is
 * TensorFlow.js's sort, with other comparisons.
 */
export const topK: KernelOverride = {
  kernel: tf.TopK,
  covers: "float32",
  why: "a NaN is the largest, as in PyTorch; TensorFlow.js gives others than the largest",
  run: (call) => {
    const x = call.inputs.x as tf.Tensor;
    const webgpu = call.backend as WebGPUBackend;
    if (x.dtype !== "float32" || comparing.has(webgpu)) return undefined;
    const { k } = call.attrs as unknown as tf.TopKAttrs;
    const outShape = x.shape.with(-1, k);
    if (k === 0) return [tf.tensor([], outShape), tf.tensor([], outShape, "int32")];
    // TensorFlow.js's result is the tensor itself there, so that disposing of one disposes of both.
    if (x.shape.at(-1) === 1) return tf.tidy(() => [x.clone(), tf.zeros(outShape, "int32")]);
    if (webgpu.shouldExecuteOnCPU([x])) {
      return topKOnHost(call, {
        values: ({ dataId }) => webgpu.readSync(dataId) as Float32Array,
        make: (shape, dtype, values) => webgpu.makeTensorInfo(shape, dtype, values),
      });
    }
    const backend = new Proxy(webgpu, {
      get: (target, name: keyof WebGPUBackend) =>
        name === "runWebGPUProgram"
          ? (program: WebGPUProgram, ...rest: RestOfRun) =>
            target.runWebGPUProgram(comparingNaN(program), ...rest)
          : target[name],
    });
    comparing.add(backend);
    return tf.getKernel(tf.TopK, "webgpu").kernelFunc({ ...call, backend }) as tf.TensorInfo[];
  },
};

type RestOfRun = Parameters<WebGPUBackend["runWebGPUProgram"]> extends [unknown, ...infer Rest]
  ? Rest
  : never;

/** A program of TensorFlow.js's, if it compares, with a comparison that knows NaN by its bits. */
function comparingNaN(program: WebGPUProgram): WebGPUProgram {
  const comparison = COMPARISONS[program.shaderKey];
  if (comparison === undefined) return program;
  const stock = program.getUserCode();
  if (stock.split(comparison).length !== 2) {
    throw new Error(
      `Cannot keep NaN in topk on webgpu: the program ${program.shaderKey} of TensorFlow.js must ` +
        `compare by ${comparison} once`,
    );
  }
  const [first, second] = [isNan("x0", 1), isNan("x1", 1)];
  program.shaderKey = `residualTopK_${program.shaderKey}`;
  program.getUserCode = () =>
    stock.replace(
      comparison,
      `select(${comparison}, ${first} && (!${second} || i0 < i1), ${first} || ${second})`,
    );
  return program;
}
