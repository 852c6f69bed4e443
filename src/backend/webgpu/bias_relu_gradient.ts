/**
 * The gradient of a bias and a ReLU behind it, on WebGPU.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { KernelOverride } from "../overrides.ts";
import { commandsOf } from "./commands.ts";
import { type DataId, internals } from "./internals.ts";
import { pipelineFor } from "./pipelines.ts";
import {
  BLOCK_UNIFORMS,
  blockMemory,
  divideRows,
  type RowBlocks,
  sumOfBlock,
  sumRows,
  THREADS,
  valueOf,
} from "./sum_rows.ts";
import { isNan } from "./wgsl.ts";

/**
 * For `y = relu(x + bias)`, with a bias for each number of y's last axis: `dx = dy · (1 where y > 0, else 0)`,
 * NaN where y is, and `dbias`, the sum of dx over all axes but the last. Gives both.
 *
 * Each workgroup computes a block of dx's rows and, while it has them, their sum; where there are several
 * blocks, the sums are then added up.
 */
export const biasReluGradient: KernelOverride = {
  kernel: "BiasReluGrad",
  covers: "float32",
  why: "ReLU's gradient and the bias's in one pass; TensorFlow.js has no such kernel",
  run: ({ inputs, backend }) => {
    const [dy, y] = [inputs.dy, inputs.y] as [tf.TensorInfo, tf.TensorInfo];
    const inside = internals(backend as tf.KernelBackend);
    const columns = y.shape.at(-1)!;
    const rows = y.shape.slice(0, -1).reduce((product, size) => product * size, 1);
    const blocks = divideRows({ rows, columns });
    const dx = inside.makeTensorInfo(y.shape, "float32");
    const several = blocks.count > 1;
    const sums = inside.makeTensorInfo(several ? [blocks.count, columns] : [columns], "float32");
    commandsOf(backend as tf.KernelBackend).dispatch({
      pipeline: pipelineFor(inside.device, {
        label: `bias and ReLU gradient ${blocks.component}_${blocks.across}`,
        code: () => source(blocks),
      }),
      bindings: [dx, sums, dy, y].map(({ dataId }) => dataId as DataId),
      written: 2,
      uniforms: Int32Array.of(rows, blocks.rows, columns / blocks.component, 0).buffer,
      workgroups: [blocks.beside, blocks.count, 1],
    });
    if (!several) return [dx, sums];
    const dbias = sumRows(backend as WebGPUBackend, sums, {
      rows: blocks.count,
      columns,
      shape: [columns],
    });
    inside.disposeData(sums.dataId as DataId);
    return [dx, dbias];
  },
};

function source(blocks: RowBlocks): string {
  const { component } = blocks;
  const value = valueOf(component);
  return /* wgsl */ `
    struct Uniforms { ${BLOCK_UNIFORMS} }
    @group(0) @binding(0) var<storage, read_write> dx : array<${value}>;
    @group(0) @binding(1) var<storage, read_write> result : array<${value}>;
    @group(0) @binding(2) var<storage, read> dy : array<${value}>;
    @group(0) @binding(3) var<storage, read> y : array<${value}>;
    @group(0) @binding(4) var<uniform> uniforms : Uniforms;
    ${blockMemory(blocks)}

    @compute @workgroup_size(${THREADS})
    fn main(
      @builtin(local_invocation_index) localIndex : u32,
      @builtin(workgroup_id) workgroupId : vec3<u32>,
    ) {
      ${
    sumOfBlock(
      blocks,
      `let slope = select(${value}(0.0), ${value}(1.0), y[at] > ${value}(0.0));
        let value = dy[at] * select(slope, y[at], ${isNan("y[at]", component)});
        dx[at] = value;`,
    )
  }
    }`;
}
