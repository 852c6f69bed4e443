/**
 * A WGSL program's own uniforms.
 *
 * @module
 */

/** One `i32` or `vec2<i32>` of a program's uniforms, as `runWebGPUProgram` takes them. */
export function integers(...data: number[]): { type: "int32"; data: number[] } {
  return { type: "int32", data };
}
