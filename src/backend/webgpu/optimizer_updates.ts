/**
 * The updates of optimizers in place, as many weights in one dispatch as the device binds buffers, on
 * WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { KernelCall, KernelOverride } from "../overrides.ts";
import { commandsOf } from "./commands.ts";
import type { DataId } from "./internals.ts";
import { pipelineFor, workgroupsFor } from "./pipelines.ts";

/** Threads of a workgroup. */
const THREADS = 64;

/** Most weights in one dispatch: the source of its pipeline has each of them. */
const MOST_WEIGHTS = 16;

/** An update: what it changes, what it reads, its settings, and how. */
interface Update {
  /** Inputs of each weight that are changed in place. */
  readonly changed: readonly string[];
  /** Inputs of each weight that are read. */
  readonly read: readonly string[];
  /** Inputs that all weights read. */
  readonly shared: readonly string[];
  /** Settings, float32 each. */
  readonly settings: readonly string[];
  /** WGSL that changes element `i`; `$` stands for the weight's number. */
  readonly body: string;
}

/**
 * Adam: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², w ← w − α · m̂ / (√v̂ + ε) with m̂ = m/(1 − β₁ᵗ) and
 * v̂ = v/(1 − β₂ᵗ), in the order and with the rounding of TensorFlow.js. The accumulated βᵗ are read only.
 */
const ADAM: Update = {
  changed: ["weight", "firstMoment", "secondMoment"],
  read: ["gradient"],
  shared: ["accumulatedBeta1", "accumulatedBeta2"],
  settings: [
    "minusLearningRate",
    "beta1",
    "oneMinusBeta1",
    "beta2",
    "oneMinusBeta2",
    "epsilon",
  ],
  body: `
    let g = gradient_$[i];
    let m = rounded(firstMoment_$[i] * settings.beta1) + rounded(g * settings.oneMinusBeta1);
    let square = rounded(g * g);
    let v = rounded(secondMoment_$[i] * settings.beta2) + rounded(square * settings.oneMinusBeta2);
    firstMoment_$[i] = m;
    secondMoment_$[i] = v;
    let mean = rounded(rounded(m) / rounded(1.0 - accumulatedBeta1[0]));
    let variance = rounded(rounded(v) / rounded(1.0 - accumulatedBeta2[0]));
    let deviation = rounded(rounded(sqrt(variance)) + settings.epsilon);
    weight_$[i] += rounded(rounded(mean / deviation) * settings.minusLearningRate);`,
};

/** What Adam does once a step: βᵗ ← β · βᵗ, for β₁ and β₂. */
const ADAM_STEP: Update = {
  changed: ["accumulatedBeta1", "accumulatedBeta2"],
  read: [],
  shared: [],
  settings: ["beta1", "beta2"],
  body: `
    accumulatedBeta1_$[i] *= settings.beta1;
    accumulatedBeta2_$[i] *= settings.beta2;`,
};

/** Gradient descent: w ← w − αg. */
const SGD: Update = {
  changed: ["weight"],
  read: ["gradient"],
  shared: [],
  settings: ["minusLearningRate"],
  body: "weight_$[i] += rounded(settings.minusLearningRate * gradient_$[i]);",
};

/** Gradient descent with momentum: a ← μa + g, w ← w − αa or, as Nesterov has it, w − α(g + μa). */
const MOMENTUM: Update = {
  changed: ["weight", "accumulation"],
  read: ["gradient"],
  shared: [],
  settings: ["minusLearningRate", "momentum", "nesterov"],
  body: `
    let a = rounded(settings.momentum * accumulation_$[i]) + gradient_$[i];
    accumulation_$[i] = a;
    let ahead = gradient_$[i] + rounded(a * settings.momentum);
    let direction = select(a, ahead, settings.nesterov != 0.0);
    weight_$[i] += rounded(settings.minusLearningRate * direction);`,
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
  why: "in place, up to 16 weights a dispatch; TensorFlow.js takes a dozen operations a weight",
  run: updateOf(kernel, update),
}));

/**
 * Changes variables, and gives no tensor. The attribute `weights` says how many weights there are; the
 * inputs of weight n, counted from 0, have its number behind their names, as in `gradient_0`. A call
 * without it is about one weight, or none, and has plain names.
 */
