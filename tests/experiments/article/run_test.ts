import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { articleRun } from "../../../experiments/article/run.ts";
import { VARIANTS } from "../../../experiments/article/variants.ts";
import config from "../../../deno.json" with { type: "json" };
import { testWith } from "../../test_with.ts";
import { testOn } from "../on_backend.ts";
import { smallData } from "../small_data.ts";

const data = smallData(); // 72 training images: two batches of 32 and one of 8
const backend = { name: "wasm", reason: "as asked" } as const;

for (const variant of VARIANTS) {
  testOn("wasm", `a run trains, tests and records each step's measures: ${variant}`, async () => {
    const run = await articleRun({ variant, data, backend });
    const { columns, results } = await run.start();
    const measures = variant === "plain" ? ["x_in"] : ["x_in", "x_res"];
    assertEquals(Object.keys(columns).sort(), ["loss", "step", ...measures].sort());
    assertEquals(columns.step, [0, 1, 2]);
    assertEquals(Number(results.test_accuracy) * 32 % 1, 0); // some of 32 test images
  });
}

testOn("wasm", "a run's record is the same every time", async () => {
  const run = await articleRun({ steps: 2, data, backend });
  const { checksum } = await run.start();
  assertEquals((await run.start()).checksum, checksum);
});

testWith("a run's configuration says what is trained, in full", {
  needs: ["read"],
  fn: async () => {
    const { configuration } = await articleRun({
      variant: "plain",
      seed: 4,
      steps: 2,
      data,
      backend,
    });
    assertEquals(configuration, {
      experiment: "article",
      variant: "plain",
      seed: 4,
      steps: 2,
      batch: 32,
      initialization: "PyTorch default",
      optimizer: "Adam",
      learning_rate: 3e-4,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      data: "made up",
      data_sha256: "0",
    });
  },
});

testWith("a run is the residual variant of seed 0 for one epoch, unless told otherwise", {
  needs: ["read"],
  fn: async () => {
    const { variant, seed, steps } = (await articleRun({ data, backend })).configuration;
    assertEquals([variant, seed, steps], ["residual", 0, 3]);
  },
});

testWith("a run's environment names package, source, TensorFlow.js, backend and adapter", {
  needs: ["read"],
  fn: async () => {
    const gpu = { name: "webgpu", reason: "as asked", adapter: "a GPU" } as const;
    const { environment: { source, ...rest } } = await articleRun({ data, backend: gpu });
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
      () => articleRun({ steps, data, backend }),
      RangeError,
      `Cannot train for ${steps} steps: a whole number from 1 to 3, one epoch, is needed`,
    );
  });
}

testOn("wasm", "a run reports each step, then the test", async () => {
  const seen: unknown[] = [];
  const run = await articleRun({ steps: 2, data, backend });
  await run.start({ onStep: ({ step }) => seen.push(step), onTest: () => seen.push("test") });
  assertEquals(seen, [0, 1, "test"]);
});

for (const when of ["onStep", "onTest"] as const) {
  testOn("wasm", `a run ends with its signal's reason, aborted in ${when}`, async () => {
    const controller = new AbortController();
    const run = await articleRun({ data, backend });
    const stopped = run.start({
      [when]: () => controller.abort(new Error("enough")),
      signal: controller.signal,
    });
    await assertRejects(() => stopped, Error, "enough");
  });
}
