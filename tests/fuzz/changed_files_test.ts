/** Files that this package wrote and that were changed since: read only where they say the same. */

import { assert, assertEquals, assertInstanceOf, assertMatch } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { type Idx, parseIdx } from "../../src/data/idx.ts";
import { formatRecord, parseRecord, type RunRecord } from "../../src/record/record.ts";
import { fileSystem } from "../../src/saving/file_system.ts";
import { formatModel, type ParsedModel, parseModel } from "../../src/saving/model_json.ts";
import { idxBytes } from "../data/idx_bytes.ts";
import { random32 } from "../data/random.ts";
import { sampleRecord } from "../record/record_sample.ts";
import { bits, denseModel, testInFolder, weightsFile } from "../saving/models.ts";
import { runs, written } from "../support/generated.ts";
import { isIdx, mutant } from "./idx_mutations.ts";
import { changeText, changeValue, flipBit } from "./json_mutations.ts";
import { assertRefusal } from "./refuses.ts";

/** A small `model.json` with everything in it that one can hold. */
const text = await formatModel({
  modelTopology: { class_name: "Sequential", config: { layers: [{ units: 2, rate: 1e-8 }] } },
  format: "layers-model",
  generatedBy: "TensorFlow.js",
  convertedBy: null,
  userDefinedMetadata: { note: { text: "∇ ✓" } },
  optimizer: "SGD",
  weightsManifest: [{
    paths: ["weights.0123456789abcdef.bin"],
    weights: [
      { name: "dense/kernel", shape: [2, 3], dtype: "float32" },
      { name: "iter", shape: [], dtype: "int32", group: "optimizer" },
    ],
  }],
});

const MODELS = runs({ sample: 1000, full: 30_000 });

Deno.test(`of ${written(MODELS)} changed model.json with a checksum those are read that say the same`, async () => {
  const { checksum: _, ...original } = JSON.parse(text);
  const random = random32(1);
  const below = (n: number) => random() % n;
  let read = 0;
  for (let i = 0; i < MODELS; i++) {
    const changed = [changeText, changeValue, flipBit][i % 3](text, below);
    const model: ParsedModel | Error = await parseModel(changed).catch((error) => error);
    if (model instanceof Error) {
      assert([TypeError, RangeError].some((c) => c === model.constructor), `${model}`);
      assertMatch(model.message, /^(its|the|a weight's|each weight) [^]+[^.]$/);
    } else if (model.checked) {
      assertEquals(JSON.stringify(model.json), JSON.stringify(original), changed);
      read++;
    }
  }
  assert(read > MODELS / 300 && read < MODELS / 3, `${read} were read`);
});

/** All of what `load` gives, as a text. */
function shown({ weightData, ...json }: tf.io.ModelArtifacts): string {
  return JSON.stringify([json, new Uint8Array(weightData as ArrayBuffer).toHex()]);
}

testInFolder(
  "a saved model of which any bit is flipped is refused, or is the same",
  async (folder) => {
    const model = denseModel(1);
    const optimizer = tf.train.momentum(0.1, 0.9);
    await model.save(fileSystem(folder, { optimizer }));
    const saved = JSON.stringify(bits(model));
    const original = shown(await fileSystem(folder, { optimizer }).load());
    const random = random32(2);
    for (const name of ["model.json", await weightsFile(folder)]) {
      const bytes = await Deno.readFile(`${folder}/${name}`);
      for (let i = 0; i < 200; i++) {
        const at = random() % bytes.length;
        await Deno.writeFile(`${folder}/${name}`, bytes.with(at, bytes[at] ^ (1 << random() % 8)));
        const artifacts: tf.io.ModelArtifacts | Error = await fileSystem(folder, { optimizer })
          .load()
          .catch((error) => error);
        if (artifacts instanceof Error) assertRefusal(artifacts);
        else assertEquals(shown(artifacts), original);
      }
      await Deno.writeFile(`${folder}/${name}`, bytes);
    }
    const loaded = await tf.loadLayersModel(fileSystem(folder, { optimizer }));
    assertEquals(JSON.stringify(bits(loaded)), saved);
    loaded.dispose();
    model.dispose();
    optimizer.dispose();
    (optimizer as unknown as { readonly c: tf.Tensor }).c.dispose();
  },
);

const RECORDS = runs({ sample: 1000, full: 100_000 });

Deno.test(`of ${written(RECORDS)} changed records those are read that say the same, the rest is refused with a sentence`, async () => {
  const original = formatRecord(await sampleRecord());
  const random = random32(1);
  const below = (n: number) => random() % n;
  let read = 0;
  for (let i = 0; i < RECORDS; i++) {
    const text = [changeText, changeValue, flipBit][i % 3](original, below);
    const record: RunRecord | Error = await parseRecord(text).catch((error) => error);
    if (record instanceof Error) {
      assert([TypeError, RangeError].some((c) => c === record.constructor), `${record}`);
      assertMatch(record.message, /^Cannot (read|trust) the run record: [^]+[^.]$/);
    } else {
      assertEquals(formatRecord(record), original, text);
      read++;
    }
  }
  assert(read > RECORDS / 100 && read < RECORDS / 2, `${read} were read`);
});

const FILES = runs({ sample: 2000, full: 100_000 });

/** What is parsed, or the error. */
function outcome(bytes: Uint8Array): Idx | Error {
  try {
    return parseIdx(bytes);
  } catch (error) {
    return error as Error;
  }
}

Deno.test(`of ${written(FILES)} changed IDX files those are parsed whose header describes exactly their bytes`, () => {
  const random = random32(1);
  let parsed = 0;
  for (let i = 0; i < FILES; i++) {
    const bytes = mutant(random);
    const idx = outcome(bytes);
    assert(isIdx(bytes) !== idx instanceof Error, `[${bytes}] gives ${idx}`);
    if (idx instanceof Error) {
      assertInstanceOf(idx, RangeError);
      assertMatch(idx.message, /^Cannot parse IDX bytes: .+ got .*[^.]$/);
    } else {
      const { shape, data } = idx;
      assertEquals(shape.reduce((product, size) => product * size), data.length);
      assertEquals(idxBytes(shape, data).toHex(), bytes.toHex());
      parsed++;
    }
  }
  assert(parsed > 0.05 * FILES && parsed < 0.95 * FILES, `${parsed} were parsed`);
});