function updateOf(kernel: string, update: Update): (call: KernelCall) => tf.TensorInfo[] {
  const each = update.changed.length + update.read.length;
  return ({ inputs, attrs, backend }) => {
    const commands = commandsOf(backend as tf.KernelBackend);
    const { device } = backend as unknown as { readonly device: GPUDevice };
    const bound = device.limits.maxStorageBuffersPerShaderStage - update.shared.length;
    const most = Math.min(MOST_WEIGHTS, Math.max(1, Math.floor(bound / each)));
    const shared = update.shared.map((name) => inputs[name] as tf.TensorInfo);
    const count = Number(attrs?.weights ?? 1);
    const of = (name: string, n: number) =>
      inputs[attrs?.weights === undefined ? name : `${name}_${n}`] as tf.Variable;
    for (let first = 0; first < count; first += most) {
      const weights = Array.from({ length: Math.min(most, count - first) }, (_, i) => first + i);
      const named = (names: readonly string[]) =>
        weights.flatMap((n) => names.map((name) => of(name, n)));
      const variables = named(update.changed);
      for (const variable of variables) commands.makeUnique(variable);
      const ends = endsOf(weights.map((n) => of(update.changed[0], n)));
      commands.dispatch({
        pipeline: pipelineFor(device, {
          label: `optimizer's update ${kernel} of ${weights.length}`,
          code: () => sourceOf(update, weights.length),
        }),
        bindings: [...variables, ...named(update.read), ...shared].map(({ dataId }) =>
          dataId as DataId
        ),
        written: variables.length,
        uniforms: settingsOf(update, { attrs, ends }),
        workgroups: workgroupsFor(THREADS * ends.at(-1)!.group, { threads: THREADS }),
      });
      for (const { dataId } of variables) commands.changesInPlace(dataId as DataId);
    }
    return [];
  };
}

/** Where a weight ends: the numbers that it has, and the first workgroup behind its own. */
interface End {
  readonly size: number;
  readonly group: number;
}

function endsOf(weights: readonly tf.TensorInfo[]): End[] {
  let group = 0;
  return weights.map(({ shape }) => {
    const size = tf.util.sizeFromShape(shape);
    group += Math.ceil(size / THREADS);
    return { size, group };
  });
}

function settingsOf(
  { settings }: Update,
  { attrs, ends }: { readonly attrs: tf.NamedAttrMap | undefined; readonly ends: readonly End[] },
): ArrayBuffer {
  const numbers = 2 * ends.length + settings.length;
  const bytes = new ArrayBuffer(16 * Math.ceil(numbers / 4));
  new Uint32Array(bytes).set(ends.flatMap(({ size, group }) => [size, group]));
  const given = settings.map((name) => Number(attrs?.[name]));
  new Float32Array(bytes).set(given, 2 * ends.length);
  return bytes;
}

function sourceOf({ changed, read, shared, settings, body }: Update, count: number): string {
  const weights = Array.from({ length: count }, (_, n) => n);
  const of = (names: readonly string[]) =>
    weights.flatMap((n) => names.map((name) => `${name}_${n}`));
  const written = of(changed);
  const arrays = [...written, ...of(read), ...shared].map((name, binding) => {
    const access = binding < written.length ? "read_write" : "read";
    return `@group(0) @binding(${binding}) var<storage, ${access}> ${name} : array<f32>;`;
  });
  const ends = weights.map((n) => `size${n} : u32, group${n} : u32,`);
  const updates = weights.map((n) => `
    fn update${n}(i : u32) {
      if (i >= settings.size${n}) { return; }
      ${body.replaceAll("$", String(n))}
    }`);
  const choices = weights.map((n) => {
    const start = n === 0 ? "0u" : `settings.group${n - 1}`;
    return `if (group < settings.group${n}) { update${n}((group - ${start}) * ${THREADS} + thread); return; }`;
  });
  return /* wgsl */ `
    struct Settings { ${ends.join(" ")} ${settings.map((name) => `${name} : f32,`).join(" ")} }
    ${arrays.join("\n")}
    @group(0) @binding(${arrays.length}) var<uniform> settings : Settings;

    // A result that is rounded before it is used, as between TensorFlow.js's operations: a driver may fuse a
    // multiplication and an addition, or divide by a quotient, but not through bits that depend on a uniform.
    fn rounded(x : f32) -> f32 {
      return bitcast<f32>(bitcast<u32>(x) | (settings.size0 & 0x80000000u)); // no size is as large
    }
    ${updates.join("\n")}

    @compute @workgroup_size(${THREADS})
    fn main(
      @builtin(workgroup_id) id : vec3<u32>,
      @builtin(num_workgroups) groups : vec3<u32>,
      @builtin(local_invocation_index) thread : u32,
    ) {
      let group = id.y * groups.x + id.x;
      ${choices.join("\n")}
    }`;
}
