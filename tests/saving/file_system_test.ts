import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import { escapeUnseen } from "../../src/validate.ts";
import { pathToFileURL } from "node:url";
import { residual } from "../../src/layers/residual.ts";
import { residualA } from "../../src/layers/residual_a.ts";
import { probe } from "../../src/probe/probe.ts";
import { startBackend } from "../../src/backend/start.ts";
import { fileSystem, type FileSystemOptions } from "../../src/saving/file_system.ts";
import { testWith } from "../support/test_with.ts";
import { inPage } from "../data/in_page.ts";
import { bits, denseModel, listed, testInFolder, weightsFile } from "./models.ts";

/** Saves a model and disposes of it. */
async function save(model: tf.LayersModel, folder: string): Promise<void> {
  await model.save(fileSystem(folder));
  model.dispose();
}

/** The bits of the weights of the model that a folder has. */
async function load(folder: string | URL): Promise<number[][]> {
  const model = await tf.loadLayersModel(fileSystem(folder));
  const weights = bits(model);
  model.dispose();
  return weights;
}

/** The bits of {@linkcode denseModel}. */
function denseBits(seed: number): number[][] {
  const model = denseModel(seed);
  const weights = bits(model);
  model.dispose();
  return weights;
}

testInFolder(
  "a model with Residual, ResidualA and probes is saved and loaded to the bit",
  async (folder) => {
    const dense = (units = 3) => tf.layers.dense({ units, inputShape: [3] });
    const block = tf.sequential({
      layers: [
        probe({ name: "x_in", inputShape: [3] }),
        dense(),
        residualA({ block: dense(), aInitializer: tf.initializers.constant({ value: 2 }) }),
      ],
    });
    const model = tf.sequential({
      layers: [dense(), residual({ block, shortcut: probe({ name: "x_res" }) }), dense(1)],
    });
    await model.save(fileSystem(folder));
    const loaded = await tf.loadLayersModel(fileSystem(folder));
    assertEquals(bits(loaded), bits(model));
    const outputs = [model, loaded].map((model) =>
      tf.tidy(() => (model.predict(tf.ones([2, 3])) as tf.Tensor).arraySync())
    );
    assertEquals(outputs[0], outputs[1]);
    model.dispose();
    loaded.dispose();
  },
);

testInFolder("a folder that is not there is made, and named by a URL too", async (folder) => {
  await save(denseModel(1), `${folder}/a/b`);
  assertEquals(await load(pathToFileURL(`${folder}/a/b`)), denseBits(1));
});

testInFolder(
  "the folder holds model.json and the weights' file that it names, nothing else",
  async (folder) => {
    for (const seed of [1, 2, 2]) {
      await save(denseModel(seed), folder);
      assertEquals(await listed(folder), ["model.json", await weightsFile(folder)]);
      assertEquals(await load(folder), denseBits(seed));
    }
  },
);

testInFolder("the same model gives the same bytes", async (folder) => {
  const model = denseModel(1);
  const texts: string[] = [];
  for (const name of ["a", "b"]) {
    await model.save(fileSystem(`${folder}/${name}`));
    texts.push(await Deno.readTextFile(`${folder}/${name}/model.json`));
  }
  assertEquals(texts[0], texts[1]);
  model.dispose();
});

testInFolder("what TensorFlow.js's own reader makes of the files is the model", async (folder) => {
  await save(denseModel(1), folder);
  const [json, weights] = ["model.json", await weightsFile(folder)];
  // Its reader of HTTP servers, with a server that has the folder's files.
  const handler = tf.io.http("http://localhost/model.json", {
    fetchFunc: async (url) => {
      const name = new URL(url as string).pathname.slice(1);
      assert([json, weights].includes(name), name);
      const type = name === json ? "application/json" : "application/octet-stream";
      const body = await Deno.readFile(`${folder}/${name}`);
      return new Response(body, { headers: { "content-type": type } });
    },
  });
  const model = await tf.loadLayersModel(handler);
  assertEquals(bits(model), denseBits(1));
  model.dispose();
});

/** Writes a model's files as TensorFlow.js's Node package lays them out. */
async function writeForeign(folder: string, change: (json: Foreign) => void = () => {}) {
  const model = denseModel(1);
  await model.save(tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
    const json: Foreign = {
      modelTopology: modelTopology as Record<string, unknown>,
      format: "layers-model",
      weightsManifest: [{ paths: ["weights.bin"], weights: weightSpecs! }],
    };
    change(json);
    await Deno.writeTextFile(`${folder}/model.json`, JSON.stringify(json));
    await Deno.writeFile(`${folder}/weights.bin`, new Uint8Array(weightData as ArrayBuffer));
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
  }));
  model.dispose();
}

