/**
 * Products of matrices whose sums TensorFlow.js's WebGPU backend would split.
 *
 * @module
 */

import type { WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";
import type { Uniform } from "./internals.ts";

/** The program by which TensorFlow.js splits sums, as far as it is changed here. */
interface SplitProgram extends WebGPUProgram {
  /** Numbers that one thread adds up. */
  splitedDimInner: number;
}

/**
 * Where a product of few numbers has sums of 2,000 numbers or more, TensorFlow.js lets each workgroup add
 * up 128 of them, and adds the parts to the result in whatever order they are ready, so that its bits differ
 * from run to run. Makes such a program, before it is compiled, add up all numbers of a sum in one
 * thread, in order. Changes no other.
 *
 * @param uniforms The program's: the last one is the number of numbers in a sum.
 */
export function addInOrder(program: WebGPUProgram, uniforms: readonly Uniform[] = []): void {
  if (!program.shaderKey.startsWith("matMulSplitK_")) return;
  const [count] = uniforms[uniforms.length - 1].data;
  (program as SplitProgram).splitedDimInner = count;
  program.dispatch[2] = 1;
  program.shaderKey = `residualWhole_${program.shaderKey}_${count}`;
}
