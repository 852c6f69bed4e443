/** `attach` on models: which layers, which of their uses, and that nothing of it stays. */

import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { Residual, residual } from "../../src/layers/residual.ts";
import { residualA } from "../../src/layers/residual_a.ts";
import { attach, type Attachment, type AttachOptions } from "../../src/probe/attach.ts";
import { probe } from "../../src/probe/probe.ts";
import { stack, times, values } from "../support/layers.ts";
import { runs, written } from "../support/generated.ts";
import { test, testOn } from "../support/on_backend.ts";

/** Values of gradients by the probe's name, each pass's below those before. */
type Heard = Record<string, number[][]>;

/** Writes down what the probes hear; `stop` ends it. */
function listen({ probes }: Attachment, of?: "gradient" | "activation") {
  const heard: Heard = {};
  const stops = Array.from(probes.values(), (probe) =>
    probe.listen((tensor) => {
      (heard[probe.name] ??= []).push(Array.from(tensor.dataSync()));
    }, { of }));
  return { heard, stop: () => stops.forEach((stop) => stop()) };
}

/** The gradient of Σ y² at x, with what is heard meanwhile. */
function squares(model: tf.LayersModel, x: number[]): number[] {
  return values(tf.tidy(() => {
    const loss = (x: tf.Tensor) => (model.apply(x, { training: true }) as tf.Tensor).square().sum();
    return tf.grad(loss)(tf.tensor2d(x, [1, x.length]));
  }));
}

/** Disposes of all weights: TensorFlow.js leaves some of models that share layers. */
function discard(model: tf.LayersModel): void {
  tf.dispose([...new Set(model.weights.map((weight) => weight.read()))]);
}

/** y = 2 · 3 · x, by two layers. */
const twoAndThree = () => stack([times(2, { name: "two" }), times(3, { name: "three" })]);

testOn(["cpu", "wasm"], "by default attach listens at the output of each layer", () => {
  const model = twoAndThree();
  const { heard } = listen(attach(model));
  assertEquals(squares(model, [1, -1]), [72, -72]); // y = 6x, dL/dy = 12x
  assertEquals(heard, { two: [[36, -36]], three: [[12, -12]] });
  discard(model);
});

testOn(["cpu", "wasm"], "at the input it listens to what a layer passes on", () => {
  const model = twoAndThree();
  const { heard } = listen(attach(model, { at: "input" }));
  assertEquals(squares(model, [1, -1]), [72, -72]);
  assertEquals(heard, { two: [[72, -72]], three: [[36, -36]] });
  discard(model);
});

test("listeners to the activation hear values, in training and in inference", () => {
  const model = twoAndThree();
  const attachment = attach(model);
  const { heard, stop } = listen(attachment, "activation");
  squares(model, [1, -1]);
  const x = tf.tensor2d([[2, 0]]);
  const y = model.predict(x) as tf.Tensor;
  assertEquals(heard, { two: [[2, -2], [4, 0]], three: [[6, -6], [12, 0]] });
  stop();
  squares(model, [1, -1]);
  assertEquals(heard.two.length, 2);
  tf.dispose([x, y]);
  discard(model);
});

test("what a listener to the activation computes is no part of the gradient", () => {
  const model = twoAndThree();
  const { probes } = attach(model);
  for (const probe of probes.values()) {
    probe.listen((x) => void x.mul(1000).square(), { of: "activation" });
  }
  assertEquals(squares(model, [1, -1]), [72, -72]);
  discard(model);
});

test("a probe layer hears its values, too", () => {
  const layer = probe({ name: "p" });
  const model = stack([times(2), layer]);
  const heard: number[][] = [];
  const stop = layer.listen((x) => heard.push(Array.from(x.dataSync())), { of: "activation" });
  assertEquals(layer.listenerCount, 1);
  assertEquals(squares(model, [1, -1]), [8, -8]);
  assertEquals(heard, [[2, -2]]);
  stop();
  assertEquals(layer.listenerCount, 0);
  discard(model);
});

const NAMES: [AttachOptions["layers"], string[]][] = [
  [undefined, ["two", "r", "inner", "three"]],
  ["inner", ["inner"]],
  [["three", "two"], ["two", "three"]],
  [/^t/, ["two", "three"]],
  [/t/g, ["two", "three"]],
  [Residual, ["r"]],
  [tf.layers.Layer, ["two", "r", "inner", "three"]],
  [(layer: tf.layers.Layer) => layer.getClassName() === "Dense", ["two", "inner", "three"]],
];

