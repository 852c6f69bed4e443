/** A layer that is in several places of a model is one layer after saving and loading, too, as in Keras. */

import { fileURLToPath } from "node:url";
import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { nestedLayers } from "../../src/model/nested_layers.ts";
import { residual } from "../../src/layers/residual.ts";
import { residualA } from "../../src/layers/residual_a.ts";
import { fileSystem } from "../../src/saving/file_system.ts";
import { startBackend } from "../../src/backend/start.ts";
import { train } from "../../src/train/train.ts";
import { state, testInFolder } from "../saving/models.ts";
import { apply, stack, times } from "../support/layers.ts";
import { runs, written } from "../support/generated.ts";
import { test } from "../support/on_backend.ts";
import { withFolder } from "../support/temporary_folder.ts";
import { testWith } from "../support/test_with.ts";

type Layer = tf.layers.Layer;

let seed = 1;

/** Two numbers to two. */
const dense = (name?: string) =>
  tf.layers.dense({
    units: 2,
    name,
    activation: "tanh",
    inputShape: [2],
    kernelInitializer: tf.initializers.glorotNormal({ seed: seed++ }),
  });

const sequential = (...layers: Layer[]) => tf.sequential({ layers });

const loss = (ys: tf.Tensor, y: tf.Tensor) => tf.losses.meanSquaredError(ys, y) as tf.Scalar;

const batches = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => ({
    xs: tf.randomNormal([4, 2], 0, 1, "float32", from + i + 1),
    ys: tf.randomNormal([4, 2], 0, 1, "float32", from + i + 101),
  }));

const adam = () => tf.train.adam(0.1, 0.9, 0.99, 1e-8);

/** Disposes of a model's weights, also of layers that are used twice, which its own method leaves. */
function dispose(model: tf.LayersModel): void {
  tf.dispose([...new Set(model.weights.map((weight) => weight.read()))]);
}

/** How many weights there are, each once. */
const count = (model: tf.LayersModel) => new Set(model.weights.map((weight) => weight.read())).size;

/** Runs it, and disposes of the variables that it made. */
async function withVariables(run: () => Promise<void>): Promise<void> {
  const variables = () => Object.values(tf.engine().state.registeredVariables);
  const before = new Set(variables());
  await run();
  tf.dispose(variables().filter((variable) => !before.has(variable)));
}

/** Fails unless two steps, saving, loading and two more give the bits of four steps. */
async function assertResumes(folder: string, make: () => tf.LayersModel): Promise<void> {
  const [first, optimizer, own] = [make(), adam(), adam()];
  await train(first, batches(0, 2), { optimizer, loss }).finish();
  await first.save(fileSystem(folder, { optimizer }));
  const saved = state(first);
  const weights = count(first);
  await train(first, batches(2, 4), { optimizer, loss }).finish();
  const last = state(first);
  assertNotEquals(last, saved);
  dispose(first);

  const model = await tf.loadLayersModel(fileSystem(folder, { optimizer: own }));
  assertEquals(state(model), saved);
  assertEquals(count(model), weights);
  await train(model, batches(2, 4), { optimizer: own, loss }).finish();
  assertEquals(state(model), last);
  dispose(model);
  for (const each of [optimizer, own]) each.dispose();
}

