/**
 * Pieces of WGSL that several programs share.
 *
 * @module
 */

/** One `i32` or `vec2<i32>` of a program's uniforms, as `runWebGPUProgram` takes them. */
export function integers(...data: number[]): { type: "int32"; data: number[] } {
  return { type: "int32", data };
}

/** The texts of `piece(0)` to `piece(count - 1)`, one per line. */
export function unroll(count: number, piece: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => piece(index)).join("\n");
}

/** WGSL for whether the float32, or each of four, is NaN. */
export function isNan(value: string, component: 1 | 4): string {
  const bits = (constant: string) => component === 4 ? `vec4<u32>(${constant})` : constant;
  const type = component === 4 ? "vec4<u32>" : "u32";
  return `((bitcast<${type}>(${value}) & ${bits("0x7fffffffu")}) > ${bits("0x7f800000u")})`;
}

/**
 * WGSL for whether the float32, or each of four, is a number below zero; neither NaN nor −0 is. Among
 * bits, those are the ones from that of the smallest magnitude to that of −∞.
 */
export function isNegative(value: string, component: 1 | 4): string {
  const bits = (constant: string) => component === 4 ? `vec4<u32>(${constant})` : constant;
  const of = `bitcast<${component === 4 ? "vec4<u32>" : "u32"}>(${value})`;
  return `((${of} > ${bits("0x80000000u")}) & (${of} <= ${bits("0xff800000u")}))`;
}

/** WGSL that repeats a piece for half the threads, a quarter of them, down to one, each after the one before. */
export function halve(threads: number, piece: (half: number) => string): string {
  const steps: string[] = [];
  for (let half = threads / 2; half >= 1; half /= 2) {
    steps.push(`workgroupBarrier();\n${piece(half)}`);
  }
  return steps.join("\n");
}