interface Foreign {
  modelTopology: unknown;
  format: string;
  weightsManifest: { paths: string[]; weights: tf.io.WeightsManifestEntry[] }[];
}

testInFolder(
  "a folder that another tool wrote is loaded, and overwritten without removing its files",
  async (folder) => {
    await writeForeign(folder);
    assertEquals(await load(folder), denseBits(1));
    await save(denseModel(2), folder);
    assertEquals(await load(folder), denseBits(2));
    assertEquals((await listed(folder)).length, 3);
  },
);

testInFolder(
  "a model whose state TensorFlow.js saved itself is loaded with its compilation",
  async (folder) => {
    const model = denseModel(1);
    model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
    tf.engine().startScope(); // TensorFlow.js forgets the number of steps that it makes a tensor of
    await model.save(fileSystem(folder), { includeOptimizer: true });
    await assertRejects(
      () =>
        model.save(fileSystem(folder, { optimizer: model.optimizer }), { includeOptimizer: true }),
      TypeError,
      "is saved either by fileSystem(path, { optimizer }) or by includeOptimizer, got both",
    );
    tf.engine().endScope();
    const loaded = await tf.loadLayersModel(fileSystem(folder));
    assertEquals([loaded.loss, loaded.optimizer.getClassName()], ["meanSquaredError", "SGD"]);
    loaded.optimizer.dispose();
    loaded.dispose();
    model.dispose();
  },
);

/** The message with which a folder's model is refused. */
async function refusal(
  folder: string,
  errorClass: new (message: string) => Error,
): Promise<string> {
  const { numTensors } = tf.memory();
  const { message, constructor } = await assertRejects(() => load(folder), errorClass);
  assertEquals(constructor, errorClass);
  assertEquals(tf.memory().numTensors, numTensors);
  const start = `Cannot load the model from ${folder}: `;
  assertEquals(message.slice(0, start.length), start);
  assertMatch(message, /[^.]$/);
  return message.slice(start.length);
}

testInFolder("a folder without a model is refused", async (folder) => {
  const sentence = "there must be a model.json in the folder, got none";
  assertEquals(await refusal(folder, Error), sentence);
  assertEquals(await refusal(`${folder}/nothing`, Error), sentence);
  await Deno.writeTextFile(`${folder}/file`, "");
  assertEquals(await refusal(`${folder}/file`, Error), sentence);
});

testInFolder("a model whose weights are missing is refused", async (folder) => {
  await save(denseModel(1), folder);
  const name = await weightsFile(folder);
  await Deno.remove(`${folder}/${name}`);
  assertMatch(await refusal(folder, Error), new RegExp(`ENOENT.*${name}`));
});

testInFolder("weights that are cut, extended or damaged are refused", async (folder) => {
  await save(denseModel(1), folder);
  const path = `${folder}/${await weightsFile(folder)}`;
  const bytes = await Deno.readFile(path);
  for (const changed of [bytes.subarray(1), new Uint8Array([...bytes, 0])]) {
    await Deno.writeFile(path, changed);
    assertMatch(
      await refusal(folder, RangeError),
      new RegExp(`^its weights take 24 bytes, got ${changed.length} in weights`),
    );
  }
  await Deno.writeFile(path, bytes.with(3, bytes[3] ^ 1));
  assertMatch(await refusal(folder, RangeError), /must have the bytes that it is named after/);
});

testInFolder("another model's weights in the place of a model's are refused", async (folder) => {
  await save(denseModel(1), `${folder}/1`);
  await save(denseModel(2), `${folder}/2`);
  await Deno.copyFile(
    `${folder}/2/${await weightsFile(`${folder}/2`)}`,
    `${folder}/1/${await weightsFile(`${folder}/1`)}`,
  );
  assertMatch(
    await refusal(`${folder}/1`, RangeError),
    /must have the bytes that it is named after/,
  );
});

testInFolder("a model.json with other settings than were saved is refused", async (folder) => {
  await save(denseModel(1), folder);
  const text = await Deno.readTextFile(`${folder}/model.json`);
  await Deno.writeTextFile(`${folder}/model.json`, text.replace('"linear"', '"relu"'));
  assertMatch(
    await refusal(folder, RangeError),
    /^the contents of model.json have checksum [0-9a-f]{64}, it states "[0-9a-f]+"$/,
  );
});