const MODELS: Readonly<Record<string, () => tf.LayersModel>> = {
  "a layer in two nested models": () => {
    const layer = dense();
    return stack([stack([layer, dense()]), stack([dense(), layer])]);
  },
  "the first layer of two nested Sequentials": () => {
    const layer = dense();
    return stack([sequential(layer), sequential(layer, dense())]);
  },
  "a layer in a nested model and in the outer one": () => {
    const layer = dense();
    return stack([stack([dense(), layer]), layer]);
  },
  "a layer in the outer model and in a nested one": () => {
    const layer = dense();
    return stack([layer, dense(), sequential(layer, dense())]);
  },
  "a layer that the outer model and a nested one use several times": () => {
    const layer = dense();
    return stack([layer, stack([layer, dense(), layer]), layer]);
  },
  "a nested model that is used twice": () => {
    const model = stack([dense(), dense()]);
    return stack([model, dense(), model]);
  },
  "a nested model in two others": () => {
    const model = stack([dense()]);
    return stack([stack([model, dense()]), sequential(dense(), model), model]);
  },
  "a model in a model in a model, whose layer is outside, too": () => {
    const layer = dense();
    return stack([sequential(stack([sequential(layer)]), dense()), stack([layer])]);
  },
  "a layer that a Sequential has twice": () => {
    const layer = dense();
    return sequential(layer, dense(), layer);
  },
  "a Sequential that a Sequential has twice": () => {
    const model = sequential(dense(), dense());
    return sequential(model, model);
  },
  "a residual layer in two nested models": () => {
    const layer = residual({ block: dense(), inputShape: [2] });
    return stack([stack([layer]), sequential(layer)]);
  },
  "a block of residual layers in nested models": () => {
    const block = sequential(dense(), dense());
    return stack([
      sequential(residual({ block, inputShape: [2] })),
      stack([residualA({ block, aInitializer: "ones" })]),
    ]);
  },
  "a block that is a layer of the model as well": () => {
    const block = dense();
    return stack([residual({ block }), block, residual({ block, shortcut: dense() })]);
  },
  "a layer in a block that is a layer of the model before": () => {
    const layer = dense();
    return stack([layer, residual({ block: sequential(layer, dense()) })]);
  },
  "a layer within timeDistributed and outside": () => {
    const layer = dense();
    const each = tf.layers.timeDistributed({ layer });
    const steps = tf.layers.repeatVector({ n: 2 });
    return stack([layer, steps, each, tf.layers.globalAveragePooling1d({})]);
  },
  "a layer outside and within timeDistributed": () => {
    const layer = dense();
    const each = tf.layers.timeDistributed({ layer });
    const mean = tf.layers.globalAveragePooling1d({});
    return stack([tf.layers.repeatVector({ n: 2 }), each, mean, layer]);
  },
  "layers of one name, of which two are one": () => {
    const layer = dense("same");
    return stack([
      sequential(layer),
      sequential(dense("same")),
      stack([dense("same")]),
      stack([layer, sequential(dense("same"))]),
    ]);
  },
  "models of one graph": () => {
    const x = tf.input({ shape: [2] });
    const hidden = dense().apply(x) as tf.SymbolicTensor;
    const outputs = dense().apply(hidden) as tf.SymbolicTensor;
    return stack([tf.model({ inputs: x, outputs: hidden }), tf.model({ inputs: x, outputs })]);
  },
  "a batch normalization in two nested models": () => {
    const layer = tf.layers.batchNormalization({ inputShape: [2], momentum: 0.5 });
    return stack([sequential(dense(), layer), stack([layer])]);
  },
};

for (const [name, make] of Object.entries(MODELS)) {
  testInFolder(`a model resumes to the bit with ${name}`, async (folder) => {
    await assertResumes(folder, make);
  });
}

testWith("another program loads models that share layers as they were saved", {
  needs: ["read", "write", "run"],
  fn: () =>
    withFolder({}, async (folder) => {
      const expected: Record<string, number[][]> = {};
      await startBackend("cpu");
      for (const [name, make] of Object.entries(MODELS)) {
        const model = make();
        await model.save(fileSystem(`${folder}/${name}`));
        expected[name] = state(model);
        dispose(model);
      }
      const program = fileURLToPath(new URL("programs/print_states.ts", import.meta.url));
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "--no-check", "--allow-read", program, folder],
        stdout: "piped",
        stderr: "piped",
      }).output();
      assertEquals(code, 0, new TextDecoder().decode(stderr));
      assertEquals(JSON.parse(new TextDecoder().decode(stdout)), expected);
    }),
});

