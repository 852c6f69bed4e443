/** `detectAnomaly` names the place at which the first value that is not finite comes up. */

import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { train } from "../../src/train/train.ts";
import { type TestBackend, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

const BACKENDS: readonly TestBackend[] = ["cpu", "wasm", webgpu];

/** A layer that computes a function of its input. */
class Computed extends tf.layers.Layer {
  static readonly className: string = "Computed";
  readonly #f: (x: tf.Tensor) => tf.Tensor;

  constructor(name: string, f: (x: tf.Tensor) => tf.Tensor) {
    super({ name });
    this.#f = f;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => this.#f([inputs].flat()[0]));
  }

  override computeOutputShape(shape: tf.Shape | tf.Shape[]): tf.Shape | tf.Shape[] {
    return shape;
  }
}

/** Two dense layers and what a test puts between them. */
function modelWith(f: (x: tf.Tensor) => tf.Tensor): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.dense({ units: 3, inputShape: [2], name: "first", kernelInitializer: "ones" }),
      new Computed("between", f),
      tf.layers.dense({ units: 1, name: "last", kernelInitializer: "ones" }),
    ],
  });
}

/** Batches of the same numbers, each made when it is asked for. */
function* batchesOf(count: number, x = 1) {
  for (let i = 0; i < count; i++) yield { xs: tf.fill([4, 2], x), ys: tf.ones([4, 1]) };
}

type Loss = (ys: tf.Tensor, output: tf.Tensor) => tf.Scalar;

interface Given {
  readonly f?: (x: tf.Tensor) => tf.Tensor;
  readonly loss?: Loss;
  readonly x?: number;
  readonly detectAnomaly?: boolean;
}

const squares: Loss = (ys, output) => tf.mean(tf.square(tf.sub(ys, output)));

/** The message with which a run ends, and that it leaves nothing. */
async function failureOf(
  { f = (x) => x.clone(), loss = squares, x, detectAnomaly = true }: Given,
): Promise<string> {
  const before = tf.memory().numTensors;
  const model = modelWith(f);
  const optimizer = tf.train.sgd(0.1);
  const run = train(model, batchesOf(3, x), { optimizer, loss, detectAnomaly });
  const error = await assertRejects(() => run.finish(), RangeError);
  assertEquals(Object.keys((await run.record()).columns), ["step", "loss"]);
  model.dispose();
  optimizer.dispose();
  assertEquals(tf.memory().numTensors, before);
  return error.message;
}

testOn(BACKENDS, "the layer that makes the first NaN is named", async () => {
  assertEquals(
    await failureOf({ f: (x) => tf.mul(x, tf.scalar(NaN)) }),
    "Cannot continue training: loss is NaN at step 0, a finite number is needed; the first to be NaN or " +
      "infinite is the output of the layer between",
  );
});

testOn(BACKENDS, "a layer whose gradient is the first to be infinite is named", async () => {
  // √0 is 0, and its slope infinite.
  assertEquals(
    await failureOf({ f: (x) => tf.sqrt(tf.sub(x, x.clone())) }),
    "Cannot continue training: the gradient at the output of the layer first must be finite, got NaN or " +
      "infinity at step 0",
  );
});

testOn(BACKENDS, "a batch that is not finite is named", async () => {
  const message = await failureOf({ x: Infinity });
  assert(message.endsWith("the first to be NaN or infinite is the batch's xs"), message);
});

testOn(BACKENDS, "a loss that alone is not finite is named", async () => {
  const message = await failureOf({
    loss: (ys, output) => tf.add(squares(ys, output), tf.scalar(NaN)),
  });
  assert(
    message.endsWith("; the batch, all layers' outputs and the gradients there are finite"),
    message,
  );
});

testOn("cpu", "without it the error says what to ask for", async () => {
  const message = await failureOf({
    f: (x) => tf.mul(x, tf.scalar(NaN)),
    detectAnomaly: false,
  });
  assert(message.endsWith("; detectAnomaly: true says where it comes up"), message);
});

testOn(
  BACKENDS,
  "a run that stays finite has the same record, and the model the same bits",
  async () => {
    const outcomes = [];
    for (const detectAnomaly of [false, true]) {
      const model = modelWith((x) => tf.tanh(x));
      const optimizer = tf.train.sgd(0.1);
      const { columns } = await train(model, batchesOf(8), {
        optimizer,
        loss: squares,
        detectAnomaly,
      }).finish();
      const weights = await Promise.all(model.getWeights().map((weight) => weight.data()));
      outcomes.push({ columns, weights: weights.map((values) => [...values]) });
      model.dispose();
      optimizer.dispose();
    }
    assertEquals(outcomes[1], outcomes[0]);
  },
);

testOn("cpu", "anything but true and false is refused", () => {
  const model = modelWith((x) => x.clone());
  const optimizer = tf.train.sgd(0.1);
  const options = { optimizer, loss: squares, detectAnomaly: "yes" };
  assertThrows(
    () => train(model, [], options as never),
    TypeError,
    'Cannot train: detectAnomaly must be true or false, got "yes"',
  );
  model.dispose();
  optimizer.dispose();
});
