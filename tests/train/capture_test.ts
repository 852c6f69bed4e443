import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { residualA } from "../../src/layers/residual_a.ts";
import { attach } from "../../src/probe/attach.ts";
import { probe } from "../../src/probe/probe.ts";
import { tap } from "../../src/probe/tap.ts";
import { every } from "../../src/train/schedule.ts";
import { type Batch, train, type TrainOptions } from "../../src/train/train.ts";
import type { Run } from "../../src/train/run.ts";
import { convolutionModel } from "./convolution_model.ts";
import { testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

/** Numbers that look random, the same for the same seed. */
function noise(count: number, seed: number): Float32Array {
  let state = seed * 7919 + 1;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  });
}

/** Batches for {@linkcode convolutionModel}; the last one is smaller. */
function* images(steps: number, { size = 4 } = {}): Generator<Batch> {
  for (let i = 0; i < steps; i++) {
    const n = i === steps - 1 ? size - 1 : size;
    yield {
      xs: tf.tensor4d(noise(n * 192, i), [n, 8, 8, 3]),
      ys: tf.tensor2d(noise(n * 2, i + 1000), [n, 2]),
    };
  }
}

const squared = (ys: tf.Tensor, output: tf.Tensor) =>
  tf.losses.meanSquaredError(ys, output) as tf.Scalar;

interface Case {
  readonly model: () => tf.LayersModel;
  readonly batches: () => Iterable<Batch>;
  readonly options: () => TrainOptions;
}

const convolutions: Case = {
  model: convolutionModel,
  batches: () => images(40),
  options: () => ({ optimizer: tf.train.adam(0.01), loss: squared }),
};

/** Batches of five rows of six numbers. */
function* rows(steps: number): Generator<Batch> {
  for (let i = 0; i < steps; i++) {
    yield { xs: tf.tensor2d(noise(30, i), [5, 6]), ys: tf.tensor2d(noise(10, i + 99), [5, 2]) };
  }
}

/** A dense model with ResidualA, listened to in all ways, on schedules of their own. */
const measured: Case = {
  model: () => {
    const layer = (units: number, seed: number) =>
      tf.layers.dense({
        units,
        activation: "relu",
        kernelInitializer: tf.initializers.glorotUniform({ seed }),
        kernelRegularizer: tf.regularizers.l2({ l2: 0.01 }),
        inputShape: [6],
      });
    const block = tf.sequential({
      layers: [probe({ name: "x_in", inputShape: [6] }), layer(6, 1)],
    });
    const shortcut = probe({ name: "x_res" });
    return tf.sequential({
      layers: [layer(6, 3), residualA({ block, shortcut, name: "r" }), layer(2, 2)],
    });
  },
  batches: () => rows(40),
  options: () => ({
    optimizer: tf.train.momentum(0.05, 0.9),
    optimizers: { "r/a": tf.train.adam(0.1) },
    loss: squared,
    measures: {
      x_in: { probe: "x_in" },
      x_res: { probe: "x_res", schedule: every(3) },
      update: { weight: "r/a", of: "update", schedule: every(4) },
      gradient: { weight: "r/a" },
      inputs: { compute: ({ xs }) => tf.mean(xs as tf.Tensor), schedule: every(5) },
    },
  }),
};

/** Trains once as TensorFlow.js does and once replayed, from the same weights and batches. */
async function both(
  { model, batches, options }: Case,
): Promise<{ eager: Outcome; replayed: Outcome }> {
  const outcome = async (capture: boolean): Promise<Outcome> => {
    const network = model();
    const given = options();
    const run = train(network, batches(), { ...given, capture });
    const record = JSON.stringify(await run.finish());
    const weights = await Promise.all(network.getWeights().map(async (w) => [...await w.data()]));
    const states = [given.optimizer, ...Object.values(given.optimizers ?? {})];
    const iterations = states.map(({ iterations }) => iterations);
    for (const state of states) disposeOf(state);
    network.dispose();
    return { record, weights, iterations, counts: run.capture };
  };
  return { eager: await outcome(false), replayed: await outcome(true) };
}

