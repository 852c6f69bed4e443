/** Saving and loading the state of optimizers, which belongs to the weights by their names. */

import {
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { fileURLToPath } from "node:url";
import { fileSystem } from "../../src/saving/file_system.ts";
import { train } from "../../src/train/train.ts";
import {
  disposeOptimizer,
  type Head,
  HEADS,
  headsModel,
  kernels,
  OPTIMIZERS,
  trainHeads,
} from "../optimizer/heads.ts";
import { runs, written } from "../support/generated.ts";
import { bits, testInFolder } from "./models.ts";

type Pattern = readonly { readonly step: number; readonly heads: string }[];

const pattern = (...heads: string[]): Pattern => heads.map((heads, step) => ({ step, heads }));

/** Three heads. */
const THREE: readonly Head[] = [...HEADS, { name: "c", kernel: [-0.5, 2], target: 0.5 }];

/** The kernels after steps of heads, with the model and the optimizer saved and loaded before some of them. */
async function trained(
  steps: Pattern,
  { folder, saveAt, make }: {
    readonly folder: string;
    readonly saveAt: readonly number[];
    readonly make: () => tf.Optimizer;
  },
): Promise<Record<string, readonly number[]>> {
  let [model, optimizer] = [headsModel(THREE), make()];
  const cuts = [0, ...saveAt, steps.length];
  for (let i = 1; i < cuts.length; i++) {
    await trainHeads(model, steps.slice(cuts[i - 1], cuts[i]), { optimizer, heads: THREE });
    if (i === cuts.length - 1) break;
    await model.save(fileSystem(folder, { optimizer }));
    model.dispose();
    disposeOptimizer(optimizer);
    optimizer = make();
    model = await tf.loadLayersModel(fileSystem(folder, { optimizer }));
  }
  const found = await kernels(model);
  model.dispose();
  disposeOptimizer(optimizer);
  return found;
}

for (const [name, make] of Object.entries(OPTIMIZERS)) {
  testInFolder(
    `heads outside of the loss have no state of ${name}, and the others resume to the bit`,
    async (folder) => {
      const steps = pattern("b", "b", "bc", "b", "abc", "a", "ac", "abc");
      const whole = await trained(steps, { folder, saveAt: [], make });
      assertEquals(await trained(steps, { folder, saveAt: [2, 4, 6], make }), whole);
    },
  );
}

const RUNS = runs({ sample: 10, full: 1000 });

testInFolder(
  `${written(RUNS)} trainings of heads in any turn are saved at any step and resume to the bit`,
  async (folder) => {
    const cases = fc.record({
      name: fc.constantFrom(...Object.keys(OPTIMIZERS)),
      heads: fc.array(fc.constantFrom("a", "b", "c", "ab", "bc", "ac", "abc"), {
        minLength: 2,
        maxLength: 8,
      }),
      cut: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ name, heads, cut }) => {
        const [steps, make] = [pattern(...heads), OPTIMIZERS[name]];
        const whole = await trained(steps, { folder, saveAt: [], make });
        const saveAt = [1 + cut % (heads.length - 1)];
        assertEquals(await trained(steps, { folder, saveAt, make }), whole);
      }),
      { numRuns: RUNS },
    );
  },
);

/** Two dense layers and a batch for each step. */
function layers(): tf.Sequential {
  const kernelInitializer = () => tf.initializers.glorotNormal({ seed: 3 });
  return tf.sequential({
    layers: [
      tf.layers.dense({
        units: 3,
        inputShape: [2],
        name: "first",
        kernelInitializer: kernelInitializer(),
      }),
      tf.layers.dense({ units: 1, name: "second", kernelInitializer: kernelInitializer() }),
    ],
  });
}

function* batches(from: number, to: number) {
  for (let step = from; step < to; step++) {
    yield { xs: tf.tensor2d([[1, step / 4], [step, -1]]), ys: tf.tensor2d([[2], [-1]]) };
  }
}

const loss = (ys: tf.Tensor, y: tf.Tensor) => tf.losses.meanSquaredError(ys, y) as tf.Scalar;

