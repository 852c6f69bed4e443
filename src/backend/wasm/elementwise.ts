/**
 * Operations on each number that lose a NaN in TensorFlow.js's wasm backend.
 *
 * @module
 */

import {
  backend_util,
  Cast,
  type CastAttrs,
  ClipByValue,
  type ClipByValueAttrs,
  getKernel,
  Maximum,
  maximum as maximumOf,
  Minimum,
  minimum as minimumOf,
  NotEqual,
  Prelu,
  Relu,
  Relu6,
  scalar,
  type Tensor,
  type TensorInfo,
  tidy,
  util,
} from "@tensorflow/tfjs";
import type { KernelOverride } from "../overrides.ts";
import { kernelsOn, threadPoolOn, type WasmBackend } from "./heap.ts";
import { identity } from "./identity.ts";
import { ranges } from "./thread_pool.ts";

const why = "a NaN stays; TensorFlow.js gives a number for it";

/** `max(0, x)` */
export const relu: KernelOverride = {
  kernel: Relu,
  covers: "float32",
  why: "a NaN stays; TensorFlow.js gives 0 for one whose sign bit is set, as that of 0 / 0 is",
  run: ({ inputs, backend }) =>
    clamp(inputs.x as TensorInfo, [0, Infinity], backend as WasmBackend),
};

/** `min(6, max(0, x))` */
export const relu6: KernelOverride = {
  kernel: Relu6,
  covers: "float32",
  why,
  run: ({ inputs, backend }) => clamp(inputs.x as TensorInfo, [0, 6], backend as WasmBackend),
};

/** `min(high, max(low, x))` */
export const clipByValue: KernelOverride = {
  kernel: ClipByValue,
  covers: "float32",
  why,
  run: ({ inputs, attrs, backend }) => {
    const { clipValueMin, clipValueMax } = attrs as unknown as ClipByValueAttrs;
    const limits = [clipValueMin, clipValueMax] as const;
    return clamp(inputs.x as TensorInfo, limits, backend as WasmBackend);
  },
};

/** The same of whole numbers; a limit of a fraction is cut to a whole number, as on cpu. */
export const clipInt32: KernelOverride = {
  kernel: ClipByValue,
  covers: "int32",
  why: "TensorFlow.js takes the bits of whole numbers for those of floats",
  run: ({ inputs, attrs }) => {
    const x = inputs.x as Tensor;
    if (x.dtype !== "int32") return undefined;
    const { clipValueMin, clipValueMax } = attrs as unknown as ClipByValueAttrs;
    const [low, high] = [clipValueMin, clipValueMax].map((limit) =>
      Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, Math.trunc(limit)))
    );
    return tidy(() => minimumOf(maximumOf(x, scalar(low, "int32")), scalar(high, "int32")));
  },
};

/** Fewest numbers for each thread; for fewer none is woken. */
const LEAST_NUMBERS = 32768;

/** Numbers in a cache line, which one thread writes. */
const LINE = 16;

function clamp(
  x: TensorInfo,
  [low, high]: readonly [low: number, high: number],
  backend: WasmBackend,
): TensorInfo | undefined {
  if (x.dtype !== "float32") return undefined;
  const out = backend.makeOutput(x.shape, "float32");
  const [from, to] = [x, out].map(({ dataId }) => backend.getMemoryOffset(dataId));
  const size = util.sizeFromShape(x.shape);
  const bits = new Int32Array(Float32Array.of(low, high).buffer);
  const pool = threadPoolOn(backend);
  const threads = Math.min(pool.count, Math.ceil(size / LEAST_NUMBERS));
  const parts = ranges(Math.ceil(size / LINE), threads)
    .map(([first, last]) => [from, to, LINE * first, Math.min(LINE * last, size), ...bits]);
  pool.run("clamp", parts);
  return out;
}

/** The larger of two numbers; shapes are broadcast. */
export const maximum: KernelOverride = {
  kernel: Maximum,
  covers: "float32",
  why,
  run: ({ inputs, backend }) =>
    pairwise("maximum", inputs as unknown as Pair, backend as WasmBackend),
};

/** The smaller of two numbers; shapes are broadcast. */
export const minimum: KernelOverride = {
  kernel: Minimum,
  covers: "float32",
  why,
  run: ({ inputs, backend }) =>
    pairwise("minimum", inputs as unknown as Pair, backend as WasmBackend),
};