/** What TensorFlow.js gives to every place that a model is saved to, as text where it is one there. */
async function artifactsOf(model: tf.LayersModel): Promise<tf.io.ModelArtifacts> {
  let saved!: tf.io.ModelArtifacts;
  await model.save(tf.io.withSaveHandler((artifacts) => {
    saved = artifacts;
    return Promise.resolve({ modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) });
  }));
  return { ...saved, modelTopology: JSON.parse(JSON.stringify(saved.modelTopology)) };
}

for (const [name, make] of Object.entries(MODELS)) {
  test(`TensorFlow.js's own way of saving keeps ${name}`, async () => {
    const model = make();
    const loaded = await tf.loadLayersModel(tf.io.fromMemory(await artifactsOf(model)));
    assertEquals(state(loaded), state(model));
    assertEquals(count(loaded), count(model));
    assertEquals(await namesOf(loaded), await namesOf(model));
    for (const each of [model, loaded]) dispose(each);
  });
}

async function namesOf(model: tf.LayersModel): Promise<string[]> {
  const { weightSpecs } = await artifactsOf(model);
  return weightSpecs!.map(({ name }) => name);
}

test("a layer in two nested models is one layer when they are loaded", async () => {
  const layer = dense("layer");
  const model = stack([stack([layer]), sequential(layer)]);
  const loaded = await tf.loadLayersModel(tf.io.fromMemory(await artifactsOf(model)));
  const found = [...nestedLayers(loaded)].filter(({ name }) => name === "layer");
  assertEquals(found.length, 1);
  for (const each of [model, loaded]) dispose(each);
});

test("a description of a model makes copies of it that share nothing with it, or with each other", () => {
  const layer = dense("layer");
  const model = stack([stack([layer]), stack([layer])]);
  const config = model.getConfig();
  const copies = [0, 1].map(() => tf.LayersModel.fromConfig(tf.LayersModel, config));
  const all = [model, ...copies as tf.LayersModel[]];
  assertEquals(new Set(all.flatMap(({ weights }) => weights)).size, 6);
  for (const each of all) dispose(each);
});

test("a description names what is in one place only by its class", () => {
  const layer = dense("layer");
  const model = stack([stack([layer]), dense()]);
  assert(!JSON.stringify(model.getConfig()).includes("sharedObjectId"));
  dispose(model);
});

test("layers that are called in turn are loaded with their calls in order", async () => {
  const x = tf.input({ shape: [2] });
  const call = (layer: Layer, x: tf.SymbolicTensor) => layer.apply(x) as tf.SymbolicTensor;
  const [l, d] = [dense(), dense()];
  const first = call(l, call(d, x));
  const second = call(d, call(l, x));
  const outputs = tf.layers.concatenate().apply([second, first]) as tf.SymbolicTensor;
  const model = tf.model({ inputs: x, outputs });
  const loaded = await tf.loadLayersModel(tf.io.fromMemory(await artifactsOf(model)));
  assertEquals(state(loaded), state(model));
  for (const each of [model, loaded]) dispose(each);
});

test("a model whose calls have inputs that nothing gives is refused", () => {
  const model = stack([dense("layer")]);
  const config = (change: (layer: { inboundNodes: unknown }) => void) => {
    const config = structuredClone(model.getConfig()) as unknown as {
      layers: { inboundNodes: unknown }[];
    };
    change(config.layers[1]);
    return config as unknown as tf.serialization.ConfigDict;
  };
  const restore = (config: tf.serialization.ConfigDict) => () =>
    tf.LayersModel.fromConfig(tf.LayersModel, config);
  assertThrows(
    restore(config((layer) => layer.inboundNodes = [[["layer", 0, 0]]])),
    TypeError,
    `Cannot restore the model ${model.name}: the inputs of its layers must come from its layers, got ` +
      "one that none of them gives",
  );
  assertThrows(
    restore(config((layer) => layer.inboundNodes = [])),
    TypeError,
    "its inputs and outputs must come from its layers",
  );
  assertThrows(
    restore(config((layer) => layer.inboundNodes = [{ args: [] }])),
    TypeError,
    "the calls of its layers must be lists of inputs, as TensorFlow.js and Keras 2 write them",
  );
  dispose(model);
});