testInFolder("a layer that was frozen for a while resumes to the bit", async (folder) => {
  const run = async (save: boolean) => {
    let [model, optimizer]: [tf.LayersModel, tf.Optimizer] = [layers(), OPTIMIZERS.Adam()];
    for (const [frozen, step] of [[false, 0], [true, 2], [true, 4], [false, 6]] as const) {
      model.getLayer("first").trainable = !frozen;
      await train(model, batches(step, step + 2), { optimizer, loss }).finish();
      if (!save) continue;
      await model.save(fileSystem(folder, { optimizer }));
      model.dispose();
      disposeOptimizer(optimizer);
      optimizer = OPTIMIZERS.Adam();
      model = await tf.loadLayersModel(fileSystem(folder, { optimizer }));
    }
    const found = await kernels(model);
    model.dispose();
    disposeOptimizer(optimizer);
    return found;
  };
  assertEquals(await run(true), await run(false));
});

testInFolder("several optimizers are saved, and resume to the bit", async (folder) => {
  const run = async (save: boolean) => {
    const make = () => ({
      optimizer: OPTIMIZERS.Adam(),
      optimizers: { "first/bias": OPTIMIZERS.Adamax(), "second/kernel": OPTIMIZERS.momentum() },
    });
    const free = ({ optimizer, optimizers }: ReturnType<typeof make>) =>
      [optimizer, ...Object.values(optimizers)].forEach(disposeOptimizer);
    let [model, all]: [tf.LayersModel, ReturnType<typeof make>] = [layers(), make()];
    await train(model, batches(0, 3), { ...all, loss }).finish();
    if (save) {
      await model.save(fileSystem(folder, all));
      model.dispose();
      free(all);
      all = make();
      model = await tf.loadLayersModel(fileSystem(folder, all));
    }
    await train(model, batches(3, 6), { ...all, loss }).finish();
    const found = await kernels(model);
    model.dispose();
    free(all);
    return found;
  };
  assertEquals(await run(true), await run(false));
});

testInFolder(
  "an optimizer of its own that was not saved, or of no weight, is refused",
  async (folder) => {
    const model = layers();
    const [optimizer, own] = [OPTIMIZERS.Adam(), OPTIMIZERS.SGD()];
    await model.save(fileSystem(folder, { optimizer }));
    const load = (name: string) =>
      assertRejects(
        () => tf.loadLayersModel(fileSystem(folder, { optimizers: { [name]: own } })),
        TypeError,
      );
    assertStringIncludes(
      (await load("first/bias")).message,
      "for the optimizer of first/bias it must have been saved with the state of one of class SGD, " +
        "got no state",
    );
    const { message } = await assertRejects(
      () => model.save(fileSystem(folder, { optimizers: { "third/bias": own } })),
      TypeError,
    );
    assertStringIncludes(
      message,
      'each optimizer of its own must be that of a weight of the model, got "third/bias"',
    );
    assertThrows(
      () => fileSystem(folder, { optimizer: own, optimizers: { "first/bias": own } }),
      TypeError,
      "each optimizer must be that of one weight, or of all others, got one twice",
    );
    model.dispose();
    [optimizer, own].forEach(disposeOptimizer);
  },
);

testInFolder(
  "of two models with layers of the same names each is saved with its own state",
  async (folder) => {
    const run = async (both: boolean) => {
      const [model, other, optimizer] = [layers(), layers(), OPTIMIZERS.Adam()];
      await train(model, batches(0, 2), { optimizer, loss }).finish();
      if (both) await train(other, batches(5, 8), { optimizer, loss }).finish();
      await model.save(fileSystem(folder, { optimizer }));
      for (const part of [model, other]) part.dispose();
      disposeOptimizer(optimizer);
      const second = OPTIMIZERS.Adam();
      const loaded = await tf.loadLayersModel(fileSystem(folder, { optimizer: second }));
      await train(loaded, batches(2, 4), { optimizer: second, loss }).finish();
      const found = await kernels(loaded);
      loaded.dispose();
      disposeOptimizer(second);
      return found;
    };
    assertEquals(await run(true), await run(false));
  },
);

testInFolder(
  "a folder that version 0.1.0 wrote, with the names of variables, is loaded",
  async () => {
    const folder = fileURLToPath(new URL("./saved_before", import.meta.url));
    const optimizer = tf.train.adam(0.1);
    const model = await tf.loadLayersModel(fileSystem(folder, { optimizer }));
    const batch = (step: number) => ({
      xs: tf.tensor2d([[1, step / 4]]),
      ys: tf.tensor2d([[step - 1]]),
    });
    await train(model, [3, 4].map(batch), { optimizer, loss }).finish();
    // What version 0.1.0 had after the same two steps more, on cpu.
    assertEquals(model.weights.map((weight) => [...weight.read().dataSync()]), [
      [0.6417104005813599, 0.6417104005813599, 0.8758636116981506, 0.8758636116981506],
      [-0.35828959941864014, -0.35828959941864014],
      [0.6521445512771606, 0.6521445512771606],
      [-0.35068976879119873],
    ]);
    model.dispose();
    disposeOptimizer(optimizer);
  },
);

