import { assertEquals } from "@std/assert";
import { formatRecord, parseRecord, sealRecord } from "../../../mod.ts";
import { splitRecord } from "../../../experiments/article/run_records.ts";

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