test("layers are asked for by name, regular expression, class or function", () => {
  const block = times(5, { name: "inner" });
  const layers = [
    times(2, { name: "two" }),
    residual({ block, name: "r" }),
    times(3, { name: "three" }),
  ];
  const model = stack(layers);
  for (const [layers, names] of NAMES) {
    const { probes, measures, detach } = attach(model, { layers });
    assertEquals([...probes.keys()], names);
    assertEquals(Object.keys(measures), names);
    assertEquals(Object.values(measures).map(({ probe }) => probe), [...probes.values()]);
    detach();
  }
  const dense = attach(model, { layers: layers[0].constructor as typeof Residual });
  assertEquals([...dense.probes.keys()], ["two", "inner", "three"]);
  assertStrictEquals(dense.probes.get("inner")!.layer, block);
  discard(model);
});

test("layers of one name are told apart by the layers around them", () => {
  const encoder = () => times(2, { name: "dense" });
  const model = stack([
    tf.sequential({ layers: [encoder()], name: "left" }),
    tf.sequential({ layers: [encoder(), times(1, { name: "own" })], name: "right" }),
  ]);
  const { probes } = attach(model);
  assertEquals([...probes.keys()], ["left", "left/dense", "right", "right/dense", "own"]);
  assertEquals([...attach(model, { layers: "dense" }).probes.keys()], [
    "left/dense",
    "right/dense",
  ]);
  assertEquals([...attach(model, { layers: "left/dense" }).probes.keys()], ["left/dense"]);
  discard(model);
});

test("a layer that is used twice is heard once a use, in the order of the calls", () => {
  const shared = times(2, { name: "shared" });
  const model = stack([shared, times(3, { name: "three" }), shared]);
  const attachment = attach(model, { layers: "shared" });
  assertEquals([...attachment.probes.keys()], ["shared#0", "shared#1"]);
  const { heard } = listen(attachment);
  squares(model, [1, 0]); // y = 12x, dL/dy = 24x
  squares(model, [2, 0]);
  assertEquals(heard, { "shared#0": [[144, 0], [288, 0]], "shared#1": [[24, 0], [48, 0]] });
  discard(model);
});

test("a model that is used twice is heard inside once a use", () => {
  const body = tf.sequential({ layers: [times(2, { name: "inner" })], name: "body" });
  const model = stack([body, times(3), body]);
  const attachment = attach(model, { layers: ["body", "inner"] });
  const { heard } = listen(attachment);
  squares(model, [1, 0]);
  const expected = [[[144, 0]], [[24, 0]]];
  assertEquals(heard, {
    "body#0": expected[0],
    "inner#0": expected[0],
    "body#1": expected[1],
    "inner#1": expected[1],
  });
  discard(model);
});

test("the inputs of a merge are heard each, one that is given twice with both its uses", () => {
  const x = tf.input({ shape: [2] });
  const h = times(1, { name: "h" }).apply(x) as tf.SymbolicTensor;
  const other = times(1, { name: "other" }).apply(x) as tf.SymbolicTensor;
  const y = tf.layers.concatenate({ name: "join" }).apply([h, other, h]) as tf.SymbolicTensor;
  const weighted = tf.layers.dense({ units: 1, useBias: false });
  const model = tf.model({ inputs: x, outputs: weighted.apply(y) as tf.SymbolicTensor });
  tf.tidy(() => weighted.setWeights([tf.tensor2d([[1], [2], [3], [4], [5], [6]])]));
  const attachment = attach(model, { layers: "join", at: "input" });
  const { heard } = listen(attachment);
  const gradient = tf.tidy(() =>
    values(tf.grad((x) => (model.apply(x) as tf.Tensor).sum())(tf.tensor2d([[1, 1]])))
  );
  assertEquals(gradient, [9, 12]);
  assertEquals(heard, { "join:0": [[6, 8]], "join:1": [[3, 4]], "join:2": [[6, 8]] });
  discard(model);
});

