/**
 * Sums over the rows of a matrix, on WebGPU.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend, WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";
import { integers, unroll } from "./wgsl.ts";

/** A matrix that is summed over its rows, and the shape of the sum. */
export interface Rows {
  readonly rows: number;
  /** Product of `shape`: the numbers in one row. */
  readonly columns: number;
  readonly shape: number[];
}

/** Threads of a workgroup. */
export const THREADS = 256;

/** Most rows that one thread sums where they are one block. */
const ROWS = 16;

/** Fewest rows that one thread sums where there are several blocks. */
const FEW_ROWS = 4;

/** Rows that a thread reads at once, so that it waits for memory once and not for each. */
const AT_ONCE = 4;

/**
 * `sum[i] = Σ_row x[row, i]`, always in the same order, so that the sum is the same bit for bit
 * whenever it is computed.
 *
 * @param output Where the sum is written, of its shape. @default a new tensor
 */
export function sumRows(
  backend: WebGPUBackend,
  x: tf.TensorInfo,
  { rows, columns, shape }: Rows,
  output?: tf.TensorInfo,
): tf.TensorInfo {
  const blocks = divideRows({ rows, columns });
  const uniforms = [
    integers(rows),
    integers(blocks.rows),
    integers(columns / blocks.component),
  ];
  const sums = backend.runWebGPUProgram(
    sumProgram(blocks, blocks.count === 1 ? shape : [blocks.count, columns]),
    [x],
    "float32",
    uniforms,
    blocks.count === 1 ? output : undefined,
  );
  if (blocks.count === 1) return sums;
  const sum = sumRows(backend, sums, { rows: blocks.count, columns, shape }, output);
  backend.disposeData(sums.dataId);
  return sum;
}

/**
 * A matrix cut into blocks of rows, each of which a workgroup sums, or several beside each other.
 *
 * A workgroup has threads beside each other, for up to 64 columns or groups of four, and below each
 * other: each of those sums every nth row, and their sums are then added in pairs.
 */
export interface RowBlocks {
  /** Columns that a thread sums at once. */
  readonly component: 1 | 4;
  /** Threads beside each other in a workgroup. */
  readonly across: number;
  /** Threads below each other. */
  readonly down: number;
  /** Rows of a block; the last may have fewer. */
  readonly rows: number;
  /** Blocks below each other. */
  readonly count: number;
  /** Workgroups beside each other in a block. */
  readonly beside: number;
}

/** Cuts a matrix into as few blocks as keep a GPU busy. */
export function divideRows({ rows, columns }: Pick<Rows, "rows" | "columns">): RowBlocks {
  const component = columns % 4 === 0 ? 4 : 1;
  const wide = Math.min(64, powerOfTwo(columns / component));
  // Fewer threads beside each other, and more below, where that makes one block of two.
  const across = [wide, wide / 2, wide / 4].find((across) => {
    return across >= 4 && rows <= ROWS * THREADS / across;
  }) ?? wide;
  const down = THREADS / across;
  const whole = rows <= ROWS * down;
  // So few blocks that their sums are one block.
  const block = whole ? rows : Math.max(FEW_ROWS * down, Math.ceil(rows / (ROWS * down)));
  return {
    component,
    across,
    down,
    rows: block,
    count: whole ? 1 : Math.ceil(rows / block),
    beside: Math.ceil(columns / component / across),
  };
}

function sumProgram(blocks: RowBlocks, shape: number[]): WebGPUProgram {
  const { component, across } = blocks;
  return {
    variableNames: ["x"],
    uniforms: `${BLOCK_UNIFORMS},`,
    outputShape: shape,
    outputComponent: component,
    dispatchLayout: { x: shape.map((_, axis) => axis) },
    dispatch: [blocks.beside, blocks.count, 1],
    workgroupSize: [THREADS, 1, 1],
    shaderKey: `residualSumRows_${component}_${across}`,
    getUserCode: () => /* wgsl */ `
      ${blockMemory(blocks)}

      fn main(index : i32) {
        ${sumOfBlock(blocks, "let value = x[at];")}
      }`,
  };
}

/** Members of the uniforms that {@linkcode sumOfBlock} reads, named `uniforms`. */
export const BLOCK_UNIFORMS = "rows : i32, chunk : i32, columns : i32";

/** WGSL of the workgroup memory that {@linkcode sumOfBlock} needs. */
export function blockMemory({ component }: RowBlocks): string {
  return `var<workgroup> sums : array<${valueOf(component)}, ${THREADS}>;`;
}

/** WGSL for the number that a thread adds up at once. */
export function valueOf(component: 1 | 4): string {
  return component === 4 ? "vec4<f32>" : "f32";
}

/**
 * WGSL that writes a block's sum to the array `result`, in a function that knows `localIndex` and
 * `workgroupId`.
 *
 * @param blocks How the matrix is cut.
 * @param each WGSL that lets `value` be the number, or the four, at index `at`.
 */
export function sumOfBlock({ component, across, down }: RowBlocks, each: string): string {
  const read = (rowsBelow: number) => `
    let at = (row + ${rowsBelow}) * uniforms.columns + column;
    ${each}`;
  return /* wgsl */ `
    let thread = i32(localIndex);
    let column = i32(workgroupId.x) * ${across} + thread % ${across};
    let first = i32(workgroupId.y) * uniforms.chunk;
    let end = min(first + uniforms.chunk, uniforms.rows);
    var sum = ${valueOf(component)}(0.0);
    if (column < uniforms.columns) {
      var row = first + thread / ${across};
      for (; row + ${(AT_ONCE - 1) * down} < end; row += ${AT_ONCE * down}) {
        ${unroll(AT_ONCE, (n) => `var value${n} : ${valueOf(component)};`)}
        ${unroll(AT_ONCE, (n) => `{ ${read(n * down)} value${n} = value; }`)}
        sum += ${Array.from({ length: AT_ONCE }, (_, n) => `value${n}`).join(" + ")};
      }
      for (; row < end; row += ${down}) {
        ${read(0)}
        sum += value;
      }
    }
    sums[thread] = sum;
    ${halvings(down, across).map(addUpperHalf).join("\n")}
    if (thread < ${across} && column < uniforms.columns) {
      result[i32(workgroupId.y) * uniforms.columns + column] = sums[thread];
    }`;
}

/** How many threads are left after each halving of the rows of threads. */
function halvings(down: number, across: number): number[] {
  return down === 1 ? [] : [down / 2 * across, ...halvings(down / 2, across)];
}

function addUpperHalf(threads: number): string {
  return `
    workgroupBarrier();
    if (thread < ${threads}) { sums[thread] += sums[thread + ${threads}]; }`;
}

/** The smallest power of two that is at least `least`, and at least 1. */
function powerOfTwo(least: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(least)));
}
