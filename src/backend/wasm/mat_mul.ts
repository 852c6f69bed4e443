/**
 * Products of matrices on wasm.
 *
 * @module
 */

import {
  _FusedMatMul,
  type _FusedMatMulAttrs,
  BatchMatMul,
  type BatchMatMulAttrs,
  cast,
  type DataId,
  getKernel,
  matMul,
  type Tensor,
  type TensorInfo,
  tidy,
} from "@tensorflow/tfjs";
import type { KernelCall, KernelOverride } from "../overrides.ts";
import { finish } from "./finish.ts";
import type { WasmBackend } from "./heap.ts";

/** `activation(a · b + bias)`: TensorFlow.js's product, and the activation as a kernel of its own. */
export const fusedMatMul: KernelOverride = {
  kernel: _FusedMatMul,
  covers: "ReLU and ReLU6",
  why: "a NaN stays; TensorFlow.js's gives 0 for it",
  run: ({ inputs, attrs, backend }) => {
    const { activation, ...others } = attrs as unknown as _FusedMatMulAttrs;
    if (activation !== "relu" && activation !== "relu6") return undefined;
    const { kernelFunc } = getKernel(_FusedMatMul, "wasm");
    const linear = kernelFunc({ inputs, backend, attrs: { ...others, activation: "linear" } });
    return finish(linear as TensorInfo, { activation }, backend as object);
  },
};

/** `activation(aᵀ · b + bias)` and the like, as a product, a sum and an activation. */
export const transposedFusedMatMul: KernelOverride = {
  kernel: _FusedMatMul,
  covers: "a bias and transposed matrices, or matrices that are empty",
  why:
    "TensorFlow.js's adds other numbers than the bias to all rows but the first, or computes nothing",
  run: ({ inputs, attrs, backend }) => {
    const { a, b, ...finishing } = inputs as { a: TensorInfo; b: TensorInfo };
    const { transposeA, transposeB, activation, leakyreluAlpha } =
      attrs as unknown as _FusedMatMulAttrs;
    const isEmpty = a.shape.includes(0);
    if (!isEmpty && !transposeA && !transposeB) return undefined;
    const { kernelFunc } = getKernel(BatchMatMul, "wasm");
    const product = kernelFunc({ inputs: { a, b }, backend, attrs: { transposeA, transposeB } });
    return finish(
      product as TensorInfo,
      { ...finishing, activation, alpha: leakyreluAlpha },
      backend as object,
    );
  },
};

/** `a · b` of whole numbers: the product of floats, as a confusion matrix asks for. */
export const int32MatMul: KernelOverride = {
  kernel: BatchMatMul,
  covers: "int32, with sums that float32 holds exactly, to 2²⁴",
  why: "TensorFlow.js's refuses them",
  run: ({ inputs, attrs }) => {
    const [a, b] = [inputs.a, inputs.b] as Tensor[];
    if (a.dtype !== "int32") return undefined;
    const { transposeA, transposeB } = attrs as unknown as BatchMatMulAttrs;
    return tidy(() => {
      const [x, y] = [a, b].map((whole) => cast(whole, "float32"));
      return cast(matMul(x, y, transposeA, transposeB), "int32");
    });
  },
};

/**
 * TensorFlow.js rearranges the numbers of b once, for the shape that b has then, and multiplies by these
 * whenever it meets the same numbers, whatever their shape is by then. A copy is met for the first time.
 */
export const reshapedMatMul: readonly KernelOverride[] = [BatchMatMul, _FusedMatMul]
  .map((kernel) => ({
    kernel,
    covers: "a second matrix whose numbers were multiplied by in another shape",
    why: "TensorFlow.js's multiplies by the other shape's",
    run: (call) => {
      const b = call.inputs.b as TensorInfo;
      if (!isRearranged(call)) return undefined;
      const shape = `${b.shape.slice(-2)}`;
      const known = shapes.get(b.dataId) ?? shape;
      shapes.set(b.dataId, known);
      if (known === shape) return undefined;
      const backend = call.backend as WasmBackend;
      const copy = copyOf(b, backend);
      const inputs = { ...call.inputs, b: copy };
      const product = getKernel(kernel, "wasm").kernelFunc({ ...call, inputs }) as TensorInfo;
      backend.disposeData(copy.dataId);
      return product;
    },
  }));

/** The rows and columns of the matrices that TensorFlow.js rearranged. */
const shapes = new WeakMap<DataId, string>();

/** Whether TensorFlow.js multiplies by rearranged numbers: of single matrices that are not transposed. */
function isRearranged({ inputs, attrs }: KernelCall): boolean {
  const { a, b } = inputs as unknown as { a: TensorInfo; b: TensorInfo };
  const { transposeA, transposeB } = attrs as unknown as BatchMatMulAttrs;
  const isSingle = ({ shape }: TensorInfo) => shape.slice(0, -2).every((size) => size === 1);
  return !transposeA && !transposeB && isSingle(a) && isSingle(b);
}

/** Copies to another part of the heap. */
function copyOf(x: TensorInfo, backend: WasmBackend): TensorInfo {
  const copy = backend.makeOutput(x.shape, x.dtype);
  backend.typedArrayFromHeap(copy).set(backend.typedArrayFromHeap(x));
  return copy;
}
