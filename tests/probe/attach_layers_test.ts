/** `attach` at every layer of `tf.layers`, and at the connections. */

import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import type { BackendName } from "../../src/backend/start.ts";
import { dropPath } from "../../src/layers/drop_path.ts";
import { attach } from "../../src/probe/attach.ts";
import {
  computeLayer,
  CONNECTION_CASES,
  describeCase,
  LAYER_CASES,
  type LayerCase,
  type LayerNumbers,
  outputGradient,
  refusalOf,
} from "../backend/layer_cases.ts";
import { testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

/** Tensors that listeners kept, by the probe's name. */
type Kept = Map<string, tf.Tensor[]>;

/** Keeps all that the probes of an attachment hear. */
function keepAll({ probes }: ReturnType<typeof attach>): Kept {
  const kept: Kept = new Map();
  for (const [name, probe] of probes) {
    kept.set(name, []);
    probe.listen((gradient) => kept.get(name)!.push(tf.keep(gradient)));
  }
  return kept;
}

async function bits(tensors: readonly tf.Tensor[]): Promise<Uint32Array[]> {
  const read = await Promise.all(tensors.map((tensor) => tensor.data()));
  tf.dispose([...tensors]);
  return read.map((values) => new Uint32Array(Float32Array.from(values).buffer));
}

const bitsOf = (values: ArrayLike<number>) => new Uint32Array(Float32Array.from(values).buffer);

/** The layer that is given the inputs of a model. */
function firstLayer(model: tf.LayersModel): tf.layers.Layer {
  return model.layers.find((layer) => layer.getClassName() !== "InputLayer")!;
}

/** What each layer gives on a backend without probes, which it is compared with twice. */
const plainOn: Record<string, Map<LayerCase, LayerNumbers>> = {};

async function plainOf(c: LayerCase, backend: BackendName): Promise<LayerNumbers> {
  const known = plainOn[backend] ??= new Map();
  const plain = known.get(c) ?? await computeLayer(c);
  known.set(c, plain);
  return plain;
}

interface Place {
  readonly at: "output" | "input";
  readonly backend: BackendName;
}

async function compare(c: LayerCase, { at, backend }: Place): Promise<void> {
  const plain = await plainOf(c, backend);
  const made: { kept: Kept; first: string; last: string; detach: () => void }[] = [];
  const heard = await computeLayer(c, (model) => {
    const attachment = attach(model, { at });
    const last = model.layers.at(-1)!.name;
    const first = firstLayer(model).name;
    made.push({ kept: keepAll(attachment), first, last, detach: attachment.detach });
  });
  const [{ kept, first, last, detach }] = made;
  detach();
  const all = new Map<string, Uint32Array[]>();
  for (const [name, tensors] of kept) all.set(name, await bits(tensors));
  assertEquals(bitsOf(heard.output), bitsOf(plain.output));
  assertEquals(heard.inputGradients.map(bitsOf), plain.inputGradients.map(bitsOf));
  assertEquals(heard.weightGradients.map(bitsOf), plain.weightGradients.map(bitsOf));
  if (at === "output") {
    const passes = [plain.inputGradients, plain.weightGradients].filter(({ length }) => length > 0);
    const expected = bitsOf(outputGradient(plain.output.length));
    assertEquals(all.get(last), passes.map(() => expected));
  } else {
    const several = c.inputs.length > 1;
    const names = plain.inputGradients.map((_, i) => several ? `${first}:${i}` : first);
    const found = names.map((name) => all.get(name)!.at(-1));
    assertEquals(found, plain.inputGradients.map(bitsOf));
  }
}

for (const c of [...LAYER_CASES, ...CONNECTION_CASES]) {
  const refusal = refusalOf(c);
  const backends = (["cpu", "wasm", webgpu] as const).filter((backend) =>
    !refusal?.on.includes(typeof backend === "string" ? backend : backend.name)
  );
  for (const at of ["output", "input"] as const) {
    testOn(
      backends,
      `at its ${at}, attach hears what tf.grads gives, and changes no bit, of ${describeCase(c)}`,
      (backend) => compare(c, { at, backend }),
    );
  }
}

/** Layers that compare with nothing, since they draw random numbers. */
const RANDOM = {
  alphaDropout: () => tf.layers.alphaDropout({ rate: 0.4 }),
  dropPath: () => dropPath({ rate: 0.4 }),
  dropout: () => tf.layers.dropout({ rate: 0.4 }),
  gaussianDropout: () => tf.layers.gaussianDropout({ rate: 0.4 }),
  gaussianNoise: () => tf.layers.gaussianNoise({ stddev: 1 }),
  spatialDropout1d: () => tf.layers.spatialDropout1d({ rate: 0.4 }),
};

for (const [name, make] of Object.entries(RANDOM)) {
  testOn(["cpu", "wasm", webgpu], `attach hears what tf.grads gives around ${name}`, async () => {
    const x = tf.input({ shape: [4, 3] });
    const y = make().apply(x) as tf.SymbolicTensor;
    const model = tf.model({ inputs: x, outputs: y });
    const attachments = (["input", "output"] as const).map((at) => attach(model, { at }));
    const kept = attachments.map(keepAll);
    const values = tf.randomNormal([2, 4, 3]);
    const loss = (x: tf.Tensor) => {
      const y = model.apply(x, { training: true }) as tf.Tensor;
      return y.mul(tf.tensor(outputGradient(y.size), y.shape)).sum() as tf.Scalar;
    };
    const gradient = tf.grad(loss)(values);
    const [atInput, atOutput] = kept.map((kept) => [...kept.values()].flat());
    assertEquals(await bits(atInput), await bits([gradient]));
    assertEquals(await bits(atOutput), [bitsOf(outputGradient(24))]);
    for (const { detach } of attachments) detach();
    values.dispose();
    model.dispose();
  });
}
