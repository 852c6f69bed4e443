/**
 * The updates of optimizers in one dispatch a weight, in place, on WebGPU.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import type { KernelCall, KernelOverride } from "../overrides.ts";
import { commandsOf } from "./commands.ts";
import type { DataId } from "./internals.ts";
import { pipelineFor, workgroupsFor } from "./pipelines.ts";

/** Threads of a workgroup. */
const THREADS = 64;

/** An update: what it changes, what it reads, its settings, and how. */
interface Update {
  /** Inputs that are changed in place. */
  readonly changed: readonly string[];
  /** Inputs that are read. */
  readonly read: readonly string[];
  /** Settings, float32 each. */
  readonly settings: readonly string[];
  /** WGSL that changes element `i`. */
  readonly body: string;
}

/**
 * Adam: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², w ← w − α · m̂ / (√v̂ + ε) with m̂ = m/(1 − β₁ᵗ) and
 * v̂ = v/(1 − β₂ᵗ), in the order and with the rounding of TensorFlow.js. The accumulated βᵗ are read only.
 */
const ADAM: Update = {
  changed: ["weight", "firstMoment", "secondMoment"],
  read: ["gradient", "accumulatedBeta1", "accumulatedBeta2"],
  settings: [
    "minusLearningRate",
    "beta1",
    "oneMinusBeta1",
    "beta2",
    "oneMinusBeta2",
    "epsilon",
  ],
  body: `
    let g = gradient[i];
    let m = rounded(firstMoment[i] * settings.beta1) + rounded(g * settings.oneMinusBeta1);
    let square = rounded(g * g);
    let v = rounded(secondMoment[i] * settings.beta2) + rounded(square * settings.oneMinusBeta2);
    firstMoment[i] = m;
    secondMoment[i] = v;
    let mean = rounded(rounded(m) / rounded(1.0 - accumulatedBeta1[0]));
    let variance = rounded(rounded(v) / rounded(1.0 - accumulatedBeta2[0]));
    let deviation = rounded(rounded(sqrt(variance)) + settings.epsilon);
    weight[i] += rounded(rounded(mean / deviation) * settings.minusLearningRate);`,
};

/** What Adam does once a step: βᵗ ← β · βᵗ, for β₁ and β₂. */
const ADAM_STEP: Update = {
  changed: ["accumulatedBeta1", "accumulatedBeta2"],
  read: [],
  settings: ["beta1", "beta2"],
  body: `
    accumulatedBeta1[i] *= settings.beta1;
    accumulatedBeta2[i] *= settings.beta2;`,
};

/** Gradient descent: w ← w − αg. */
const SGD: Update = {
  changed: ["weight"],
  read: ["gradient"],
  settings: ["minusLearningRate"],
  body: "weight[i] += rounded(settings.minusLearningRate * gradient[i]);",
};

/** Gradient descent with momentum: a ← μa + g, w ← w − αa or, as Nesterov has it, w − α(g + μa). */
const MOMENTUM: Update = {
  changed: ["weight", "accumulation"],
  read: ["gradient"],
  settings: ["minusLearningRate", "momentum", "nesterov"],
  body: `
    let a = rounded(settings.momentum * accumulation[i]) + gradient[i];
    accumulation[i] = a;
    let ahead = gradient[i] + rounded(a * settings.momentum);
    let direction = select(a, ahead, settings.nesterov != 0.0);
    weight[i] += rounded(settings.minusLearningRate * direction);`,
};

/** The kernels, under the names by which the trainer looks for them. */
export const optimizerUpdates: readonly KernelOverride[] = Object.entries({
  AdamUpdate: ADAM,
  AdamStep: ADAM_STEP,
  SgdUpdate: SGD,
  MomentumUpdate: MOMENTUM,
}).map(([kernel, update]) => ({
  kernel,
  covers: "float32",
  why: "one dispatch a weight, in place; TensorFlow.js takes a dozen operations",
  run: updateOf(kernel, update),
}));

/** Changes the first inputs, which are variables, and gives no tensor. */
function updateOf(kernel: string, update: Update): (call: KernelCall) => tf.TensorInfo[] {
  const pipeline = { label: `optimizer's update ${kernel}`, code: () => sourceOf(update) };
  return ({ inputs, attrs, backend }) => {
    const commands = commandsOf(backend as tf.KernelBackend);
    const { device } = backend as unknown as { readonly device: GPUDevice };
    const variables = update.changed.map((name) => inputs[name] as tf.Variable);
    for (const variable of variables) commands.makeUnique(variable);
    const others = update.read.map((name) => inputs[name] as tf.TensorInfo);
    const { size } = variables[0];
    commands.dispatch({
      pipeline: pipelineFor(device, pipeline),
      bindings: [...variables, ...others].map(({ dataId }) => dataId as DataId),
      written: variables.length,
      uniforms: settingsOf(update, { attrs, size }),
      workgroups: workgroupsFor(size, { threads: THREADS }),
    });
    for (const { dataId } of variables) commands.changesInPlace(dataId as DataId);
    return [];
  };
}

function settingsOf(
  { settings }: Update,
  { attrs, size }: { readonly attrs: tf.NamedAttrMap | undefined; readonly size: number },
): ArrayBuffer {
  const bytes = new ArrayBuffer(16 * Math.ceil((settings.length + 1) / 4));
  new Uint32Array(bytes)[0] = size;
  new Float32Array(bytes).set(settings.map((name) => Number(attrs?.[name])), 1);
  return bytes;
}

function sourceOf({ changed, read, settings, body }: Update): string {
  const arrays = [...changed, ...read].map((name, binding) => {
    const access = binding < changed.length ? "read_write" : "read";
    return `@group(0) @binding(${binding}) var<storage, ${access}> ${name} : array<f32>;`;
  });
  return /* wgsl */ `
    struct Settings { size : u32, ${settings.map((name) => `${name} : f32,`).join(" ")} }
    ${arrays.join("\n")}
    @group(0) @binding(${arrays.length}) var<uniform> settings : Settings;

    // A result that is rounded before it is used, as between TensorFlow.js's operations: a driver may fuse a
    // multiplication and an addition, or divide by a quotient, but not through bits that depend on a uniform.
    fn rounded(x : f32) -> f32 {
      return bitcast<f32>(bitcast<u32>(x) | (settings.size & 0x80000000u)); // no size is as large
    }

    @compute @workgroup_size(${THREADS})
    fn main(@builtin(global_invocation_id) id : vec3<u32>, @builtin(num_workgroups) groups : vec3<u32>) {
      let i = id.y * groups.x * ${THREADS} + id.x;
      if (i >= settings.size) { return; }
      ${body}
    }`;
}