test("a Sequential is its own layers, also where the first is called elsewhere before", () => {
  const [two, three] = [times(2), times(3)];
  const before = sequential(two, three); // 6x
  const model = sequential(three); // 3x
  const again = sequential(three, three); // 9x
  const factors = [before, model, again].map((each) => {
    const y = apply(each, tf.tensor2d([[1, 0]]));
    const [factor] = y.dataSync();
    y.dispose();
    return factor;
  });
  assertEquals(factors, [6, 3, 9]);
  tf.dispose([two, three].flatMap(({ weights }) => weights.map((weight) => weight.read())));
});

testInFolder(
  "a Sequential of a layer that got its shape elsewhere can be loaded by itself",
  async (folder) => {
    const layer = tf.layers.dense({ units: 2 });
    const outer = stack([layer, dense()]);
    const model = sequential(layer);
    await model.save(fileSystem(folder));
    const loaded = await tf.loadLayersModel(fileSystem(folder));
    assertEquals(state(loaded), state(model));
    for (const each of [outer, loaded]) dispose(each);
  },
);

const RUNS = runs({ sample: 10, full: 1000 });

testInFolder(
  `${
    written(RUNS)
  } models of nested models and blocks that share layers and names resume to the bit`,
  async (folder) => {
    const part = fc.record({
      kind: fc.constantFrom("layer", "model", "graph", "sequential", "residual", "residualA"),
      parts: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
      inputs: fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
      named: fc.boolean(),
    });
    const cases = fc.record({
      parts: fc.array(part, { minLength: 1, maxLength: 6 }),
      outer: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
      sequential: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ parts, outer, sequential: isSequential }) => {
        const make = (sameNames: boolean) => {
          const made: Layer[] = [dense(sameNames ? "same" : undefined)];
          const of = (which: number) => made[which % made.length];
          const all = (which: number[]) => which.map(of);
          for (const { kind, parts: [first, ...others], inputs, named } of parts) {
            const name = named && sameNames ? "same" : undefined;
            made.push(
              kind === "layer"
                ? dense(name)
                : kind === "model"
                ? stack(all([first, ...others]))
                : kind === "graph"
                ? graph(all([first, ...others]), inputs)
                : kind === "sequential"
                ? sequential(...all([first, ...others]))
                : kind === "residual"
                ? residual({ block: of(first), inputShape: [2] })
                : residualA({ block: of(first), aInitializer: "ones", inputShape: [2] }),
            );
          }
          if (!isSequential) return stack(all(outer));
          const model = sequential(...all(outer));
          model.build(); // which is where its names are checked
          return model;
        };
        await withVariables(() => assertResumes(folder, () => withUniqueNames(make)));
      }),
      { numRuns: RUNS },
    );
  },
);

/** A model that calls each layer twice, on its input or on an earlier result, and adds all results. */
function graph(layers: readonly Layer[], inputs: readonly number[]): tf.LayersModel {
  const x = tf.input({ shape: [2] });
  const found = [x];
  for (const [i, layer] of [...layers, ...layers].entries()) {
    found.push(layer.apply(found[inputs[i] % found.length]) as tf.SymbolicTensor);
  }
  // From the last on: the order in which they are found decides which layer is described first.
  const outputs = tf.layers.add().apply(found.slice(1).reverse()) as tf.SymbolicTensor;
  return tf.model({ inputs: x, outputs });
}

/** The model, with other names where TensorFlow.js refuses those of layers that are beside each other. */
function withUniqueNames(make: (sameNames: boolean) => tf.LayersModel): tf.LayersModel {
  try {
    return make(true);
  } catch (error) {
    if (!(error as Error).message.includes("should be unique")) throw error;
    return make(false);
  }
}