/** Disposes of an optimizer, and of the learning rate that TensorFlow.js's momentum leaves behind. */
function disposeOf(optimizer: tf.Optimizer): void {
  optimizer.dispose();
  const { c } = optimizer as unknown as { readonly c?: tf.Tensor };
  c?.dispose();
}

interface Outcome {
  readonly record: string;
  readonly weights: readonly number[][];
  readonly iterations: readonly number[];
  readonly counts: Run["capture"];
}

function assertSame({ eager, replayed }: { eager: Outcome; replayed: Outcome }): void {
  assertEquals(replayed.record, eager.record);
  assertEquals(replayed.weights, eager.weights);
  assertEquals(replayed.iterations, eager.iterations);
}

testOn(
  webgpu,
  "40 replayed steps of a convolutional network give the eager record",
  async () => {
    const outcomes = await both(convolutions);
    assertSame(outcomes);
    // The first is run, two are captured, the 16th replay is checked, and the last batch is smaller.
    assertEquals(outcomes.replayed.counts, { replayed: 35, eager: 5, reasons: [] });
  },
);

testOn(webgpu, "an embedding, whose gradient is a sum by segment, is replayed", async () => {
  const outcomes = await both({
    model: () =>
      tf.sequential({
        layers: [
          tf.layers.embedding({
            inputDim: 7,
            outputDim: 4,
            inputLength: 6,
            embeddingsInitializer: tf.initializers.randomUniform({ seed: 1 }),
          }),
          tf.layers.flatten(),
          tf.layers.dense({
            units: 2,
            kernelInitializer: tf.initializers.glorotUniform({ seed: 2 }),
          }),
        ],
      }),
    batches: function* () {
      for (const { xs, ys } of rows(20)) {
        const tokens = tf.tidy(() => tf.abs(tf.floor(tf.mul(xs as tf.Tensor, 7))).mod(7));
        (xs as tf.Tensor).dispose();
        yield { xs: tokens, ys };
      }
    },
    options: () => ({ optimizer: tf.train.adam(0.01), loss: squared }),
  });
  assertSame(outcomes);
  assertEquals(outcomes.replayed.counts.reasons, []);
  assert(outcomes.replayed.counts.replayed > 0);
});

testOn(
  webgpu,
  "measures of every kind, each on its schedule, are the eager ones",
  async () => {
    const outcomes = await both(measured);
    assertSame(outcomes);
    assert(outcomes.replayed.counts.replayed > 0);
    assertEquals(outcomes.replayed.counts.reasons, []);
  },
);

testOn(webgpu, "a probe that is used for each step of a sequence is replayed", async () => {
  const kernelInitializer = () => tf.initializers.glorotUniform({ seed: 1 });
  const outcomes = await both({
    model: () => {
      const layer = tf.sequential({
        layers: [
          tf.layers.dense({ units: 2, inputShape: [2], kernelInitializer: kernelInitializer() }),
          probe({ name: "p" }),
          tf.layers.dense({ units: 2, kernelInitializer: kernelInitializer() }),
        ],
      });
      const layers = [
        tf.layers.reshape({ targetShape: [3, 2], inputShape: [6] }),
        tf.layers.timeDistributed({ layer }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 2, kernelInitializer: kernelInitializer() }),
      ];
      return tf.sequential({ layers });
    },
    batches: () => rows(12),
    options: () => ({ optimizer: tf.train.adam(0.01), loss: squared }),
  });
  assertSame(outcomes);
  assertEquals(outcomes.replayed.counts, { replayed: 9, eager: 3, reasons: [] });
});