// Models whose layers were frozen for some steps, or whose optimizer trained another model, too.

/** Two layers of two numbers each. */
function twoLayers(prefix = ""): tf.LayersModel {
  const layer = (name: string, seed: number, inputShape?: number[]) =>
    tf.layers.dense({
      name: `${prefix}${name}`,
      units: 2,
      inputShape,
      kernelInitializer: tf.initializers.randomNormal({ seed }),
    });
  return tf.sequential({ layers: [layer("below", 1, [2]), layer("above", 2)] });
}

const batch = (step: number) => ({
  xs: tf.randomNormal([4, 2], 0, 1, "float32", step + 1),
  ys: tf.randomNormal([4, 2], 0, 1, "float32", step + 100),
});

/** Takes the steps from one to another; the lower layer is frozen in steps 2 and 3. */
async function trainSteps(
  model: tf.LayersModel,
  optimizer: tf.Optimizer,
  [first, end]: readonly [number, number],
) {
  for (let step = first; step < end; step++) {
    model.getLayer("below").trainable = step !== 2 && step !== 3;
    await train(model, [batch(step)], { optimizer, loss }).finish();
  }
}

const WITH_STATE = {
  adam: () => tf.train.adam(0.1, 0.9, 0.99, 1e-8),
  momentum: () => tf.train.momentum(0.1, 0.5),
};

for (const [name, make] of Object.entries(WITH_STATE)) {
  for (const saveAt of [2, 3, 4, 5]) {
    testInFolder(
      `${name}: a frozen layer keeps its state, saved at step ${saveAt}`,
      async (folder) => {
        const whole = { model: twoLayers(), optimizer: make() };
        await trainSteps(whole.model, whole.optimizer, [0, 7]);
        const first = { model: twoLayers(), optimizer: make() };
        await trainSteps(first.model, first.optimizer, [0, saveAt]);
        await first.model.save(fileSystem(folder, { optimizer: first.optimizer }));
        const optimizer = make();
        const model = await tf.loadLayersModel(fileSystem(folder, { optimizer })) as tf.LayersModel;
        assertEquals(bits(model), bits(first.model));
        await trainSteps(model, optimizer, [saveAt, 7]);
        assertEquals(bits(model), bits(whole.model));
        assertNotEquals(bits(model), bits(first.model));
        for (const each of [whole, first, { model, optimizer }]) {
          each.model.dispose();
          each.optimizer.dispose();
          (each.optimizer as unknown as { c?: tf.Tensor }).c?.dispose(); // TensorFlow.js leaves momentum's
        }
      },
    );
  }
}

testInFolder(
  "of an optimizer of two models, the state of the saved one is saved",
  async (folder) => {
    const optimizer = WITH_STATE.adam();
    const [model, other] = [twoLayers(), twoLayers("other")];
    for (let step = 0; step < 4; step++) {
      await train(step % 2 === 0 ? model : other, [batch(step)], { optimizer, loss }).finish();
    }
    await model.save(fileSystem(folder, { optimizer }));
    const loadedOptimizer = WITH_STATE.adam();
    const loaded = await tf.loadLayersModel(fileSystem(folder, { optimizer: loadedOptimizer }));
    await train(loaded, [batch(9)], { optimizer: loadedOptimizer, loss }).finish();
    await train(model, [batch(9)], { optimizer, loss }).finish();
    assertEquals(bits(loaded), bits(model));
    for (const each of [model, other, loaded, optimizer, loadedOptimizer]) each.dispose();
  },
);

testInFolder("state of two models that cannot be told apart is refused", async (folder) => {
  const optimizer = WITH_STATE.adam();
  const [model, other] = [twoLayers(), twoLayers()];
  for (const each of [model, other]) await train(each, [batch(1)], { optimizer, loss }).finish();
  await assertRejects(
    () => model.save(fileSystem(folder, { optimizer })),
    TypeError,
    'the optimizer must have trained one weight named "below/kernel", got 2; give the layers of',
  );
  for (const each of [model, other, optimizer]) each.dispose();
});
