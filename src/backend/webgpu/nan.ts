/**
 * NaN in WGSL. Drivers may take it that there is none, and leave out comparisons that only a NaN would
 * change; bits are compared as they are.
 *
 * @module
 */

/** WGSL for whether the float32, or each of four, is NaN. */
export function isNan(value: string, component: 1 | 4): string {
  const bits = (constant: string) => component === 4 ? `vec4<u32>(${constant})` : constant;
  const type = component === 4 ? "vec4<u32>" : "u32";
  return `((bitcast<${type}>(${value}) & ${bits("0x7fffffffu")}) > ${bits("0x7f800000u")})`;
}