test("the outputs of a model inside are heard each", () => {
  const inside = tf.input({ shape: [2] });
  const outputs = [2, 3].map((n) => times(n).apply(inside) as tf.SymbolicTensor);
  const two = tf.model({ inputs: inside, outputs, name: "two" });
  const x = tf.input({ shape: [2] });
  const [a, b] = two.apply(x) as tf.SymbolicTensor[];
  const y = tf.layers.add().apply([a, times(10).apply(b) as tf.SymbolicTensor]);
  const model = tf.model({ inputs: x, outputs: y as tf.SymbolicTensor });
  const attachment = attach(model, { layers: "two" });
  const gradients = listen(attachment);
  const activations = listen(attachment, "activation");
  squares(model, [1, 0]); // y = 32x
  assertEquals(gradients.heard, { "two:0": [[64, 0]], "two:1": [[640, 0]] });
  assertEquals(activations.heard, { "two:0": [[2, 0]], "two:1": [[3, 0]] });
  discard(model);
});

test("a layer within timeDistributed is heard at each step of the sequence", () => {
  const layer = tf.layers.timeDistributed({ layer: times(2, { name: "inner" }) });
  const model = stack([layer, tf.layers.flatten()], [3, 2]);
  const { heard } = listen(attach(model, { layers: "inner" }));
  const loss = (x: tf.Tensor) => (model.apply(x) as tf.Tensor).square().sum();
  const gradient = tf.tidy(() => tf.grad(loss)(tf.tensor3d([[[1, 0], [2, 0], [3, 0]]])));
  assertEquals(values(gradient), [8, 0, 16, 0, 24, 0]);
  assertEquals(heard, { inner: [[12, 0], [8, 0], [4, 0]] });
  discard(model);
});

test("gradients through attached layers can be differentiated again", () => {
  const model = stack([times(2), tf.layers.activation({ activation: "tanh" })]);
  const penalty = (x: tf.Tensor) => {
    const sum = (x: tf.Tensor) => (model.apply(x) as tf.Tensor).sum();
    return tf.grad(sum)(x).square().sum() as tf.Scalar;
  };
  const second = () => tf.tidy(() => values(tf.grad(penalty)(tf.tensor2d([[0.3, -0.2]]))));
  const plain = second();
  for (const at of ["output", "input"] as const) {
    const attachment = attach(model, { at });
    listen(attachment);
    assertEquals(second(), plain);
    attachment.detach();
  }
  discard(model);
});

test("without listeners an attached layer gives what it gave, untapped", () => {
  const layer = probe({ name: "identity" });
  const model = stack([layer]);
  attach(model);
  const x = tf.scalar(1);
  assertStrictEquals(layer.call(x), x);
  x.dispose();
  discard(model);
});

for (const order of [[0, 1], [1, 0]]) {
  test(`attached twice and detached in the order ${order.join(", ")}, a model is as it was`, () => {
    const model = twoAndThree();
    const before = model.layers.map((layer) => [layer.call, Object.getOwnPropertyNames(layer)]);
    const attachments = [attach(model), attach(model, { at: "input", layers: "three" })];
    const heard = attachments.map((attachment) => listen(attachment).heard);
    squares(model, [1, 0]);
    attachments[order[0]].detach();
    squares(model, [1, 0]);
    const counts = heard.map(({ three }) => three.length);
    assertEquals(counts, order[0] === 0 ? [1, 2] : [2, 1]);
    attachments[order[1]].detach();
    attachments[order[1]].detach();
    squares(model, [1, 0]);
    assertEquals(heard.map(({ three }) => three.length), counts);
    const after = model.layers.map((layer) => [layer.call, Object.getOwnPropertyNames(layer)]);
    assertEquals(after, before);
    discard(model);
  });
}

test("a call of a layer's own is put back, and one that came later stays", () => {
  const layer = times(2);
  const model = stack([layer]);
  const own = layer.call.bind(layer);
  layer.call = own;
  const first = attach(model);
  first.detach();
  assertStrictEquals(layer.call, own);
  const second = attach(model);
  const attached = layer.call;
  const later: typeof own = (inputs, kwargs) => attached.call(layer, inputs, kwargs);
  layer.call = later;
  const { heard } = listen(second);
  squares(model, [1, 0]);
  assertEquals(Object.keys(heard), [layer.name]);
  second.detach();
  assertStrictEquals(layer.call, later);
  assertEquals(squares(model, [1, 0]), [8, 0]);
  discard(model);
});