/** `x` where that is at least 0, else `alpha · x`; shapes are broadcast. */
export const prelu: KernelOverride = {
  kernel: Prelu,
  covers: "float32",
  why: "alpha may be of any shape; TensorFlow.js takes it for one of the last axes",
  run: ({ inputs, backend }) => {
    const { x, alpha } = inputs as unknown as { x: TensorInfo; alpha: TensorInfo };
    return pairwise("prelu", { a: x, b: alpha }, backend as WasmBackend);
  },
};

interface Pair {
  readonly a: TensorInfo;
  readonly b: TensorInfo;
}

/** Calls the kernel for each run of numbers in which each operand is one number or a run of them. */
function pairwise(
  kernel: "maximum" | "minimum" | "prelu",
  { a, b }: Pair,
  backend: WasmBackend,
): TensorInfo | undefined {
  if (a.dtype !== "float32" || b.dtype !== "float32") return undefined;
  const shape = backend_util.assertAndGetBroadcastShape(a.shape, b.shape);
  const out = backend.makeOutput(shape, "float32");
  const [fromA, fromB, to] = [a, b, out].map(({ dataId }) => backend.getMemoryOffset(dataId));
  const [left, right] = [stepsOf(a.shape, shape), stepsOf(b.shape, shape)];
  let axis = shape.length; // the run is over the axes from this one on
  let run = 1;
  while (axis > 0 && isRun(left, axis - 1, run) && isRun(right, axis - 1, run)) {
    axis--;
    run *= shape[axis];
  }
  const [stepA, stepB] = [left, right].map((steps) => steps.slice(axis).some((s) => s > 0) ? 4 : 0);
  const outer = util.sizeFromShape(shape.slice(0, axis));
  const operate = kernelsOn(backend)[kernel];
  for (let i = 0; i < outer && run > 0; i++) {
    const [atA, atB] = [left, right].map((steps) => offsetOf(i, { shape, steps, axis }));
    operate(fromA + 4 * atA, fromB + 4 * atB, to + 4 * i * run, run, stepA, stepB);
  }
  return out;

  /** Whether an operand may have one more axis in its run: as it goes on, or as it stays. */
  function isRun(steps: readonly number[], axis: number, run: number): boolean {
    const inner = steps.slice(axis + 1);
    const stays = inner.every((step, i) => step === 0 || shape[axis + 1 + i] === 1);
    if (shape[axis] === 1) return true;
    return steps[axis] === 0 ? stays : steps[axis] === run && (run === 1 || !stays);
  }
}

/** By how many numbers an operand moves on along each axis of the result; 0 where it is broadcast. */
function stepsOf(own: readonly number[], shape: readonly number[]): number[] {
  const steps: number[] = new Array(shape.length).fill(0);
  let step = 1;
  for (let i = 1; i <= own.length; i++) {
    const size = own[own.length - i];
    if (size > 1) steps[shape.length - i] = step;
    step *= size;
  }
  return steps;
}

/** Where an operand is at the i-th of the runs. */
function offsetOf(
  i: number,
  { shape, steps, axis }: {
    readonly shape: readonly number[];
    readonly steps: readonly number[];
    readonly axis: number;
  },
): number {
  let offset = 0;
  for (let a = axis - 1; a >= 0; a--) {
    offset += i % shape[a] * steps[a];
    i = Math.floor(i / shape[a]);
  }
  return offset;
}

/** Numbers of the type that they have already. */
export const castToOwnType: KernelOverride = {
  kernel: Cast,
  covers: "the type that the tensor has",
  why: "one more reference to the same numbers; TensorFlow.js copies them",
  run: (call) => {
    const x = call.inputs.x as TensorInfo;
    return (call.attrs as unknown as CastAttrs).dtype === x.dtype ? identity.run(call) : undefined;
  },
};

/** Numbers as truth values: false for 0, true for all others and for NaN. */
export const castToBoolean: KernelOverride = {
  kernel: Cast,
  covers: "float32 and int32 to bool",
  why: "TensorFlow.js gives the number's last byte",
  run: ({ inputs, attrs, backend }) => {
    const x = inputs.x as TensorInfo;
    const { dtype } = attrs as unknown as CastAttrs;
    if (dtype !== "bool" || (x.dtype !== "float32" && x.dtype !== "int32")) return undefined;
    const wasm = backend as WasmBackend;
    const zero = wasm.makeOutput([], x.dtype);
    new Float32Array(wasm.wasm.asm.memory.buffer, wasm.getMemoryOffset(zero.dataId), 1)[0] = 0;
    const { kernelFunc } = getKernel(NotEqual, "wasm");
    const result = kernelFunc({ inputs: { a: x, b: zero }, backend, attrs: {} });
    wasm.disposeData(zero.dataId);
    return result as TensorInfo;
  },
};