for (const at of ["output", "input"] as const) {
  testOn(webgpu, `an attachment at each ${at} is replayed, with the eager bits`, async () => {
    const attached: ReturnType<typeof attach>[] = [];
    const outcomes = await both({
      ...measured,
      model: () => {
        const model = measured.model();
        attached.push(attach(model, { at }));
        return model;
      },
      batches: () => rows(12),
      options: () => {
        const [{ probes }] = attached.slice(-1);
        const statistic = (x: tf.Tensor) => x.equal(0).toFloat().mean();
        const all = [...probes.values()].flatMap((probe, i) => [
          [`gradient ${i}`, { probe }], // by number: the names are others in each model
          [`zeros ${i}`, { probe, of: "activation", statistic }],
        ]);
        return {
          optimizer: tf.train.adam(0.001),
          loss: squared,
          measures: Object.fromEntries(all),
        };
      },
    });
    assertSame(outcomes);
    assertEquals(outcomes.replayed.counts, { replayed: 9, eager: 3, reasons: [] });
    const { columns } = JSON.parse(outcomes.replayed.record);
    const silent = Object.keys(columns).filter((name) => columns[name].includes(null));
    assertEquals(silent.length, at === "output" ? 0 : 1); // no gradient reaches the data
  });
}

testOn(webgpu, "a listener that comes while steps are replayed hears the next", async () => {
  const model = measured.model();
  let [heard, stepsBefore] = [0, 0];
  const source = function* () {
    for (const batch of rows(12)) {
      if (stepsBefore++ === 8) {
        const { probes } = attach(model, { layers: /^r/ });
        for (const probe of probes.values()) probe.listen(() => heard++);
      }
      yield batch;
    }
  };
  const optimizer = tf.train.adam(0.01);
  const run = train(model, source(), { optimizer, loss: squared });
  await run.finish();
  const { reasons } = run.capture;
  optimizer.dispose();
  assertEquals(heard, 4);
  assertEquals(reasons.length, 1);
  assertStringIncludes(reasons[0], "a listener of your own is at the probe r");
  model.dispose();
});

const optimizers: Readonly<Record<string, () => tf.Optimizer>> = {
  sgd: () => tf.train.sgd(0.1),
  momentum: () => tf.train.momentum(0.05, 0.9),
  nesterov: () => tf.train.momentum(0.05, 0.9, true),
  adagrad: () => tf.train.adagrad(0.05),
  adadelta: () => tf.train.adadelta(0.05),
  adamax: () => tf.train.adamax(0.01),
  rmsprop: () => tf.train.rmsprop(0.01, 0.9, 0.5),
};
for (const [name, optimizer] of Object.entries(optimizers)) {
  testOn(webgpu, `replayed steps of ${name} are the eager ones`, async () => {
    const outcomes = await both({
      ...measured,
      batches: () => rows(12),
      options: () => ({ optimizer: optimizer(), loss: squared }),
    });
    assertSame(outcomes);
    assertEquals(outcomes.replayed.counts, { replayed: 9, eager: 3, reasons: [] });
  });
}

testOn(webgpu, "dropout whose masks come with the batch is replayed", async () => {
  const model = () => {
    const x = tf.input({ shape: [6] });
    const mask = tf.input({ shape: [4] });
    const kernelInitializer = tf.initializers.glorotUniform({ seed: 3 });
    const hidden = tf.layers.dense({ units: 4, kernelInitializer }).apply(x) as tf.SymbolicTensor;
    const kept = tf.layers.multiply().apply([hidden, mask]) as tf.SymbolicTensor;
    const outputs = tf.layers.dense({ units: 2, kernelInitializer }).apply(
      kept,
    ) as tf.SymbolicTensor;
    return tf.model({ inputs: [x, mask], outputs });
  };
  const outcomes = await both({
    model,
    batches: function* () {
      for (let i = 0; i < 12; i++) {
        const mask = noise(20, i + 50).map((value) => value > 0 ? 2 : 0);
        const xs = [tf.tensor2d(noise(30, i), [5, 6]), tf.tensor2d(mask, [5, 4])];
        yield { xs, ys: tf.tensor2d(noise(10, i + 99), [5, 2]) };
      }
    },
    options: () => ({ optimizer: tf.train.adam(0.01), loss: squared }),
  });
  assertSame(outcomes);
  assertEquals(outcomes.replayed.counts.replayed, 9);
});