test("attachments of two copies of the package leave nothing, in any order", async () => {
  const { interceptCall: copy } = await import("../../src/model/intercept_call.ts?copy");
  const model = twoAndThree();
  const [layer] = model.layers.slice(1);
  const stock = layer.call;
  for (const order of [[0, 1], [1, 0]]) {
    let calls = 0;
    const detach = [
      attach(model).detach,
      copy(layer, (inputs, kwargs, next) => {
        calls++;
        return next(inputs, kwargs);
      }),
    ];
    assertEquals(squares(model, [1, -1]), [72, -72]);
    detach[order[0]]();
    assertEquals(squares(model, [1, -1]), [72, -72]);
    assertEquals(calls, order[0] === 0 ? 2 : 1);
    detach[order[1]]();
    assertStrictEquals(layer.call, stock);
    assert(!Object.hasOwn(layer, "call"));
  }
  discard(model);
});

test("nothing of an attachment is saved", async () => {
  const body = tf.sequential({ layers: [times(2)], name: "body" });
  const model = stack([body, residualA({ block: times(3), name: "r" }), body]);
  const saved = async () => {
    const all: tf.io.ModelArtifacts[] = [];
    await model.save(tf.io.withSaveHandler((artifacts) => {
      all.push(artifacts);
      return Promise.resolve({ modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) });
    }));
    const [{ modelTopology, weightSpecs, weightData }] = all;
    return [modelTopology, weightSpecs, weightData, model.toJSON()];
  };
  const before = await saved();
  const attachment = attach(model);
  listen(attachment);
  assertEquals(await saved(), before);
  discard(model);
});

test("a model that was loaded is heard", async () => {
  const made = twoAndThree();
  const saved: tf.io.ModelArtifacts[] = [];
  await made.save(tf.io.withSaveHandler((artifacts) => {
    saved.push(artifacts);
    return Promise.resolve({ modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) });
  }));
  discard(made);
  const model = await tf.loadLayersModel(tf.io.fromMemory(saved[0]));
  const { heard } = listen(attach(model));
  squares(model, [1, -1]);
  assertEquals(heard, { two: [[36, -36]], three: [[12, -12]] });
  discard(model);
});

/** A model, ready to be fitted. */
function compiled(): tf.LayersModel {
  const model = stack([times(1, { name: "first" }), times(1, { name: "last" })]);
  model.compile({ optimizer: tf.train.sgd(0.1), loss: "meanSquaredError" });
  return model;
}

const xs = () => tf.tensor2d([[1, 0], [0, 1], [2, 0], [0, 2]]);
const ys = () => tf.zeros([4, 2]);

/** Ways to train for two steps of two instances each. */
const TRAININGS: Record<string, (model: tf.LayersModel) => Promise<void>> = {
  fit: async (model) => {
    const data = [xs(), ys()];
    await model.fit(data[0], data[1], { batchSize: 2, shuffle: false, verbose: 0 });
    tf.dispose(data);
  },
  fitDataset: async (model) => {
    const rows = tf.data.array([[1, 0], [0, 1], [2, 0], [0, 2]]);
    const zeros = tf.data.array([[0, 0], [0, 0], [0, 0], [0, 0]]);
    const data = tf.data.zip({ xs: rows, ys: zeros }).batch(2);
    await model.fitDataset(data as tf.data.Dataset<tf.TensorContainer>, { epochs: 1, verbose: 0 });
  },
  trainOnBatch: async (model) => {
    const data = [xs(), ys()];
    const halves = data.map((all) => tf.split(all, 2));
    for (const i of [0, 1]) await model.trainOnBatch(halves[0][i], halves[1][i]);
    tf.dispose([data, halves]);
  },
  variableGrads: (model) => {
    tf.tidy(() => {
      const [x, y] = [tf.split(xs(), 2), tf.split(ys(), 2)];
      const optimizer = tf.train.sgd(0.1);
      for (const i of [0, 1]) {
        const loss = () =>
          tf.losses.meanSquaredError(y[i], model.apply(x[i]) as tf.Tensor) as tf.Scalar;
        const { grads } = tf.variableGrads(loss);
        optimizer.applyGradients(grads);
      }
      optimizer.dispose();
    });
    return Promise.resolve();
  },
};

