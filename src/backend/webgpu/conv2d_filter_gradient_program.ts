/**
 * The filter gradient's product as a WGSL program for TensorFlow.js's WebGPU backend.
 *
 * @module
 */

import type { WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";
import { type FilterGradientPlan, THREADS } from "./conv2d_filter_gradient_plan.ts";
import { unroll } from "./wgsl.ts";

/**
 * `result[chunk, k, n] = Σ_p x[p, k] · dy[p, n]`, where p runs over a chunk's output positions and
 * k = (filter row, filter column, input channel) names one shift of one input channel.
 *
 * Tiles of both operands pass through workgroup memory, a piece of one output row at a time: within
 * it an input address is linear in p, so the inner loops need no division.
 */
export function filterGradientProgram(plan: FilterGradientPlan): WebGPUProgram {
  const { rows, columns, chunks, tile, positions, vectors } = plan;
  const [x, dy] = vectors.map((vector) => vector ? 4 : 1);
  return {
    variableNames: ["x", "dy"],
    variableComponents: [x, dy],
    uniforms: "filterWidth : i32, strides : vec2<i32>, pads : vec2<i32>, rowsPerChunk : i32,",
    outputShape: [chunks, rows, columns],
    outputComponent: dy,
    dispatchLayout: { x: [2], y: [1], z: [0] },
    dispatch: [Math.ceil(columns / tile[1]), Math.ceil(rows / tile[0]), chunks],
    workgroupSize: [THREADS, 1, 1],
    shaderKey: `residualFilterGradient_${tile}_${positions}_${vectors}`,
    getUserCode: () => source(plan),
  };
}

function source({ tile, positions, vectors: [xVector, dyVector] }: FilterGradientPlan): string {
  const [down, across] = [tile[0] / 4, tile[1] / 4]; // threads
  return /* wgsl */ `
    var<workgroup> xTile : array<vec4<f32>, ${positions * down}>;
    var<workgroup> dyTile : array<vec4<f32>, ${positions * across}>;

    fn main() {
      let thread = i32(localIndex);
      let chunk = i32(workgroupId.z);
      let rows = uniforms.outShape[1];
      let image = vec3<i32>(uniforms.xShape.yzw); // height, width, channels
      let out = vec3<i32>(uniforms.dyShape.yzw);

      // What this thread brings into workgroup memory: four rows k and four columns n.
      let xFirst = thread / ${down};
      let dyFirst = thread / ${across};
      let k = (i32(workgroupId.y) * ${down} + thread % ${down}) * 4;
      let n = (i32(workgroupId.x) * ${across} + thread % ${across}) * 4;
      ${unroll(xVector ? 1 : 4, shift)}

      // What this thread adds up: the products of four rows of x and four columns of dy.
      let mine = thread / ${across};
      ${unroll(4, (i) => `var sum${i} = vec4<f32>(0.0);`)}

      // All chunks take as many turns, since a barrier must be reached by a whole workgroup, which
      // browsers prove from uniforms alone; rows beyond the last count as zeros.
      var row = chunk * uniforms.rowsPerChunk;
      let end = uniforms.dyShape[0] * out.x;
      var batch = row / out.x;
      var outRow = row % out.x;
      for (var turn = 0; turn < uniforms.rowsPerChunk; turn++) {
        ${unroll(xVector ? 1 : 4, inputRow)}
        for (var first = 0; first < out.y; first += ${positions}) {
          for (var p = xFirst; p < ${positions}; p += ${THREADS / down}) {
            let column = first + p;
            var value = vec4<f32>(0.0);
            ${xVector ? loadX(0, "value", "/ 4") : unroll(4, (i) => loadX(i, `value[${i}]`, ""))}
            xTile[p * ${down} + thread % ${down}] = value;
          }
          for (var p = dyFirst; p < ${positions}; p += ${THREADS / across}) {
            let at = (row * out.y + first + p) * out.z + n;
            var value = vec4<f32>(0.0);
            if (row < end && first + p < out.y) { ${loadDy(dyVector)} }
            dyTile[p * ${across} + thread % ${across}] = value;
          }
          workgroupBarrier();
          for (var p = 0; p < ${positions}; p++) {
            let a = xTile[p * ${down} + mine];
            let b = dyTile[p * ${across} + thread % ${across}];
            ${unroll(4, (i) => `sum${i} += a[${i}] * b;`)}
          }
          workgroupBarrier();
        }
        row++;
        outRow++;
        if (outRow == out.x) { outRow = 0; batch++; }
      }

      let firstRow = (i32(workgroupId.y) * ${down} + mine) * 4;
      ${unroll(4, (i) => storeSum(i, dyVector))}
    }`;
}

/** The shift that row `k + i` of the product stands for. */
const shift = (i: number) => `
  let tap${i} = (k + ${i}) / image.z;
  let rowShift${i} = tap${i} / uniforms.filterWidth - uniforms.pads.x;
  let columnShift${i} = tap${i} % uniforms.filterWidth - uniforms.pads.y;`;

/** Where row `k + i` of the product reads in an input row, and whether there is such a row. */
const inputRow = (i: number) => `
  let inRow${i} = outRow * uniforms.strides.x + rowShift${i};
  let inside${i} = row < end && k + ${i} < rows && inRow${i} >= 0 && inRow${i} < image.x;
  let start${i} = (batch * image.x + inRow${i}) * image.y * image.z + (k + ${i}) % image.z;`;

const loadX = (i: number, to: string, scale: string) =>
  `{
  let inColumn = column * uniforms.strides.y + columnShift${i};
  if (inside${i} && column < out.y && inColumn >= 0 && inColumn < image.y) {
    ${to} = x[(start${i} + inColumn * image.z) ${scale}];
  }
}`;

const loadDy = (vector: boolean) =>
  eachColumn(vector, "value", (value, index) => `${value} = dy[${index}];`);

const storeSum = (i: number, vector: boolean) => `
  if (firstRow + ${i} < rows) {
    let at = (chunk * rows + firstRow + ${i}) * out.z + n;
    ${eachColumn(vector, `sum${i}`, (value, index) => `result[${index}] = ${value};`)}
  }`;

/** Moves columns n to n + 3 that exist, at once or singly, between a vec4 and index `at`. */
function eachColumn(
  vector: boolean,
  name: string,
  move: (value: string, index: string) => string,
): string {
  if (vector) return `if (n < out.z) { ${move(name, "at / 4")} }`;
  return unroll(4, (i) => `if (n + ${i} < out.z) { ${move(`${name}[${i}]`, `at + ${i}`)} }`);
}
