import { assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { splitRecord } from "../../../experiments/article/run_records.ts";
import { ARTICLE, type Settings, VARIANTS } from "../../../experiments/article/settings.ts";
import { prepareRun } from "../../../experiments/article/train_run.ts";
import { formatRecord, parseRecord, sealRecord } from "../../../mod.ts";
import { testOn } from "../../support/on_backend.ts";
import { smallData } from "../../support/small_data.ts";

const data = smallData(); // 72 training images: two batches of 32 and one of 8
const backend = { name: "wasm", reason: "as asked" } as const;

const ARTICLE3 = { ...ARTICLE, steps: 3 };

/** A run of 3 steps, unless told otherwise. */
const prepare = (settings: Partial<Settings> = {}) =>
  prepareRun({ ...ARTICLE3, ...settings }, { data, backend });

for (const variant of VARIANTS) {
  testOn("wasm", `a run trains, tests and records each step's measures: ${variant}`, async () => {
    const run = prepare({ variant });
    const { record: { columns, results }, diagnostics } = await run.start();
    const own = { "plain": [], "residual": ["x_res"], "residual-a": ["x_res", "a"] }[variant];
    const measures = ["step", "loss", "x_in", "logits", ...own];
    assertEquals(Object.keys(columns).sort(), measures.sort());
    assertEquals(diagnostics, undefined);
    assertEquals(columns.step, [0, 1, 2]);
    assertEquals(Number(results.test_accuracy) * 32 % 1, 0); // some of 32 test images
  });
}

testOn("wasm", "a run's record is the same every time", async () => {
  const run = prepare({ steps: 2 });
  const { record: { checksum } } = await run.start();
  assertEquals((await run.start()).record.checksum, checksum);
});

Deno.test("a run's configuration says what is trained, in full", () => {
  const { configuration } = prepare({ variant: "plain", case: "plain", seed: 4, steps: 2 });
  assertEquals(configuration, {
    experiment: "article",
    case: "plain",
    network: "article",
    variant: "plain",
    depth: 1,
    seed: 4,
    steps: 2,
    batch: 32,
    initialization: "PyTorch default",
    activation: "relu",
    optimizer: "Adam",
    learning_rate: 3e-4,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    frozen: "none",
    data: "made up",
    data_sha256: "0",
  });
});

testOn("wasm", "a batch size and a learning rate of the run's own are trained with", async () => {
  const settings = { batch: 24, learning_rate: 0, steps: 2 } as const;
  const { record: { configuration, columns } } = await prepare(settings).start();
  assertEquals([configuration.batch, configuration.learning_rate], [24, 0]);
  // A rate of 0 keeps the weights, so that each step's loss is that of the starting weights.
  const once = await prepare({ batch: 24, steps: 1 }).start();
  assertEquals(columns.loss[0], once.record.columns.loss[0]);
  const all = await prepare({ batch: 48, steps: 1 }).start();
  assertAlmostEquals((columns.loss[0]! + columns.loss[1]!) / 2, all.record.columns.loss[0]!, 1e-6);
});

testOn(
  "wasm",
  "images that arrive while a run goes on are waited for, batch by batch",
  async () => {
    const asked: number[] = [];
    const arrived = (images: number) => {
      asked.push(images);
      return Promise.resolve();
    };
    const run = prepareRun(ARTICLE3, { data, backend, arrived });
    const { record } = await run.start();
    assertEquals(asked, [32, 64, 72]);
    assertEquals(record, (await prepare().start()).record);
  },
);

testOn("wasm", "training waits for what onStep promises", async () => {
  const seen: string[] = [];
  await prepare({ steps: 2, test: false }).start({
    readEvery: 1,
    onStep: async ({ step }) => {
      seen.push(`${step} begins`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      seen.push(`${step} ends`);
    },
  });
  assertEquals(seen, ["0 begins", "0 ends", "1 begins", "1 ends"]);
});

testOn(
  "wasm",
  "what diagnostics measure is a record of its own, and changes nothing else",
  async () => {
    const alone = await prepare().start();
    const { record, diagnostics } = await prepare({ diagnostics: "gradients" }).start();
    assertEquals(record, alone.record);
    assertEquals(diagnostics!.columns.step, [0]);
    assertEquals(diagnostics!.columns.loss, record.columns.loss.slice(0, 1));
    assertEquals(diagnostics!.configuration, { ...record.configuration, measures: "diagnostics" });
  },
);

testOn("wasm", "a run without a test has no accuracy", async () => {
  const { record: { results } } = await prepare({ steps: 1, test: false }).start();
  assertEquals(results, {});
});

testOn("wasm", "frozen layers stay, the others are trained", async () => {
  const settings = { frozen: "b1", diagnostics: "layers", test: false } as const;
  const { diagnostics } = await prepare(settings).start();
  const updated = Object.keys(diagnostics!.columns).filter((name) => name.endsWith("_update"));
  assertEquals(updated, ["b2c1_update", "b2c2_update", "cls_update"]);
});

testOn("wasm", "a stack of blocks is trained as the article's network is", async () => {
  const settings = { network: "stack", depth: 2, diagnostics: "layers", test: false } as const;
  const { record, diagnostics } = await prepare(settings).start();
  assertEquals(Object.keys(record.columns), ["step", "loss"]);
  assertEquals(Object.keys(diagnostics!.columns).length, 2 + 2 * 6);
});

Deno.test("a stack of blocks scaled by a is refused", async () => {
  const run = prepare({ network: "stack", variant: "residual-a" });
  await assertRejects(
    () => run.start(),
    RangeError,
    "Cannot stack blocks of the variant residual-a: residual or plain is needed",
  );
});

Deno.test("a run's environment names TensorFlow.js, backend and adapter", () => {
  const gpu = { name: "webgpu", reason: "as asked", adapter: "a GPU" } as const;
  const { environment } = prepareRun(ARTICLE3, { data, backend: gpu });
  assertEquals(environment, {
    tensorflow: "4.22.0",
    backend: "webgpu",
    adapter: "a GPU",
  });
});

for (const steps of [0, 4, 1.5, NaN]) {
  Deno.test(`a run of ${steps} steps on data for 3 is refused`, () => {
    assertThrows(
      () => prepare({ steps }),
      RangeError,
      `Cannot train for ${steps} steps: a whole number from 1 to 3, one epoch, is needed`,
    );
  });
}

testOn("wasm", "a run reports each step, then the test", async () => {
  const seen: unknown[] = [];
  const run = prepare({ steps: 2 });
  await run.start({
    onStep: ({ step }) => void seen.push(step),
    onTest: () => void seen.push("test"),
  });
  assertEquals(seen, [0, 1, "test"]);
});

for (const when of ["onStep", "onTest"] as const) {
  testOn("wasm", `a run ends with its signal's reason, aborted in ${when}`, async () => {
    const controller = new AbortController();
    const run = prepare();
    const stopped = run.start({
      [when]: () => controller.abort(new Error("enough")),
      signal: controller.signal,
    });
    await assertRejects(() => stopped, Error, "enough");
  });
}

const whole = await sealRecord({
  configuration: { seed: 1 },
  environment: { backend: "wasm" },
  results: { test_accuracy: 0.5 },
  columns: {
    step: [0, 1, 2],
    loss: [3, 2, 1],
    x_in: [6, 5, 4],
    block: [7, null, 8],
  },
});

Deno.test("a record without diagnostics stays whole", async () => {
  assertEquals(await splitRecord(whole, []), { record: whole });
});

Deno.test("the columns of every step stay together", async () => {
  const { record: { columns, results, configuration } } = await splitRecord(whole, ["block"]);
  assertEquals(columns, { step: [0, 1, 2], loss: [3, 2, 1], x_in: [6, 5, 4] });
  assertEquals(results, { test_accuracy: 0.5 });
  assertEquals(configuration, { seed: 1 });
});

Deno.test("the diagnostics' record has their rows, and says that it is one", async () => {
  const { diagnostics } = await splitRecord(whole, ["block"]);
  assertEquals(diagnostics!.columns, { step: [0, 2], loss: [3, 1], block: [7, 8] });
  assertEquals(diagnostics!.configuration, { seed: 1, measures: "diagnostics" });
  assertEquals(diagnostics!.results, {});
});

Deno.test("both records are sealed", async () => {
  for (const record of Object.values(await splitRecord(whole, ["block"]))) {
    assertEquals(await parseRecord(formatRecord(record)), record);
  }
});