testInFolder("a model.json that is cut or no object is refused", async (folder) => {
  await save(denseModel(1), folder);
  const text = await Deno.readTextFile(`${folder}/model.json`);
  const cases = [
    ["", "its model.json cannot be read: Unexpected end of JSON input"],
    [text.slice(0, -1), "its model.json cannot be read: Expected ',' or '}'"],
    ["[]", "its model.json must be a JSON object, got an array"],
    ["null", "its model.json must be a JSON object, got null"],
    ["\0", "its model.json cannot be read: Unexpected token '\\u0000'"],
  ];
  for (const [changed, sentence] of cases) {
    await Deno.writeTextFile(`${folder}/model.json`, changed);
    assertEquals((await refusal(folder, TypeError)).slice(0, sentence.length), sentence);
  }
});

testInFolder(
  "a second value of a name in model.json is refused, before the saved one and after it",
  async (folder) => {
    await save(denseModel(1), folder);
    const text = await Deno.readTextFile(`${folder}/model.json`);
    for (
      const [there, put] of [
        ["{", '{"modelTopology":{},'],
        ["{", '{"\\u006dodelTopology":{},'],
        ['"linear"', '"relu","activation":"linear"'],
        [/}$/, ',"generatedBy":"nobody"}'],
      ] as const
    ) {
      await Deno.writeTextFile(`${folder}/model.json`, text.replace(there, put));
      assertMatch(
        await refusal(folder, TypeError),
        /^its model.json cannot be read: it must have each name of an object once, got "\w+" twice$/,
      );
    }
  },
);

testInFolder(
  "a model.json of another encoding is refused, and a byte order mark is passed over",
  async (folder) => {
    await save(denseModel(1), folder);
    const text = await Deno.readTextFile(`${folder}/model.json`);
    await Deno.writeTextFile(`${folder}/model.json`, `\ufeff${text}`);
    assertEquals(await load(folder), denseBits(1));
    const units = Uint16Array.from(`\ufeff${text}`, (unit) => unit.charCodeAt(0));
    await Deno.writeFile(`${folder}/model.json`, new Uint8Array(units.buffer));
    assertEquals(
      await refusal(folder, TypeError),
      "its model.json cannot be read: it must be text in UTF-8, got UTF-16: save it as UTF-8",
    );
  },
);

testInFolder(
  "an infinite number in the place of null is refused, whose checksum is that of null",
  async (folder) => {
    await save(denseModel(1), folder);
    const text = await Deno.readTextFile(`${folder}/model.json`);
    assertMatch(text, /"kernel_regularizer":null/);
    await Deno.writeTextFile(
      `${folder}/model.json`,
      text.replace('"kernel_regularizer":null', '"kernel_regularizer":1e999'),
    );
    assertMatch(await refusal(folder, TypeError), /kernel_regularizer must be a finite number/);
  },
);

testInFolder(
  "weights of another tool that are rounded in a way that gives no numbers are refused",
  async (folder) => {
    const rounded = (quantization: object, dtype = "float32") => (json: Foreign) => {
      Object.assign(json.weightsManifest[0].weights[0], { quantization, dtype });
    };
    const scale = /^the scale of "dense_Dense\d+\/kernel" must be above 0, got /;
    const min = /^the min of "dense_Dense\d+\/kernel" must be a number .+ is a float32, got /;
    for (
      const [change, sentence] of [
        [rounded({ dtype: "uint8", min: 0 }), scale],
        [rounded({ dtype: "uint8", min: 0, scale: null }), scale], // as JSON writes NaN
        [rounded({ dtype: "uint8", min: 0, scale: 0 }), scale],
        [rounded({ dtype: "uint16", min: 0, scale: -1 }), scale],
        [rounded({ dtype: "uint16", min: 0, scale: "1" }), scale],
        [rounded({ dtype: "uint8", scale: 1 }), min],
        [rounded({ dtype: "uint8", scale: 1, min: null }), min],
        [rounded({ dtype: "uint8", scale: 1e37, min: 0 }), min],
        [rounded({ dtype: "uint8", scale: 1, min: -1e39 }), min],
        [
          rounded({ dtype: "float16" }, "int32"),
          /rounded to float16, must be one of float32, got /,
        ],
        [
          rounded({ dtype: "uint8", scale: 1, min: 0 }, "bool"),
          /must be one of float32, int32, got /,
        ],
      ] as const
    ) {
      await writeForeign(folder, change);
      assertMatch(await refusal(folder, TypeError), sentence);
    }
  },
);