testOn(webgpu, "batch normalization's moving averages move in replayed steps", async () => {
  const outcomes = await both({
    ...measured,
    model: () =>
      tf.sequential({
        layers: [
          tf.layers.dense({ units: 4, inputShape: [6], kernelInitializer: tf.initializers.ones() }),
          tf.layers.batchNormalization(),
          tf.layers.dense({ units: 2, kernelInitializer: tf.initializers.ones() }),
        ],
      }),
    options: () => ({ optimizer: tf.train.adam(0.01), loss: squared }),
  });
  assertSame(outcomes);
  assertEquals(outcomes.replayed.counts.replayed, 36);
});

/** Two numbers to one, from weights of 1. */
function dense(): tf.Sequential {
  const layer = tf.layers.dense({ units: 1, inputShape: [2], kernelInitializer: "ones" });
  return tf.sequential({ layers: [layer] });
}

function* pairs(steps: number): Generator<Batch> {
  for (let i = 0; i < steps; i++) {
    yield { xs: tf.tensor2d(noise(6, i), [3, 2]), ys: tf.tensor2d(noise(3, i + 9), [3, 1]) };
  }
}

const small: Case = {
  model: dense,
  batches: () => pairs(12),
  options: () => ({ optimizer: tf.train.sgd(0.1), loss: squared }),
};

function clipping(): tf.Optimizer {
  const optimizer = tf.train.sgd(0.1);
  const own = optimizer.applyGradients;
  optimizer.applyGradients = (gradients) => own.call(optimizer, gradients);
  return optimizer;
}

const unseen: Readonly<
  Record<string, { readonly options: Partial<TrainOptions>; readonly why: string }>
> = {
  "a loss with numbers that are drawn anew in each step": {
    options: {
      loss: (ys, y) => tf.add(squared(ys, y), tf.mul(squared(ys, y), tf.randomUniform([]))),
    },
    why: "it makes other numbers on the host in each step, as dropout does",
  },
  "a loss that looks at the batch": {
    options: { loss: (ys, y) => tf.mul(squared(ys, y), ys.dataSync().length) },
    why: "it reads the batch",
  },
  "a loss that taps a tensor itself": {
    options: { loss: (ys, y) => squared(ys, tap(y, () => {})) },
    why: "the model or the loss taps tensors itself",
  },
  "a loss that keeps a tensor": {
    options: { loss: (ys, y) => (kept.push(tf.keep(tf.mul(y, 1))), squared(ys, y)) },
    why: "it keeps tensors, or disposes of some from before it",
  },
  "an optimizer of one's own": {
    options: { optimizer: new (class Halves extends tf.SGDOptimizer {})(0.1) },
    why: "Halves is no optimizer of tf.train and may keep numbers on the host",
  },
  "an optimizer with an applyGradients of one's own": {
    options: { optimizer: clipping() },
    why: "its optimizer has an applyGradients of your own",
  },
};
const kept: tf.Tensor[] = [];
for (const [what, { options, why }] of Object.entries(unseen)) {
  testOn(webgpu, `${what} stays eager, and the run says why`, async () => {
    const model = dense();
    const given = { ...small.options(), ...options };
    const run = train(model, pairs(6), given);
    await run.finish();
    tf.dispose(kept.splice(0));
    assertEquals(run.capture, { replayed: 0, eager: 6, reasons: [why] });
    model.dispose();
    disposeOf(given.optimizer);
  });
}

