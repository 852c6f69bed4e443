/**
 * Listening to the gradient at tensors through one of their uses.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { type GradientListener, tapAt } from "./tap.ts";

/** A tensor, and who listens to its gradient. */
export interface TappedInput {
  /** Of the place, for errors. */
  readonly name: string;
  readonly x: tf.Tensor;
  readonly onGradient: GradientListener;
}

/** What TensorFlow.js notes of an operation. */
interface TapeNode {
  inputs: tf.NamedTensorMap;
  gradient?: (dys: tf.Tensor[]) => Record<string, () => tf.Tensor>;
}

/**
 * Runs what uses some tensors, and hands the gradient through that use alone to listeners.
 *
 * Taps before the use would hear the same, but would add up all that comes through it first, and then what
 * comes from elsewhere, which rounds otherwise: as at a normalization with a shortcut around it. So the use
 * gets the tensors themselves, and what each of its operations adds to their gradients is added to the taps'
 * as well, which nothing else uses and which pass nothing on.
 *
 * @param use What it gives may be one of the tensors: then it gives a copy.
 */
export function tapInputs<T extends tf.Tensor | tf.Tensor[]>(
  inputs: readonly TappedInput[],
  use: () => T,
): T {
  if (inputs.length === 0 || !isTapeOn()) return use();
  const tapped = inputs.map((input) => ({ x: input.x, copy: tapAside(input) }));
  const first = tape().length;
  const y = use();
  const own = (y: tf.Tensor) => tapped.some(({ x }) => x === y) ? y.clone() : y;
  const outputs = (Array.isArray(y) ? y.map(own) : own(y)) as T;
  for (const node of tape().slice(first)) {
    for (const [name, input] of Object.entries(node.inputs)) {
      for (const { x, copy } of tapped) if (input === x) addInput(node, { name, copy });
    }
  }
  return outputs;
}

/** Whether operations are noted, to be differentiated. */
export function isTapeOn(): boolean {
  const { gradientDepth, kernelDepth } = tf.engine().state;
  return gradientDepth > 0 && kernelDepth === 0;
}

function tape(): TapeNode[] {
  return tf.engine().state.activeTape;
}

/** A tap on a tensor that adds nothing to the tensor's gradient. */
function tapAside({ name, x, onGradient }: TappedInput): tf.Tensor {
  const place = `the gradient at the input ${name}`;
  const copy = tapAt(place, x, (gradient) => {
    const returned = onGradient(gradient);
    if (!(returned instanceof tf.Tensor) || returned === gradient) return;
    throw new Error(
      `Cannot edit ${place}: a listener at an input must return no tensor; edit at the output of the ` +
        "layer before, or return nothing: (x) => { … }",
    );
  });
  const node = tape().at(-1)!;
  const hear = node.gradient!;
  node.gradient = function (this: TapeNode, dys) {
    this.inputs = {}; // of the copy of the entry that a backward pass goes through
    return hear(dys);
  };
  return copy;
}

/** Hands what an operation adds to the gradient of one of its inputs to a copy of that, too. */
function addInput(
  node: TapeNode,
  { name, copy }: { readonly name: string; readonly copy: tf.Tensor },
): void {
  const { gradient } = node;
  if (gradient === undefined) return; // TensorFlow.js refuses it in a backward pass
  const second = `${name} of tap ${copy.id}`;
  node.inputs = { ...node.inputs, [second]: copy };
  node.gradient = function (this: TapeNode, dys) {
    const gradients = gradient.call(this, dys);
    let added: tf.Tensor;
    return {
      ...gradients,
      [name]: () => {
        const dx = gradients[name]();
        added = tf.keep(dx.clone()); // dx may be disposed of as soon as it is added
        return dx;
      },
      [second]: () => {
        const dx = added.clone();
        added.dispose();
        return dx;
      },
    };
  };
}