testInFolder(
  "what another tool's model.json says reaches no terminal raw, and is short",
  async (folder) => {
    const hostile = `\x1b]0;title\x07\u009b31m\u202e${"x".repeat(2e6)}`;
    const changes: ((json: Foreign) => void)[] = [
      (json) => Object.assign(json, { format: hostile }),
      ({ weightsManifest }) => weightsManifest[0].paths[0] = hostile,
      ({ weightsManifest }) => weightsManifest[0].paths[0] = hostile.slice(0, 100),
      ({ weightsManifest }) => weightsManifest[0].weights[0].name = hostile,
      ({ weightsManifest }) =>
        Object.assign(weightsManifest[0].weights[0], { name: hostile, shape: hostile }),
      (json) => json.modelTopology = { class_name: hostile },
      (json) =>
        json.modelTopology = { class_name: "Sequential", config: { name: hostile.slice(0, 9) } },
      (json) => json.modelTopology = { config: { layers: [{ config: { activation: hostile } }] } },
    ];
    for (const change of changes) {
      await writeForeign(folder, change);
      const { message } = await assertRejects(() => load(folder), Error);
      assert(message.length < 500, message.slice(0, 500));
      assertEquals(escapeUnseen(message), message);
    }
  },
);

testInFolder("files of other programs called model.json are refused", async (folder) => {
  const cases: [Partial<Foreign> & Record<string, unknown>, string][] = [
    [{ format: "graph-model" }, 'its format must be layers-model, got "graph-model"'],
    [{ modelTopology: undefined }, "its modelTopology must be an object, got undefined"],
    [{ weightsManifest: undefined }, "its weightsManifest must be an array, got undefined"],
    [{ optimizer: 1 }, "its optimizer must be the name of a class, got 1"],
  ];
  for (const [change, sentence] of cases) {
    await writeForeign(folder, (json) => Object.assign(json, change));
    assertEquals(await refusal(folder, TypeError), sentence);
  }
});

testInFolder("weights in other folders are refused", async (folder) => {
  for (const path of ["../a", "/a", "..", "C:a", "a\\b"]) {
    await writeForeign(folder, ({ weightsManifest }) => weightsManifest[0].paths[0] = path);
    assertEquals(
      await refusal(folder, TypeError),
      `its weights must be in files of the same folder, got ${JSON.stringify(path)}`,
    );
  }
});

type Weights = tf.io.WeightsManifestEntry[];

testInFolder("weights that no file can have are refused", async (folder) => {
  const cases: [(weights: Weights) => unknown, typeof TypeError, RegExp][] = [
    [([w]) => w.shape = [-1], TypeError, /^the shape of "\S+" must be whole numbers, got \[-1\]$/],
    [([w]) => w.dtype = "string", TypeError, /must be one of float32, int32, bool, got "string"$/],
    [([w, b]) => b.name = w.name, TypeError, /^each weight must be in it once, got "\S+" twice$/],
    [([w]) => w.shape = [1e9, 1e9], RangeError, /^its weights take 4\d+ bytes, got 24 in/],
  ];
  for (const [change, errorClass, sentence] of cases) {
    await writeForeign(folder, ({ weightsManifest: [{ weights }] }) => change(weights));
    assertMatch(await refusal(folder, errorClass), sentence);
  }
});

testInFolder("if a model cannot be saved, the folder is as it was", async (folder) => {
  await Deno.mkdir(`${folder}/model.json`); // nothing can be put in its place
  const model = denseModel(1);
  const { message } = await assertRejects(() => model.save(fileSystem(folder)), Error);
  assert(message.startsWith(`Cannot save the model to ${folder}: `), message);
  assertEquals(await listed(folder), ["model.json"]);
  await Deno.writeTextFile(`${folder}/file`, "");
  await assertRejects(
    () => model.save(fileSystem(`${folder}/file`)),
    Error,
    "Cannot save the model",
  );
  model.dispose();
});

testInFolder("a graph model is refused", async (folder) => {
  await assertRejects(
    () => fileSystem(folder).save({ modelTopology: {}, format: "graph-model" }),
    TypeError,
    `Cannot save the model to ${folder}: its format must be layers-model, got "graph-model"`,
  );
});

