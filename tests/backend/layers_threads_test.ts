/** The layers of `tf.layers` on several threads of wasm. */

import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { startBackend } from "../../src/backend/start.ts";
import { testWith } from "../support/test_with.ts";
import { compareLayer, computeLayer, describeCase, LAYER_CASES, refusalOf } from "./layer_cases.ts";

const CASES = LAYER_CASES.filter((c) => refusalOf(c)?.on.includes("wasm") !== true);

testWith("PyTorch gives what each layer does on three threads, and one thread the same bits", {
  needs: ["read"],
  fn: async () => {
    await startBackend("wasm", { threads: 3 });
    const { numTensors } = tf.memory();
    const onThree = [];
    for (const c of CASES) {
      await compareLayer(c);
      onThree.push(await computeLayer(c));
      assertEquals(tf.memory().numTensors, numTensors, describeCase(c));
    }
    await startBackend("wasm");
    for (const [i, c] of CASES.entries()) {
      assertEquals(await computeLayer(c), onThree[i], describeCase(c));
    }
  },
});