testOn(
  webgpu,
  "who begins to listen to a probe hears the next step, and the run says why",
  async () => {
    const model = measured.model();
    const heard: number[] = [];
    const options = measured.options();
    const batches = [...measured.batches()];
    const listened = model.layers[1];
    const { block } = listened as unknown as { readonly block: tf.Sequential };
    const run = train(model, batches, {
      optimizer: options.optimizer,
      loss: squared,
      readEvery: 1,
    });
    let stop = () => {};
    for await (const { step } of run) {
      if (step === 10) {
        stop = (block.layers[0] as ReturnType<typeof probe>).listen((g) => void heard.push(g.size));
      }
      if (step === 20) stop();
    }
    assert(heard.length >= 9 && heard.length <= 11, `heard ${heard.length} gradients`);
    assertEquals(run.capture.reasons, ["a listener of your own is at the probe x_in"]);
    model.dispose();
    for (const state of [options.optimizer, ...Object.values(options.optimizers!)]) {
      disposeOf(state);
    }
  },
);

/** What a program does with the model while it trains, once the step's numbers are there. */
type Meddle = (run: { model: tf.Sequential; optimizer: tf.Optimizer }) => void | Promise<void>;

const meddling: Readonly<Record<string, Meddle>> = {
  "setWeights": ({ model }) =>
    tf.tidy(() => model.layers[0].setWeights([tf.tensor2d([3, -2], [2, 1]), tf.tensor1d([1])])),
  "another learning rate": ({ optimizer }) => (optimizer as tf.SGDOptimizer).setLearningRate(0.01),
  "trainable": ({ model }) =>
    void (model.layers[0].trainable = true, model.layers[1].trainable = false),
  "a clone of a weight": async ({ model }) => {
    const before = model.getWeights()[0].clone();
    const values = [...await model.getWeights()[0].data()];
    clones.push({ before, values });
  },
  "a prediction": ({ model }) => tf.tidy(() => void model.predict(tf.ones([1, 2]))),
};
const clones: { readonly before: tf.Tensor; readonly values: number[] }[] = [];
for (const [what, meddle] of Object.entries(meddling)) {
  testOn(
    webgpu,
    `${what} between two steps has the effect that it has on eager ones`,
    async () => {
      const outcomes = await Promise.all([]).then(async () => {
        const all: unknown[] = [];
        for (const capture of [false, true]) {
          const model = tf.sequential({
            layers: [
              tf.layers.dense({ units: 1, inputShape: [2], kernelInitializer: "ones" }),
              tf.layers.dense({ units: 1, kernelInitializer: "ones" }),
            ],
          });
          const optimizer = tf.train.sgd(0.1);
          const losses: number[] = [];
          const run = train(model, pairs(24), { optimizer, loss: squared, readEvery: 1, capture });
          for await (const { step, loss } of run) {
            losses.push(loss);
            if (step % 8 === 5) await meddle({ model, optimizer });
          }
          for (const { before, values } of clones.splice(0)) {
            assertEquals([...await before.data()], values);
            before.dispose();
          }
          all.push([
            losses,
            await Promise.all(model.getWeights().map(async (w) => [...await w.data()])),
          ]);
          if (capture) assert(run.capture.replayed > 0);
          model.dispose();
          disposeOf(optimizer);
        }
        return all;
      });
      assertEquals(outcomes[1], outcomes[0]);
    },
  );
}

testOn(
  webgpu,
  "a learning rate that is another in each step stays eager, and the run says why",
  async () => {
    const outcomes = await both({
      ...small,
      batches: () => pairs(70),
      options: () => {
        const optimizer = tf.train.sgd(0.1);
        let step = 0;
        const schedule = () => {
          optimizer.setLearningRate(0.1 / ++step); // as a program would between two batches
          return true;
        };
        return { optimizer, loss: squared, schedule };
      },
    });
    assertSame(outcomes);
    const why =
      "its shapes, its measures or its optimizer's settings are others in nearly each step";
    assertEquals(outcomes.replayed.counts, { replayed: 0, eager: 70, reasons: [why] });
  },
);