testInFolder("what loads while models are saved gets one of them", async (folder) => {
  const models = [denseModel(1), denseModel(2)];
  await models[0].save(fileSystem(folder));
  const known = models.map((model) => JSON.stringify(bits(model)));
  let saved = 0;
  const saving = (async () => {
    for (; saved < 100; saved++) await models[saved % 2].save(fileSystem(folder));
  })();
  while (saved < 100) assert(known.includes(JSON.stringify(await load(folder))));
  await saving;
  models.forEach((model) => model.dispose());
});

Deno.test("a folder that is neither a path nor a file: URL is refused", () => {
  const cases = [
    ["", '""'],
    ["file:///tmp/model", '"file:///tmp/model"'],
    [new URL("https://example.org/model"), "https://example.org/model"],
    [new URL("file:///a%2Fb"), "file:///a%2Fb"],
    [undefined, "undefined"],
    ["a\0b", '"a\\u0000b"'],
  ];
  for (const [path, got] of cases) {
    assertThrows(
      () => fileSystem(path as string),
      TypeError,
      `Cannot use the folder: it must be a path or a file: URL object, got ${got}`,
    );
  }
});

Deno.test("a page refuses to load and to save, and says that there are no files", async () => {
  const missing = "files can be had in Deno and in Node 20.16, 22.3 or later, not in a page";
  await assertRejects(
    () => inPage(() => fileSystem("model").load()),
    Error,
    `Cannot load the model from model: ${missing}`,
  );
  await assertRejects(
    () => inPage(() => fileSystem("model").save({ format: "layers-model" })),
    Error,
    `Cannot save the model to model: ${missing}`,
  );
});

Deno.test("options that are no object, and optimizers that are none, are refused", () => {
  assertThrows(
    () => fileSystem("model", null as unknown as FileSystemOptions),
    TypeError,
    "Cannot use the folder: options must be an object, got null",
  );
  for (const [optimizer, got] of [["adam", '"adam"'], [null, "null"], [{}, "an object"]]) {
    assertThrows(
      () => fileSystem("model", { optimizer: optimizer as unknown as tf.Optimizer }),
      TypeError,
      `Cannot use the folder: optimizer must be one of TensorFlow.js's, got ${got}`,
    );
  }
});

// Without permission, and by a program that is killed.

Deno.test({
  name: "without permission, saving and loading are refused with the flag that gives it",
  permissions: "none",
  fn: async () => {
    await startBackend("cpu");
    const model = denseModel(1);
    const saving = await assertRejects(() => model.save(fileSystem("models/one")), Error);
    assert(saving.message.startsWith("Cannot save the model to models/one: "), saving.message);
    assert(saving.message.endsWith("run again with the --allow-write flag"), saving.message);
    const loading = await assertRejects(
      () => tf.loadLayersModel(fileSystem("models/one")),
      Error,
    );
    assert(loading.message.startsWith("Cannot load the model from models/one: "), loading.message);
    assert(loading.message.endsWith("run again with the --allow-read flag"), loading.message);
    model.dispose();
  },
});

/** Starts the program, kills it some milliseconds after it saved for the first time. */
async function saveAndKill(folder: string, milliseconds: number): Promise<void> {
  const program = new URL("programs/save_again_and_again.ts", import.meta.url).pathname;
  const args = ["run", "--no-check", "--allow-read", `--allow-write=${folder}`, program, folder];
  const child = new Deno.Command(Deno.execPath(), { args, stdout: "piped" }).spawn();
  for await (const _ of child.stdout) {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    break;
  }
  child.kill("SIGKILL");
  await child.status;
}

testWith("a program that is killed while it saves leaves a model that was saved whole", {
  needs: ["read", "write", "run"],
  fn: async () => {
    await startBackend("cpu");
    const known = [1, 2].map((seed) => {
      const model = denseModel(seed);
      const weights = JSON.stringify(bits(model));
      model.dispose();
      return weights;
    });
    const folder = await Deno.makeTempDir();
    for (let i = 0; i < 6; i++) {
      await saveAndKill(folder, 7 * i);
      const model = await tf.loadLayersModel(fileSystem(folder));
      assert(known.includes(JSON.stringify(bits(model))));
      model.dispose();
    }
    await Deno.remove(folder, { recursive: true });
  },
});

testWith("a program with permission for the folder alone saves to it", {
  needs: ["read", "write", "run"],
  fn: async () => {
    const folder = await Deno.makeTempDir();
    await saveAndKill(`${folder}/new`, 0);
    assert((await Deno.stat(`${folder}/new/model.json`)).isFile);
    await Deno.remove(folder, { recursive: true });
  },
});
