import { assertEquals, assertLess, assertNotEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { formatRecord } from "../../src/record/record.ts";
import { convolutionModel, crossEntropy, imageBatches } from "./convolution_model.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";
import { trained } from "./models.ts";

async function record() {
  const optimizer = tf.train.adam(0.01);
  const options = { optimizer, loss: crossEntropy, configuration: { seed: 0 } };
  return (await trained(convolutionModel(), imageBatches(12), options)).record;
}

testOn(["cpu", "wasm"], "the same run twice gives the same bytes", async () => {
  const first = formatRecord(await record());
  assertEquals(formatRecord(await record()), first);
});

const columns: Record<string, readonly (number | null)[]> = {};

testOn(
  ["cpu", "wasm", webgpu],
  "the small convolution network's curves are the other backends'",
  async () => {
    const ours = (await record()).columns;
    for (const [name, column] of Object.entries(ours)) {
      const theirs = columns[name] ??= column; // of the first backend that there is, cpu
      column.forEach((value, step) => {
        assertLess(Math.abs(value! - theirs[step]!), 1e-4 * (1 + Math.abs(theirs[step]!)));
      });
    }
  },
);

test("another configuration is another record", async () => {
  const { record: plain } = await trained(convolutionModel(), [], { loss: crossEntropy });
  const options = { loss: crossEntropy, configuration: { seed: 1 } };
  const { record: seeded } = await trained(convolutionModel(), [], options);
  assertNotEquals(seeded.checksum, plain.checksum);
});

test("the record says what was asked for and what it ran on", async () => {
  const { record } = await trained(convolutionModel(), [], {
    loss: crossEntropy,
    configuration: { variant: "residual", seed: 3 },
    environment: { adapter: "none" },
  });
  assertEquals(record.configuration, { variant: "residual", seed: 3 });
  assertEquals(record.environment, {
    adapter: "none",
    backend: "cpu",
    tensorflow: tf.version_core,
  });
});
