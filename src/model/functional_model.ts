/**
 * Models that are made of the calls of their layers, as their configuration describes them.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { check, visible } from "../validate.ts";
import { create, type Description, type FromConfig } from "./descriptions.ts";

/** The output of a call: the layer's name, which of its calls in this model, and which of its outputs. */
type Output = readonly [name: string, call: number, output: number, kwargs?: Kwargs];

type Kwargs = tf.serialization.ConfigDict;

/** What a model's configuration has. */
interface ModelConfig {
  readonly name: string;
  readonly layers: readonly DescribedLayer[];
  readonly inputLayers: readonly Output[];
  readonly outputLayers: readonly Output[];
}

interface DescribedLayer extends Description {
  readonly name: string;
  /** The inputs of each of its calls. */
  readonly inboundNodes: readonly (readonly Output[])[];
}

/** A layer, with a method that TensorFlow.js has for itself. */
type Layer = tf.layers.Layer & { setFastWeightInitDuringBuild(fast: boolean): void };

/** A layer in a model that is being made. */
interface Called {
  readonly layer: Layer;
  /** The outputs of its calls in this model. */
  readonly outputs: tf.SymbolicTensor[][];
  /** The inputs of the calls that are still to be made, in order. */
  readonly waiting: (readonly Output[])[];
}

/**
 * Makes a model of its configuration, in the place of TensorFlow.js's way. That numbers a layer's calls over
 * all models that have the layer, which holds for none but the first of them, and changes the order of calls
 * when a later one has its inputs first: such a model was loaded as another function.
 *
 * @throws {TypeError} If its calls are written otherwise, or have inputs that no call gives.
 */
export const restoreModel: FromConfig = (constructor, config, _customObjects, fast = false) => {
  const { name, layers, inputLayers, outputLayers } = config as unknown as ModelConfig;
  const calledByName = new Map(layers.map((described) => {
    const layer = create(described, { fast }) as Layer;
    layer.setFastWeightInitDuringBuild(fast);
    // A model and an input have one call that no configuration describes: that which made them.
    const isMade = layer instanceof tf.LayersModel || layer.getClassName() === "InputLayer";
    const outputs = isMade ? [layer.inboundNodes[0].outputTensors] : [];
    return [described.name, { layer, outputs, waiting: callsOf(described) }];
  }));
  const find = ([name, call, output]: Output) => calledByName.get(name)?.outputs[call]?.[output];
  callAll([...calledByName.values()], { find, name });
  const [inputs, outputs] = [inputLayers, outputLayers].map((all) => {
    const found = all.map(find);
    const isThere = !found.includes(undefined);
    check(isThere, { ...restoring(name), name: "its inputs and outputs", ...FROM_LAYERS });
    return found;
  });
  return new constructor({ inputs, outputs, name });
};

const restoring = (name: string) => ({ action: `restore the model ${visible(name)}` });

/** What is wrong with an input or an output that no call gives. */
const FROM_LAYERS = { must: "come from its layers", words: "one that none of them gives" };

function callsOf({ name, inboundNodes }: DescribedLayer): Called["waiting"] {
  check(Array.isArray(inboundNodes) && inboundNodes.every(Array.isArray), {
    ...restoring(name),
    name: "the calls of its layers",
    must: "be lists of inputs, as TensorFlow.js and Keras 2 write them",
    got: inboundNodes,
  });
  return inboundNodes.filter((inputs) => inputs.length > 0);
}

/** Makes all calls, those of one layer in their order. */
function callAll(
  all: readonly Called[],
  { find, name }: {
    readonly find: (output: Output) => tf.SymbolicTensor | undefined;
    readonly name: string;
  },
): void {
  let [waiting, before] = [all, Infinity];
  while ((waiting = waiting.filter(({ waiting }) => waiting.length > 0)).length > 0) {
    const count = waiting.reduce((sum, { waiting }) => sum + waiting.length, 0);
    check(count < before, { ...restoring(name), name: "the inputs of its layers", ...FROM_LAYERS });
    before = count;
    for (const called of waiting) callWhileReady(called, find);
  }
}

/** Makes the calls of a layer up to the first whose inputs are not there yet. */
function callWhileReady(
  { layer, outputs, waiting }: Called,
  find: (output: Output) => tf.SymbolicTensor | undefined,
): void {
  while (waiting.length > 0) {
    const inputs = waiting[0].map(find);
    if (inputs.includes(undefined)) break;
    const kwargs = waiting.shift()!.at(-1)![3] ?? {};
    const x = inputs as tf.SymbolicTensor[];
    const y = layer.apply(x.length === 1 ? x[0] : x, kwargs) as tf.SymbolicTensor;
    outputs.push([y].flat());
  }
}