for (const [name, trainOn] of Object.entries(TRAININGS)) {
  test(`attach hears each step of ${name}, whose weights stay the same to the bit`, async () => {
    const weightsOf = (model: tf.LayersModel) =>
      model.getWeights().map((weight) => values(weight.clone()));
    const plain = compiled();
    await trainOn(plain);
    for (const at of ["output", "input"] as const) {
      const model = compiled();
      const attachment = attach(model, { at });
      const { heard } = listen(attachment);
      await trainOn(model);
      const steps = at === "output" ? { first: 2, last: 2 } : { last: 2 }; // none reaches the data
      const counts = Object.entries(heard).map(([name, { length }]) => [name, length]);
      assertEquals(Object.fromEntries(counts), steps);
      const name = at === "output" ? "first" : "last";
      assertEquals(heard[name][0], at === "output" ? [0.5, 0, 0, 0.5] : [0.5, 0, 0, 0.5]);
      assertEquals(weightsOf(model), weightsOf(plain));
      attachment.detach();
      disposeCompiled(model);
    }
    disposeCompiled(plain);
  });
}

function disposeCompiled(model: tf.LayersModel): void {
  model.optimizer.dispose();
  discard(model);
}

test("after a step that fails the next one is heard at the right uses", () => {
  const shared = times(2, { name: "shared" });
  const model = stack([shared, shared]);
  const { heard } = listen(attach(model));
  const failing = (x: tf.Tensor) => {
    shared.apply(x);
    throw new Error("in the loss");
  };
  const x = tf.ones([1, 2]);
  assertThrows(() => tf.grad(failing)(x), Error, "in the loss");
  tf.dispose([x, tf.engine().state.activeTape.map(({ saved }) => saved ?? [])]);
  squares(model, [1, 0]);
  assertEquals(heard, { "shared#0": [[16, 0]], "shared#1": [[8, 0]] });
  discard(model);
});

test("attach refuses what is no LayersModel, and options of another kind", () => {
  const model = twoAndThree();
  const wrong: [unknown, unknown, string][] = [
    [null, {}, "it must be a LayersModel, got null"],
    [times(1), {}, "it must be a LayersModel, got an object"],
    [model, null, "options must be an object, got null"],
    [model, { at: "outputs" }, 'at must be "output" or "input", got "outputs"'],
    [model, { layers: 3 }, `${LAYERS}, got 3`],
    [model, { layers: ["two", /t/] }, `${LAYERS}, got an array with an object`],
    [
      model,
      { layers: tf.layers.dense },
      `${LAYERS}, got a function of tf.layers, which makes layers; compare their getClassName()`,
    ],
  ];
  for (const [given, options, sentence] of wrong) {
    assertThrows(
      () => attach(given as tf.LayersModel, options as AttachOptions),
      TypeError,
      `Cannot attach to a model: ${sentence}`,
    );
  }
  discard(model);
});

const LAYERS =
  "layers must be a name or names, a regular expression, a class of layers or a function";

test("attach refuses layers that the model does not have, and says which it has", () => {
  const model = twoAndThree();
  const wrong: [AttachOptions["layers"], string][] = [
    ["four", "no layer named four"],
    [["two", "four"], "no layer named four"],
    [/four/, "no layer that /four/ finds"],
    [Residual, "no layer that is a Residual"],
    [() => false, "no layer that the function takes"],
    [[], "no layer that is asked for"],
  ];
  for (const [layers, sentence] of wrong) {
    assertThrows(
      () => attach(model, { layers }),
      RangeError,
      `Cannot attach to ${model.name}: the model has ${sentence}, only two, three`,
    );
  }
  discard(model);
});

test("what was detached cannot be listened at", () => {
  const model = twoAndThree();
  const { probes, detach } = attach(model);
  const two = probes.get("two")!;
  assert(two.isAttached);
  detach();
  assert(!two.isAttached);
  assertThrows(
    () => two.listen(() => {}),
    Error,
    "Cannot listen at two: it must be attached, got one that was detached; attach again",
  );
  discard(model);
});

