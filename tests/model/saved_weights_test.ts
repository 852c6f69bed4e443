/** Models are loaded with the weights that they were saved with, however their layers are named and shared. */

import { assertEquals, assertNotEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { Residual, residual } from "../../src/layers/residual.ts";
import { residualA } from "../../src/layers/residual_a.ts";
import { fileSystem } from "../../src/saving/file_system.ts";
import { train } from "../../src/train/train.ts";
import { bits, testInFolder } from "../saving/models.ts";
import { disposeOptimizer } from "../optimizer/heads.ts";
import { runs, written } from "../support/generated.ts";
import { test } from "../support/on_backend.ts";

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

function stack(...layers: tf.layers.Layer[]): tf.LayersModel {
  const x = tf.input({ shape: [2] });
  const outputs = layers.reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, x);
  return tf.model({ inputs: x, outputs });
}

const loss = (ys: tf.Tensor, y: tf.Tensor) => tf.losses.meanSquaredError(ys, y) as tf.Scalar;

const batches = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => ({
    xs: tf.randomNormal([4, 2], 0, 1, "float32", from + i + 1),
    ys: tf.randomNormal([4, 2], 0, 1, "float32", from + i + 101),
  }));

/** Disposes of a model's weights, also of layers that are used twice, which its own method leaves. */
function dispose(model: tf.LayersModel): void {
  tf.dispose([...new Set(model.weights.map((weight) => weight.read()))]);
}

/** Fails unless three steps, saving, loading and three more give the bits of six steps. */
async function assertResumes(folder: string, make: () => tf.LayersModel): Promise<void> {
  const adam = () => tf.train.adam(0.1, 0.9, 0.99, 1e-8);
  const [first, optimizer, own] = [make(), adam(), adam()];
  await train(first, batches(0, 3), { optimizer, loss }).finish();
  await first.save(fileSystem(folder, { optimizer }));
  const model = await tf.loadLayersModel(fileSystem(folder, { optimizer: own }));
  assertEquals(bits(model), bits(first));
  const saved = bits(first);
  await train(first, batches(3, 6), { optimizer, loss }).finish();
  await train(model, batches(3, 6), { optimizer: own, loss }).finish();
  assertEquals(bits(model), bits(first));
  assertNotEquals(bits(first), saved);
  for (const each of [first, model]) dispose(each);
  for (const each of [optimizer, own]) each.dispose();
}

const MODELS: Readonly<Record<string, () => tf.LayersModel>> = {
  "a block that two residual layers share": () => {
    const block = dense();
    return stack(residual({ block }), dense(), residualA({ block, aInitializer: "ones" }));
  },
  "a shared block, in a residual layer in a block": () => {
    const block = dense();
    const around = residual({ block: residual({ block, name: "inner" }) });
    return stack(residual({ block, name: "outer" }), around);
  },
  "a Sequential that two residual layers share": () => {
    const block = tf.sequential({ layers: [dense(), dense()] });
    return stack(residual({ block }), residual({ block }));
  },
  "a shared shortcut": () => {
    const shortcut = dense();
    return stack(...[1, 2].map(() => residual({ block: dense(), shortcut })));
  },
  "a block that another model has": () => {
    const block = dense();
    stack(residual({ block, name: "elsewhere" }));
    return stack(residual({ block, name: "here" }), dense());
  },
  "a block that was built before": () => {
    const block = dense();
    tf.tidy(() => void block.apply(tf.ones([1, 2])));
    return stack(residual({ block }));
  },
  "blocks whose inner layers share names": () =>
    stack(
      ...[1, 2, 3].map(() =>
        residual({ block: tf.sequential({ layers: [dense("same"), dense("other")] }) })
      ),
    ),
  "models in a model whose inner layers share names": () =>
    stack(
      dense("same"),
      tf.sequential({ layers: [dense("same")] }),
      stack(dense("same"), tf.sequential({ layers: [dense("same")] })),
    ),
};

for (const [name, make] of Object.entries(MODELS)) {
  testInFolder(`a model resumes to the bit with ${name}`, async (folder) => {
    await assertResumes(folder, make);
  });
}

test("copies of a residual layer have blocks of their own", () => {
  const block = dense();
  const [first, second] = ["first", "second"].map((name) => residual({ block, name }));
  const model = stack(first, second);
  const copies = [first, first, second].map((layer) =>
    (Residual.fromConfig(Residual, layer.getConfig()) as Residual).block
  );
  assertEquals(new Set([block, ...copies]).size, 4);
  dispose(model);
});

testInFolder(
  "a weight has an optimizer of its own by the name that it is saved under",
  async (folder) => {
    const block = dense("block");
    tf.tidy(() => void block.apply(tf.ones([1, 2])));
    const model = stack(residual({ block, name: "around" }));
    const [optimizer, own] = [tf.train.sgd(0.1), tf.train.momentum(0.1, 0.5)];
    const optimizers = { "around/block/kernel": own };
    const measures = { kernel: { weight: "around/block/kernel" } };
    await train(model, batches(0, 1), { optimizer, optimizers, loss, measures }).finish();
    await model.save(fileSystem(folder, { optimizer, optimizers }));
    const { weightsManifest: [{ weights }] } = JSON.parse(
      await Deno.readTextFile(`${folder}/model.json`),
    );
    assertEquals(weights.map(({ name }: { name: string }) => name), [
      "around/block/kernel",
      "around/block/bias",
      "iter",
      "optimizers[around/block/kernel]/iter",
      "optimizers[around/block/kernel]/around/block/kernel/momentum",
    ]);
    model.dispose();
    block.dispose(); // its use outside of the model
    optimizer.dispose();
    disposeOptimizer(own);
  },
);

const RUNS = runs({ sample: 10, full: 1000 });

testInFolder(
  `${written(RUNS)} models of nested residual layers that share blocks and names resume to the bit`,
  async (folder) => {
    const cases = fc.record({
      blocks: fc.array(fc.constantFrom("layer", "model", "residual"), {
        minLength: 1,
        maxLength: 3,
      }),
      uses: fc.array(
        fc.record({
          block: fc.nat(2),
          kind: fc.constantFrom("residual", "residualA", "nested", "in a model"),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ blocks, uses }) => {
        await assertResumes(folder, () => {
          const made: tf.layers.Layer[] = [];
          const blockOf = (which: number) => {
            const kind = blocks[which % blocks.length];
            if (kind === "layer") return dense("same");
            return kind === "model"
              ? tf.sequential({ layers: [dense("same")] })
              : residual({ block: dense("same"), inputShape: [2] });
          };
          const layers = uses.map(({ block: which, kind }, i) => {
            const block = made[which % blocks.length] ??= blockOf(which);
            const name = `use${i}`;
            if (kind === "residual") return residual({ block, name });
            if (kind === "residualA") return residualA({ block, name, aInitializer: "ones" });
            const inner = residual({ block, name: `inner${i}`, inputShape: [2] });
            return kind === "nested"
              ? residual({ block: inner, name })
              : tf.sequential({ layers: [inner], name });
          });
          return stack(...layers);
        });
      }),
      { numRuns: RUNS },
    );
  },
);
