/**
 * The updates of optimizers in one pass over each weight, on wasm.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { KernelCall, KernelOverride } from "../overrides.ts";
import { threadPoolOn, type WasmBackend, withScratch } from "./heap.ts";
import type { KernelName } from "./module.ts";
import { ranges } from "./thread_pool.ts";

/** Fewest numbers of a weight for each thread; for fewer none is woken. */
const LEAST_NUMBERS = 65_536;

/** An update of `weight`: the function that computes it, what it changes, what it reads, and its settings. */
interface Update {
  readonly function: KernelName;
  /** Inputs of each weight that are changed in place: its state. */
  readonly changed: readonly string[];
  /** Inputs that all weights read. */
  readonly shared: readonly string[];
  /** Settings, float32 each. */
  readonly settings: readonly string[];
  /** Settings that are whole numbers. */
  readonly flags: readonly string[];
}

const UPDATES: Readonly<Record<string, Update>> = {
  AdamUpdate: {
    function: "adamUpdate",
    changed: ["firstMoment", "secondMoment"],
    shared: ["accumulatedBeta1", "accumulatedBeta2"],
    settings: ["minusLearningRate", "beta1", "oneMinusBeta1", "beta2", "oneMinusBeta2", "epsilon"],
    flags: [],
  },
  SgdUpdate: {
    function: "sgdUpdate",
    changed: [],
    shared: [],
    settings: ["minusLearningRate"],
    flags: [],
  },
  MomentumUpdate: {
    function: "momentumUpdate",
    changed: ["accumulation"],
    shared: [],
    settings: ["minusLearningRate", "momentum"],
    flags: ["nesterov"],
  },
};

const documentation = {
  covers: "float32",
  why: "one pass over each weight; TensorFlow.js takes a dozen operations a weight",
};

/** The kernels, under the names by which the trainer looks for them. */
export const optimizerUpdates: readonly KernelOverride[] = [
  ...Object.entries(UPDATES).map(([kernel, update]) => ({
    kernel,
    ...documentation,
    run: (call: KernelCall) => run(update, call),
  })),
  { kernel: "AdamStep", ...documentation, run: adamStep },
];

/**
 * Changes variables, and gives no tensor. The inputs of weight n, counted from 0, have its number behind
 * their names, as in `gradient_0`; the attribute `weights` says how many there are.
 */
function run(update: Update, { inputs, attrs, backend }: KernelCall): tf.TensorInfo[] {
  const wasm = backend as WasmBackend;
  const flags = update.flags.map((name) => Number(attrs?.[name]));
  const shared = update.shared.map((name) => wasm.getMemoryOffset(inputs[name]!.dataId));
  withScratch(wasm, [update.settings.length], ([at]) => {
    const numbers = update.settings.map((name) => Number(attrs?.[name]));
    new Float32Array(wasm.wasm.asm.memory.buffer, at, numbers.length).set(numbers);
    for (let n = 0; n < Number(attrs?.weights); n++) {
      const weight = inputs[`weight_${n}`] as tf.Variable;
      const state = update.changed.map((name) => inputs[`${name}_${n}`] as tf.Variable);
      updateWeight(wasm, update.function, {
        weight,
        state,
        gradient: inputs[`gradient_${n}`]!,
        others: [...shared, at, ...flags],
      });
    }
  });
  return [];
}

/**
 * Changes one weight and its state. The weight gets new data: for its matrix products, TensorFlow.js
 * caches packed weights by their data, and would go on with the old ones.
 */
function updateWeight(
  wasm: WasmBackend,
  name: KernelName,
  { weight, state, gradient, others }: {
    readonly weight: tf.Variable;
    readonly state: readonly tf.Variable[];
    readonly gradient: tf.TensorInfo;
    readonly others: readonly number[];
  },
): void {
  for (const variable of state) makeUnique(wasm, variable);
  const out = wasm.makeOutput(weight.shape, "float32");
  const offsets = [weight, out, ...state, gradient].map(({ dataId }) =>
    wasm.getMemoryOffset(dataId)
  );
  const { size } = weight;
  const pool = threadPoolOn(wasm);
  const threads = Math.max(1, Math.min(pool.count, Math.floor(size / LEAST_NUMBERS)));
  const parts = ranges(Math.ceil(size / 4), threads).map(([first, last]) => [
    ...offsets,
    ...others,
    4 * first,
    Math.min(4 * last, size),
  ]);
  pool.run(name, parts);
  assign(weight, out);
}

/** What Adam does once a step: βᵗ ← β · βᵗ, for β₁ and β₂. */
function adamStep({ inputs, attrs, backend }: KernelCall): tf.TensorInfo[] {
  const wasm = backend as WasmBackend;
  for (const [power, beta] of [["accumulatedBeta1", "beta1"], ["accumulatedBeta2", "beta2"]]) {
    const variable = inputs[power] as tf.Variable;
    makeUnique(wasm, variable);
    const offset = wasm.getMemoryOffset(variable.dataId);
    const heap = new Float32Array(wasm.wasm.asm.memory.buffer, offset, 1);
    heap[0] *= Math.fround(Number(attrs?.[beta]));
  }
  return [];
}

/** Sees to it that no other tensor shares a variable's data, which then can be changed in place. */
function makeUnique(backend: WasmBackend, variable: tf.Variable): void {
  if (backend.dataIdMap.get(variable.dataId).refCount === 1) return;
  const copy = backend.makeOutput(variable.shape, "float32");
  const [from, to] = [variable, copy].map(({ dataId }) => backend.getMemoryOffset(dataId));
  const { buffer } = backend.wasm.asm.memory;
  new Uint8Array(buffer).copyWithin(to, from, from + 4 * variable.size);
  assign(variable, copy);
}

function assign(variable: tf.Variable, data: tf.TensorInfo): void {
  const tensor = tf.engine().makeTensorFromTensorInfo(data);
  variable.assign(tensor);
  tensor.dispose();
}