test("a listener is a function, of the gradient or of the activation", () => {
  const model = twoAndThree();
  const two = attach(model).probes.get("two")!;
  assertThrows(
    () => two.listen(null as never, { of: "activation" }),
    TypeError,
    "Cannot listen to an activation: the listener must be a function, got null",
  );
  assertThrows(
    () => two.listen(() => {}, { of: "weight" as never }),
    TypeError,
    'Cannot listen to a gradient: of must be "gradient" or "activation", got "weight"',
  );
  discard(model);
});

/** What is added to a graph that is being made: a layer, a new one or an earlier one, on earlier tensors. */
interface Part {
  readonly kind: "dense" | "norm" | "again" | "add" | "join" | "block" | "nested" | "two" | "steps";
  /** Which of the tensors so far. */
  readonly from: readonly [number, number];
  /** Which of the layers so far, or a seed. */
  readonly which: number;
}

const parts: fc.Arbitrary<Part[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(
      ...["dense", "norm", "again", "add", "join", "block", "nested", "two", "steps"] as const,
    ),
    from: fc.tuple(fc.nat(9), fc.nat(9)),
    which: fc.nat(99),
  }),
  { minLength: 1, maxLength: 7 },
);

/** Three numbers an instance in, three out. */
function makeGraph(parts: readonly Part[]): tf.LayersModel {
  const x = tf.input({ shape: [3] });
  let seed = 1;
  const dense = () =>
    tf.layers.dense({
      units: 3,
      activation: "tanh",
      kernelInitializer: tf.initializers.glorotUniform({ seed: seed++ }),
    });
  const shared: tf.layers.Layer[] = [dense()];
  const tensors = [shared[0].apply(x) as tf.SymbolicTensor];
  const makeNested = (layers: tf.layers.Layer[]) => {
    const input = tf.input({ shape: [3] });
    const h = layers[0].apply(input) as tf.SymbolicTensor;
    const g = layers[1].apply(h) as tf.SymbolicTensor;
    const merged = tf.layers.add().apply([h, g, h]) as tf.SymbolicTensor;
    return { input, h, merged };
  };
  for (const { kind, from, which } of parts) {
    const [a, b] = from.map((i) => tensors[i % tensors.length]);
    const old = shared[which % shared.length];
    const add = (layer: tf.layers.Layer) => {
      shared.push(layer);
      tensors.push(layer.apply(a) as tf.SymbolicTensor);
    };
    if (kind === "dense") add(dense());
    else if (kind === "norm") add(tf.layers.batchNormalization());
    else if (kind === "again") tensors.push(old.apply(a) as tf.SymbolicTensor);
    else if (kind === "add") tensors.push(tf.layers.add().apply([a, b, a]) as tf.SymbolicTensor);
    else if (kind === "join") {
      const joined = tf.layers.concatenate().apply([a, b]) as tf.SymbolicTensor;
      tensors.push(dense().apply(joined) as tf.SymbolicTensor);
    } else if (kind === "block") add(residual({ block: dense() }));
    else if (kind === "steps") {
      const rows = tf.layers.reshape({ targetShape: [1, 3] }).apply(a) as tf.SymbolicTensor;
      const steps = tf.layers.concatenate({ axis: 1 }).apply([rows, rows]) as tf.SymbolicTensor;
      const mapped = tf.layers.timeDistributed({ layer: dense() }).apply(steps);
      const flat = tf.layers.flatten().apply(mapped) as tf.SymbolicTensor;
      tensors.push(dense().apply(flat) as tf.SymbolicTensor);
    } else {
      const { input, h, merged } = makeNested([dense(), old]);
      if (kind === "nested") add(tf.model({ inputs: input, outputs: merged }));
      else {
        const two = tf.model({ inputs: input, outputs: [h, merged] });
        tensors.push(...two.apply(a) as tf.SymbolicTensor[]);
      }
    }
  }
  const all = tensors.length > 1 ? tf.layers.add().apply(tensors) : tensors[0];
  return tf.model({ inputs: x, outputs: all as tf.SymbolicTensor });
}

const lossOf = (model: tf.LayersModel, x: tf.Tensor) => {
  const y = model.apply(x, { training: true }) as tf.Tensor;
  return y.square().mul(tf.tensor2d([[1, -2, 0.5], [0.3, 1.5, -1]])).sum() as tf.Scalar;
};