for (const name of ["sgd", "adagrad"]) {
  testOn(
    webgpu,
    `clones of a weight keep their values whatever steps of ${name} follow`,
    async () => {
      const model = dense();
      const optimizer = optimizers[name]();
      const run = train(model, pairs(24), { optimizer, loss: squared, readEvery: 1 });
      const kept: { readonly clone: tf.Tensor; readonly values: number[] }[] = [];
      for await (const { step } of run) { // Step 18 is run and not replayed, to be compared.
        if (step % 3 !== 2 || step === 20) continue; // Some are followed by two steps, some by one.
        const clone = model.getWeights()[0].clone();
        kept.push({ clone, values: [...await model.getWeights()[0].data()] });
      }
      assert(run.capture.replayed > 0);
      await train(model, pairs(6), { optimizer, loss: squared }).finish();
      for (const { clone, values } of kept) {
        assertEquals([...await clone.data()], values);
        clone.dispose();
      }
      model.dispose();
      disposeOf(optimizer);
    },
  );
}

testOn(
  webgpu,
  "weights that are read between replayed steps are those of now",
  async () => {
    const model = dense();
    const optimizer = tf.train.sgd(0.1);
    const run = train(model, pairs(12), { optimizer, loss: squared, readEvery: 1 });
    const weight = () => model.getWeights()[0];
    let before: number[] = [];
    let late: Promise<unknown> = Promise.resolve();
    for await (const { step } of run) {
      const now = [...await weight().data()];
      if (step > 0) {
        assert(
          now.some((value, i) => value !== before[i]),
          `the weights of step ${step} are old`,
        );
      }
      before = now;
      if (step === 6) late = weight().data(); // comes while the next step changes the weight
    }
    await late;
    assertEquals([...await weight().data()], before);
    assert(run.capture.replayed > 0);
    model.dispose();
    disposeOf(optimizer);
  },
);

testOn(
  webgpu,
  "a loss that changes unseen while steps are replayed ends the run",
  async () => {
    const model = dense();
    const optimizer = tf.train.sgd(0.001);
    let calls = 0;
    const loss = (ys: tf.Tensor, y: tf.Tensor) =>
      ++calls < 4 ? squared(ys, y) : tf.mul(squared(ys, y), tf.scalar(calls)) as tf.Scalar;
    const run = train(model, pairs(40), { optimizer, loss });
    const error = await assertRejects(() => run.finish(), Error);
    assertStringIncludes(
      error.message,
      "Cannot replay the captured step: run again, it is another",
    );
    assertStringIncludes(error.message, "capture: false");
    model.dispose();
    disposeOf(optimizer);
  },
);

testOn(
  webgpu,
  "a replayed step makes no bind group and no buffer, and takes at most two submissions",
  async () => {
    const counts = countCalls();
    const model = convolutionModel();
    const optimizer = tf.train.adam(0.01);
    const at: Record<string, number>[] = [];
    const batches = function* () {
      for (const batch of images(41)) {
        at.push({ ...counts.calls });
        yield batch;
      }
    };
    try {
      await train(model, batches(), { optimizer, loss: squared, readEvery: 4 }).finish();
    } finally {
      counts.stop();
    }
    const per = (name: string) => (at[40][name] - at[28][name]) / 12;
    assertEquals([per("createBindGroup"), per("createBuffer")], [0, 0]);
    assert(per("submit") >= 1 && per("submit") <= 2, `${per("submit")} submissions`);
    assert(
      per("dispatchWorkgroups") > 0 && per("dispatchWorkgroups") <= 70,
      `${per("dispatchWorkgroups")}`,
    );
    model.dispose();
    disposeOf(optimizer);
  },
);

testOn(
  webgpu,
  "a device that binds 8 storage buffers updates one weight a dispatch, to the same bits",
  async () => {
    const { device } = tf.backend() as unknown as { readonly device: GPUDevice };
    const outcome = async () => {
      const counts = countCalls();
      try {
        return { ...await both(convolutions), dispatches: counts.calls.dispatchWorkgroups };
      } finally {
        counts.stop();
      }
    };
    const many = await outcome();
    assert(device.limits.maxStorageBuffersPerShaderStage > 8, "the adapter must bind more than 8");
    const limits = new Proxy(device.limits, {
      get: (own, name: keyof GPUSupportedLimits) =>
        name === "maxStorageBuffersPerShaderStage" ? 8 : own[name],
    });
    Object.defineProperty(device, "limits", { value: limits, configurable: true });
    try {
      const few = await outcome();
      assertEquals(few.eager, many.eager);
      assertEquals(few.replayed, many.replayed);
      assert(
        few.dispatches > many.dispatches,
        `${few.dispatches} of ${many.dispatches} dispatches`,
      );
    } finally {
      delete (device as { limits?: unknown }).limits; // the prototype's own is there again
    }
  },
);

