/**
 * Softmax cross-entropy and its gradient, on WebGPU.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import type { KernelCall, KernelOverride } from "../overrides.ts";
import { commandsOf } from "./commands.ts";
import { type DataId, internals } from "./internals.ts";
import { pipelineFor, workgroupsFor } from "./pipelines.ts";
import { halve } from "./wgsl.ts";

/** Threads of a workgroup, which has one row of logits. */
const THREADS = 64;

/**
 * For logits z and labels y, both [..., classes]: `log softmax(z)ⱼ = zⱼ − (max z + log Σₖ exp(zₖ − max z))`
 * and `loss = −Σⱼ yⱼ · log softmax(z)ⱼ`, in TensorFlow.js's order. Gives the loss, [...], and log softmax.
 */
const softmaxCrossEntropy: KernelOverride = {
  kernel: "SoftmaxCrossEntropyWithLogits",
  covers: "float32 logits, float32 or int32 labels",
  why: "one dispatch; TensorFlow.js, which has no such kernel, takes eleven",
  run: ({ inputs, backend }) => {
    const [labels, logits] = [inputs.labels, inputs.logits] as [tf.TensorInfo, tf.TensorInfo];
    const inside = internals(backend as tf.KernelBackend);
    const loss = inside.makeTensorInfo(logits.shape.slice(0, -1), "float32");
    const logSoftmax = inside.makeTensorInfo(logits.shape, "float32");
    dispatchRows(backend, {
      name: `softmax cross-entropy ${labels.dtype}`,
      tensors: { loss, logSoftmax, labels, logits },
      written: 2,
      body: /* wgsl */ `
        var most = logits[first];
        for (var i = first + thread; i < end; i += ${THREADS}) { most = max(most, logits[i]); }
        part[thread] = most;
        ${together(MOST)}
        most = part[0];
        workgroupBarrier();

        var sum = 0.0;
        for (var i = first + thread; i < end; i += ${THREADS}) { sum += exp(logits[i] - most); }
        part[thread] = sum;
        ${together(SUM)}
        let logSum = log(part[0]) + most;
        workgroupBarrier();

        sum = 0.0;
        for (var i = first + thread; i < end; i += ${THREADS}) {
          let value = logits[i] - logSum;
          logSoftmax[i] = value;
          sum -= value * f32(labels[i]);
        }
        part[thread] = sum;
        ${together(SUM)}
        if (thread == 0u) { loss[row] = part[0]; }`,
    });
    return [loss, logSoftmax];
  },
};

/** The loss's gradient in the logits: `dz = dy · (softmax(z) · Σⱼ yⱼ − y)`. */
const softmaxCrossEntropyGradient: KernelOverride = {
  kernel: "SoftmaxCrossEntropyWithLogitsGrad",
  covers: "float32 logits, float32 or int32 labels",
  why: "one dispatch; TensorFlow.js, which has no such kernel, takes six",
  run: ({ inputs, backend }) => {
    const { labels, logSoftmax, dy } = inputs as Record<string, tf.TensorInfo>;
    const inside = internals(backend as tf.KernelBackend);
    const dLogits = inside.makeTensorInfo(logSoftmax.shape, "float32");
    dispatchRows(backend, {
      name: `softmax cross-entropy gradient ${labels.dtype}`,
      tensors: { dLogits, logSoftmax, labels, dy },
      written: 1,
      body: /* wgsl */ `
        var sum = 0.0;
        for (var i = first + thread; i < end; i += ${THREADS}) { sum += f32(labels[i]); }
        part[thread] = sum;
        ${together(SUM)}
        for (var i = first + thread; i < end; i += ${THREADS}) {
          dLogits[i] = dy[row] * (exp(logSoftmax[i]) * part[0] - f32(labels[i]));
        }`,
    });
    return dLogits;
  },
};

/** The kernels. */
export const softmaxCrossEntropies: readonly KernelOverride[] = [
  softmaxCrossEntropy,
  softmaxCrossEntropyGradient,
];

/** A program with one workgroup for each row of the tensors' last axis. */
interface RowProgram {
  readonly name: string;
  /** The tensors, by their names in the program; `logSoftmax` is one of them. */
  readonly tensors: Readonly<Record<string, tf.TensorInfo>>;
  /** How many of the tensors, from the first on, are written. */
  readonly written: number;
  /** WGSL that computes `row`, whose elements are `first` to `end - 1`, with this workgroup's `thread`. */
  readonly body: string;
}

function dispatchRows(
  backend: KernelCall["backend"],
  { name, tensors, written, body }: RowProgram,
): void {
  const { device } = internals(backend as tf.KernelBackend);
  const { shape } = tensors.logSoftmax;
  const classes = shape.at(-1)!;
  const rows = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  const arrays = Object.entries(tensors).map(([name, { dtype }], binding) => {
    const access = binding < written ? "read_write" : "read";
    const type = dtype === "float32" ? "f32" : "i32";
    return `@group(0) @binding(${binding}) var<storage, ${access}> ${name} : array<${type}>;`;
  });
  const code = () => /* wgsl */ `
    struct Uniforms { rows : u32, classes : u32 }
    ${arrays.join("\n")}
    @group(0) @binding(${arrays.length}) var<uniform> uniforms : Uniforms;
    var<workgroup> part : array<f32, ${THREADS}>;

    @compute @workgroup_size(${THREADS})
    fn main(
      @builtin(local_invocation_index) thread : u32,
      @builtin(workgroup_id) group : vec3<u32>,
      @builtin(num_workgroups) groups : vec3<u32>,
    ) {
      let row = group.y * groups.x + group.x;
      if (row >= uniforms.rows) { return; }
      let first = row * uniforms.classes;
      let end = first + uniforms.classes;
      ${body}
    }`;
  commandsOf(backend as tf.KernelBackend).dispatch({
    pipeline: pipelineFor(device, { label: name, code }),
    bindings: Object.values(tensors).map(({ dataId }) => dataId as DataId),
    written,
    uniforms: Uint32Array.of(rows, classes, 0, 0).buffer,
    workgroups: workgroupsFor(rows, { threads: 1 }),
  });
}

const MOST = (half: number) =>
  `if (thread < ${half}u) { part[thread] = max(part[thread], part[thread + ${half}u]); }`;

const SUM = (half: number) => `if (thread < ${half}u) { part[thread] += part[thread + ${half}u]; }`;

/** Puts the threads' parts together, in the first of them. */
const together = (piece: (half: number) => string) =>
  `${halve(THREADS, piece)}\nworkgroupBarrier();`;