/** A forward pass in which calls are counted, and one of them may be cut. */
interface Pass {
  started: number;
  /** The last call that came to its end. */
  ended: number;
  /** Changes what the call of a number is given or gives. */
  cut?: {
    readonly call: number;
    readonly at: "output" | "input";
    change(tensors: tf.Tensor[]): tf.Tensor[];
  };
}

/** Counts the calls of layers, and cuts one. */
function countCalls(layers: Iterable<tf.layers.Layer>, pass: Pass): void {
  for (const layer of layers) {
    const stock = layer.call;
    layer.call = (inputs, kwargs) => {
      const call = pass.started++;
      const at = pass.cut?.call === call ? pass.cut.at : undefined;
      const list = [inputs].flat();
      const given = at === "input" ? pass.cut!.change(list) : list;
      const y = stock.call(layer, Array.isArray(inputs) ? given : given[0], kwargs);
      const outputs = at === "output" ? pass.cut!.change([y].flat()) : [y].flat();
      pass.ended = call;
      return Array.isArray(y) ? outputs : outputs[0];
    };
  }
}

/** Compares all that is heard in a graph with the gradients where it is cut there. */
function compareGraph(parts: readonly Part[], at: "output" | "input"): number {
  const model = makeGraph(parts);
  const x = tf.tensor2d([[0.3, -0.7, 0.2], [1.1, 0.4, -0.5]]);
  const pass: Pass = { started: 0, ended: -1 };
  const all = attach(model);
  const layers = new Set(Array.from(all.probes.values(), ({ layer }) => layer));
  all.detach();
  countCalls(layers, pass);
  const weightGradients = () => {
    pass.started = 0;
    const { value, grads } = tf.variableGrads(() => lossOf(model, x));
    return [value, ...Object.values(grads)].map(values);
  };
  const plain = weightGradients();
  const attachment = attach(model, { at });
  const calls: { name: string; call: number }[] = [];
  for (const probe of attachment.probes.values()) {
    const { name } = probe;
    probe.listen(() => {
      calls.push({ name, call: at === "output" ? pass.ended : pass.started });
    }, { of: "activation" });
  }
  const { heard } = listen(attachment);
  assertEquals(weightGradients(), plain);
  attachment.detach();
  let compared = 0;
  for (const [name, found] of Object.entries(heard)) {
    const own = calls.filter((call) => call.name === name);
    const which = Number(name.split(":")[1] ?? 0);
    const expected = own.map(({ call }) => gradientAt(model, { x, pass, call, at, which }));
    assertEquals(found, expected.reverse(), name); // the last call's comes first
    compared += found.length;
  }
  x.dispose();
  discard(model);
  return compared;
}

/** The gradient at a tensor that a call is given or gives, by cutting the graph there. */
function gradientAt(
  model: tf.LayersModel,
  { x, pass, call, at, which }: {
    readonly x: tf.Tensor;
    readonly pass: Pass;
    readonly call: number;
    readonly at: "output" | "input";
    readonly which: number;
  },
): number[] {
  const run = (change: (tensors: tf.Tensor[]) => tf.Tensor[]) => {
    Object.assign(pass, { started: 0, cut: { call, at, change } });
    try {
      return lossOf(model, x);
    } finally {
      pass.cut = undefined;
    }
  };
  return values(tf.tidy(() => {
    const seen: tf.Tensor[] = [];
    run((tensors) => {
      seen.push(tf.keep(tensors[which].clone()));
      return tensors;
    });
    const replace = (z: tf.Tensor) =>
      run((tensors) => tensors.map((tensor) => tensor === tensors[which] ? z : tensor));
    const gradient = tf.grad(replace)(seen[0]);
    tf.dispose(seen);
    return gradient;
  }));
}

const RUNS = runs({ sample: 15, full: 1000 });

for (const at of ["output", "input"] as const) {
  testOn(
    ["cpu", "wasm"],
    `in ${written(RUNS)} graphs attach hears at each ${at} what cutting there gives, to the bit`,
    () => {
      let compared = 0;
      fc.assert(
        fc.property(parts, (parts) => {
          compared += compareGraph(parts, at);
        }),
        { numRuns: RUNS },
      );
      assert(compared > RUNS);
    },
  );
}