testOn(webgpu, "eager steps take most of their bind groups from earlier ones", async () => {
  const counts = countCalls();
  const model = convolutionModel();
  const optimizer = tf.train.adam(0.01);
  const at: Record<string, number>[] = [];
  const batches = function* () {
    for (const batch of images(101)) {
      at.push({ ...counts.calls });
      yield batch;
    }
  };
  try {
    await train(model, batches(), { optimizer, loss: squared, capture: false }).finish();
  } finally {
    counts.stop();
  }
  const between = (name: string) => at[100][name] - at[40][name];
  const share = between("createBindGroup") / between("dispatchWorkgroups");
  assert(share < 0.5, `${share} of the dispatches have a new bind group`);
  model.dispose();
  disposeOf(optimizer);
});

/** Counts calls of WebGPU until it is stopped. */
function countCalls() {
  const calls: Record<string, number> = {};
  const classes = globalThis as unknown as Record<
    string,
    { prototype: Record<string, (...a: unknown[]) => unknown> }
  >;
  const stops = ([
    ["GPUDevice", "createBindGroup"],
    ["GPUDevice", "createBuffer"],
    ["GPUComputePassEncoder", "dispatchWorkgroups"],
    ["GPUQueue", "submit"],
  ] as const).map(([name, method]) => {
    const { prototype } = classes[name];
    const stock = prototype[method];
    calls[method] = 0;
    prototype[method] = function (...given: unknown[]) {
      calls[method]++;
      return stock.apply(this, given);
    };
    return () => prototype[method] = stock;
  });
  return { calls, stop: () => stops.forEach((stop) => stop()) };
}

testOn(
  webgpu,
  "captured steps take no more GPU memory than eager ones, and free it however a run ends",
  async () => {
    const bytes = () => {
      const { numBytesInGPU, numBytesAllocatedInGPU } = tf.memory() as unknown as Record<
        string,
        number
      >;
      return { used: numBytesInGPU, allocated: numBytesAllocatedInGPU };
    };
    const model = convolutionModel();
    const optimizer = tf.train.adam(0.01);
    const loss = squared;
    const started = bytes().allocated;
    await train(model, images(12, { size: 16 }), { optimizer, loss, capture: false }).finish();
    const eager = bytes();
    const ends: Readonly<Record<string, () => Promise<unknown>>> = {
      "to its end": () => train(model, images(12, { size: 16 }), { optimizer, loss }).finish(),
      "left": async () => {
        for await (
          const { step } of train(model, images(12, { size: 16 }), {
            optimizer,
            loss,
            readEvery: 2,
          })
        ) {
          if (step === 7) break;
        }
      },
      "aborted": () => {
        const controller = new AbortController();
        const batches = function* () {
          let i = 0;
          for (const batch of images(12, { size: 16 })) {
            if (i++ === 8) controller.abort(new Error("enough"));
            yield batch;
          }
        };
        const run = train(model, batches(), { optimizer, loss, signal: controller.signal });
        return assertRejects(() => run.finish(), Error, "enough");
      },
    };
    for (const [how, end] of Object.entries(ends)) {
      await end();
      assertEquals(bytes().used, eager.used, how);
      const grown = (bytes().allocated - started) / (eager.allocated - started);
      assert(grown <= 1.2, `${how}: ${grown} times the eager steps' memory`);
    }
    model.dispose();
    disposeOf(optimizer);
  },
);
