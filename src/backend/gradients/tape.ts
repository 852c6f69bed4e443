/**
 * The tape: what TensorFlow.js notes of the operations between x and y, to differentiate y by x.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { replaceEngineMethod } from "./engine_method.ts";

/** The part of TensorFlow.js's engine that notes an operation. */
interface TapedEngine {
  readonly state: { readonly activeTape: TapeNode[] };
  addTapeNode(...node: unknown[]): void;
}

interface TapeNode {
  readonly kernelName: string;
  inputs: tf.NamedTensorMap;
  readonly outputs: readonly tf.Tensor[];
  readonly saved: readonly tf.Tensor[];
  gradient?: (dys: readonly tf.Tensor[]) => Record<string, () => tf.Tensor>;
}

/**
 * Connects what an operation saves for its gradient with the operation's inputs, so that a gradient can be
 * differentiated again, as in a gradient penalty. First derivatives are the same.
 *
 * TensorFlow.js saves copies, and notes the copy of a result before the operation that gives the result. It
 * so takes the copy for one that does not depend on x, and leaves it out of second derivatives: those
 * through `sigmoid`, `tanh`, `exp`, `softmax`, `elu` and `pow` are wrong.
 */
export function connectSavedTensors(): void {
  replaceEngineMethod<TapedEngine, "addTapeNode">(
    "addTapeNode",
    (stock) =>
      function (this: TapedEngine, ...node) {
        stock.apply(this, node);
        connectCopies(this.state.activeTape);
      },
  );
}

/** Connects the copies that the last operation saved, which TensorFlow.js noted right before it. */
function connectCopies(tape: TapeNode[]): void {
  const node = tape.at(-1)!;
  const start = Math.max(0, tape.length - 1 - node.saved.length);
  for (let i = tape.length - 2; i >= start; i--) {
    const copy = tape[i];
    if (!node.saved.includes(copy.outputs[0])) continue;
    const { id } = copy.inputs.x;
    if (node.outputs.some((output) => output.id === id)) tape.push(...tape.splice(i, 1));
    else if (!Object.values(node.inputs).some((input) => input.id === id)) connect(copy, node);
  }
}

/** Connects the copy of a number that an operation with a gradient of its own computed inside. */
function connect(copy: TapeNode, { kernelName, inputs }: TapeNode): void {
  if (kernelName === SOFTMAX_CROSS_ENTROPY) {
    copy.inputs = { x: inputs[1] }; // the logits
    copy.gradient = ([dy]) => ({ x: () => logSoftmaxGradient(dy, copy.outputs[0]) });
  } else {
    copy.inputs = inputs;
    copy.gradient = () => {
      throw new TypeError(
        "Cannot compute a second derivative: the gradient that tf.customGrad was given must be computed " +
          "from what was saved of its inputs and its result, got another tensor that it saved",
      );
    };
  }
}

/** What TensorFlow.js calls the operation in `tf.losses.softmaxCrossEntropy`, which saves log softmax. */
export const SOFTMAX_CROSS_ENTROPY = "softmaxCrossEntropy__op";

function logSoftmaxGradient(dy: tf.Tensor, logSoftmax: tf.Tensor): tf.Tensor {
  return tf.sub(dy, tf.mul(tf.exp(logSoftmax), tf.sum(dy, -1, true)));
}
