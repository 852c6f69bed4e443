/** Backends that are started, switched, reset and removed while models train. */

import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { type BackendName, startBackend } from "../../src/backend/start.ts";
import type { Step } from "../../src/train/readback.ts";
import { train } from "../../src/train/train.ts";
import { runs } from "../support/generated.ts";
import { testWith } from "../support/test_with.ts";
import { webgpu } from "../support/webgpu.ts";

/** A small network of every kind of kernel that the article's has, with the same weights each time. */
function makeModel(): tf.LayersModel {
  const init = (seed: number) => tf.initializers.randomUniform({ minval: -0.5, maxval: 0.5, seed });
  return tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [6, 6, 2],
        filters: 3,
        kernelSize: 3,
        padding: "same",
        activation: "relu",
        kernelInitializer: init(1),
      }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 2, kernelInitializer: init(2) }),
    ],
  });
}

/** The same batches each time. */
function* batches(count: number) {
  for (let step = 0; step < count; step++) {
    const values = Array.from({ length: 4 * 72 }, (_, i) => Math.sin(i * 0.7 + step));
    yield {
      xs: tf.tensor4d(values, [4, 6, 6, 2]),
      ys: tf.tensor2d([1, 0, 0, 1, 1, 0, 0, 1], [4, 2]),
    };
  }
}

/** A backend that is started, and on how many threads. */
interface Start {
  readonly name: BackendName;
  readonly threads?: number;
}

const start = ({ name, threads }: Start) => startBackend(name, { threads });

/** A model that trains on its own backend, one step at a time. */
class Training {
  readonly losses: number[] = [];
  readonly #own: Start;
  readonly #model: tf.LayersModel;
  readonly #optimizer: tf.Optimizer;
  readonly #steps: AsyncIterator<Step>;

  private constructor(own: Start) {
    this.#own = own;
    this.#model = makeModel();
    this.#optimizer = tf.train.adam(0.01);
    const run = train(this.#model, batches(STEPS), {
      optimizer: this.#optimizer,
      loss: (labels, y) => tf.losses.softmaxCrossEntropy(labels, y),
    });
    this.#steps = run[Symbol.asyncIterator]();
  }

  static async on(own: Start): Promise<Training> {
    await start(own);
    return new Training(own);
  }

  async step(): Promise<void> {
    await start(this.#own); // during a run the backend must stay
    const { done, value } = await this.#steps.next();
    if (!done) this.losses.push(value.loss);
  }

  async end(): Promise<void> {
    await this.#steps.return?.();
    this.#model.dispose();
    this.#optimizer.dispose();
  }
}

const STEPS = 4;

/** What happens in between: a backend is started, a model takes a step, or everything is taken away. */
type Happening = { readonly start: Start } | { readonly step: 0 | 1 } | {
  readonly takeAway: "reset" | "remove";
};

interface Life {
  /** The backends of the two models. */
  readonly own: readonly [Start, Start];
  readonly happenings: readonly Happening[];
}

/** Two models on the two backends, which take their steps in turn. */
async function checkLife({ own, happenings }: Life, expected: readonly number[]): Promise<void> {
  const both = async () => [await Training.on(own[0]), await Training.on(own[1])];
  await startBackend("cpu");
  let { numTensors } = tf.memory();
  let trainings = await both();
  for (const happening of happenings) {
    if ("start" in happening) await start(happening.start);
    else if ("step" in happening) await trainings[happening.step].step();
    else {
      for (const training of trainings) await training.end();
      assertEquals(tf.memory().numTensors, numTensors);
      if (happening.takeAway === "reset") tf.engine().reset();
      else tf.removeBackend(tf.getBackend());
      await startBackend("cpu");
      ({ numTensors } = tf.memory());
      trainings = await both();
    }
  }
  for (const training of trainings) {
    while (training.losses.length < STEPS) await training.step();
    training.losses.forEach((loss, step) => assertAlmostEquals(loss, expected[step], 1e-5));
    await training.end();
  }
  assertEquals(tf.memory().numTensors, numTensors);
}

/** The losses of one model that trains alone on cpu. */
async function lossesAlone(): Promise<number[]> {
  const training = await Training.on({ name: "cpu" });
  while (training.losses.length < STEPS) await training.step();
  await training.end();
  return training.losses;
}

function livesOn(backends: readonly BackendName[]): fc.Arbitrary<Life> {
  const start = fc.record({
    name: fc.constantFrom(...backends),
    threads: fc.constantFrom(1, 2),
  }).map(({ name, threads }): Start => name === "wasm" ? { name, threads } : { name });
  const happening = fc.oneof(
    { weight: 2, arbitrary: fc.record({ start }) },
    { weight: 6, arbitrary: fc.record({ step: fc.constantFrom(0 as const, 1 as const) }) },
    fc.record({ takeAway: fc.constantFrom("reset" as const, "remove" as const) }),
  );
  return fc.record({
    own: fc.tuple(start, start),
    happenings: fc.array(happening, { maxLength: 16 }),
  });
}

for (
  const { backends, leftOut } of [
    { backends: ["cpu", "wasm"], leftOut: undefined },
    { backends: ["cpu", "wasm", "webgpu"], leftOut: webgpu.leftOut },
  ] as const
) {
  testWith(
    `two models train in turn as alone whatever is started, reset and removed: ${backends}`,
    {
      needs: ["read"],
      leftOut,
      fn: async () => {
        await startBackend("wasm", { threads: 2 }); // the first start makes a memory that can be shared
        try {
          const expected = await lossesAlone();
          await fc.assert(
            fc.asyncProperty(livesOn(backends), (life) => checkLife(life, expected)),
            { numRuns: runs({ sample: 15, full: 500 }) },
          );
        } finally {
          await startBackend("wasm");
        }
      },
    },
  );
}
