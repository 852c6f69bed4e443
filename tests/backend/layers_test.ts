/** The layers of `tf.layers` against PyTorch, forward and backward, on every backend. */

import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";
import { compareLayer, computeLayer, describeCase, LAYER_CASES, refusalOf } from "./layer_cases.ts";

for (const c of LAYER_CASES) {
  const refusal = refusalOf(c);
  const backends = ["cpu", "wasm", webgpu] as const;
  const refusing = backends.filter((backend) => refusal?.on.includes(nameOf(backend)));
  const computing = backends.filter((backend) => !refusing.includes(backend));
  testOn(computing, `PyTorch gives what ${describeCase(c)} does`, () => compareLayer(c));
  testOn(refusing, `${describeCase(c)} is refused`, async () => {
    await assertRejects(() => computeLayer(c), Error, refusal!.sentence);
  });
}

function nameOf(backend: "cpu" | "wasm" | typeof webgpu): "cpu" | "wasm" | "webgpu" {
  return typeof backend === "string" ? backend : backend.name;
}

/** Other names of layers that have cases. */
const ALIASES: Readonly<Record<string, string>> = {
  avgPool1d: "averagePooling1d",
  avgPool2d: "averagePooling2d",
  avgPool3d: "averagePooling3d",
  avgPooling1d: "averagePooling1d",
  avgPooling2d: "averagePooling2d",
  avgPooling3d: "averagePooling3d",
  globalMaxPool1d: "globalMaxPooling1d",
  globalMaxPool2d: "globalMaxPooling2d",
  maxPool1d: "maxPooling1d",
  maxPool2d: "maxPooling2d",
};

/** What else `tf.layers` has, and why it has no case. */
const WITHOUT_CASE: Readonly<Record<string, string>> = {
  Layer: "a base class",
  RNN: "a base class",
  RNNCell: "a base class",
  convLstm2dCell: "part of convLstm2d",
  gruCell: "part of rnn",
  lstmCell: "part of rnn",
  simpleRNNCell: "part of rnn",
  stackedRNNCells: "part of rnn",
  input: "computes nothing",
  inputLayer: "computes nothing",
  masking: "part of the case maskedLstm",
  alphaDropout: "random",
  dropout: "random",
  gaussianDropout: "random",
  gaussianNoise: "random",
  randomWidth: "random",
  spatialDropout1d: "random",
};

Deno.test("every layer that tf.layers has is among the cases, by one of its names", () => {
  const cases = new Set(LAYER_CASES.map(({ layer }) => layer));
  const known = [...cases, ...Object.keys(ALIASES), ...Object.keys(WITHOUT_CASE)];
  assertEquals(Object.keys(tf.layers).filter((name) => !known.includes(name)), []);
  const make = tf.layers as unknown as Record<string, (config: unknown) => tf.layers.Layer>;
  for (const [alias, name] of Object.entries(ALIASES)) {
    assert(cases.has(name));
    const config = { poolSize: 2 };
    assertEquals(make[alias](config).getClassName(), make[name](config).getClassName());
  }
});
