import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { prepareRun } from "../../../experiments/article/run.ts";
import { ARTICLE, type Settings } from "../../../experiments/article/settings.ts";
import { VARIANTS } from "../../../experiments/article/variants.ts";
import config from "../../../deno.json" with { type: "json" };
import { testWith } from "../../test_with.ts";
import { testOn } from "../on_backend.ts";
import { smallData } from "../small_data.ts";

const data = smallData(); // 72 training images: two batches of 32 and one of 8
const backend = { name: "wasm", reason: "as asked" } as const;

/** A run of 3 steps, unless told otherwise. */
const prepare = (settings: Partial<Settings> = {}) =>
  prepareRun({ ...ARTICLE, steps: 3, ...settings }, { data, backend });

for (const variant of VARIANTS) {
  testOn("wasm", `a run trains, tests and records each step's measures: ${variant}`, async () => {
    const run = await prepare({ variant });
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
  const run = await prepare({ steps: 2 });
  const { record: { checksum } } = await run.start();
  assertEquals((await run.start()).record.checksum, checksum);
});

testWith("a run's configuration says what is trained, in full", {
  needs: ["read"],
  fn: async () => {
    const { configuration } = await prepare({ variant: "plain", case: "plain", seed: 4, steps: 2 });
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
  },
});

testOn(
  "wasm",
  "what diagnostics measure is a record of its own, and changes nothing else",
  async () => {
    const alone = await (await prepare()).start();
    const { record, diagnostics } = await (await prepare({ diagnostics: "gradients" })).start();
    assertEquals(record, alone.record);
    assertEquals(diagnostics!.columns.step, [0]);
    assertEquals(diagnostics!.columns.loss, record.columns.loss.slice(0, 1));
    assertEquals(diagnostics!.configuration, { ...record.configuration, measures: "diagnostics" });
  },
);

testOn("wasm", "a run without a test has no accuracy", async () => {
  const { record: { results } } = await (await prepare({ steps: 1, test: false })).start();
  assertEquals(results, {});
});

testOn("wasm", "frozen layers stay, the others are trained", async () => {
  const settings = { frozen: "b1", diagnostics: "layers", test: false } as const;
  const { diagnostics } = await (await prepare(settings)).start();
  const updated = Object.keys(diagnostics!.columns).filter((name) => name.endsWith("_update"));
  assertEquals(updated, ["b2c1_update", "b2c2_update", "cls_update"]);
});

testOn("wasm", "a stack of blocks is trained as the article's network is", async () => {
  const settings = { network: "stack", depth: 2, diagnostics: "layers", test: false } as const;
  const { record, diagnostics } = await (await prepare(settings)).start();
  assertEquals(Object.keys(record.columns), ["step", "loss"]);
  assertEquals(Object.keys(diagnostics!.columns).length, 2 + 2 * 6);
});

Deno.test("a stack of blocks scaled by a is refused", async () => {
  const run = await prepare({ network: "stack", variant: "residual-a" }).catch(() => undefined);
  if (run === undefined) return; // Without permission to read the source there is no run at all.
  await assertRejects(
    () => run.start(),
    RangeError,
    "Cannot stack blocks of the variant residual-a: residual or plain is needed",
  );
});

testWith("a run's environment names package, source, TensorFlow.js, backend and adapter", {
  needs: ["read"],
  fn: async () => {
    const gpu = { name: "webgpu", reason: "as asked", adapter: "a GPU" } as const;
    const { environment: { source, ...rest } } = await prepareRun(
      { ...ARTICLE, steps: 3 },
      { data, backend: gpu },
    );
    assertMatch(String(source), /^[0-9a-f]{16}$/);
    assertEquals(rest, {
      package: `@residual/connection@${config.version}`,
      tensorflow: "4.22.0",
      backend: "webgpu",
      adapter: "a GPU",
    });
  },
});

for (const steps of [0, 4, 1.5, NaN]) {
  Deno.test(`a run of ${steps} steps on data for 3 is refused`, async () => {
    await assertRejects(
      () => prepare({ steps }),
      RangeError,
      `Cannot train for ${steps} steps: a whole number from 1 to 3, one epoch, is needed`,
    );
  });
}

testOn("wasm", "a run reports each step, then the test", async () => {
  const seen: unknown[] = [];
  const run = await prepare({ steps: 2 });
  await run.start({ onStep: ({ step }) => seen.push(step), onTest: () => seen.push("test") });
  assertEquals(seen, [0, 1, "test"]);
});

for (const when of ["onStep", "onTest"] as const) {
  testOn("wasm", `a run ends with its signal's reason, aborted in ${when}`, async () => {
    const controller = new AbortController();
    const run = await prepare();
    const stopped = run.start({
      [when]: () => controller.abort(new Error("enough")),
      signal: controller.signal,
    });
    await assertRejects(() => stopped, Error, "enough");
  });
}
