/** The layers of `tf.layers` against PyTorch, on several threads of wasm. */

import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { startBackend } from "../../src/backend/start.ts";
import { testWith } from "../support/test_with.ts";
import { compareLayer, describeCase, LAYER_CASES, refusalOf } from "./layer_cases.ts";

testWith("PyTorch gives what each layer does on three threads", {
  needs: ["read"],
  fn: async () => {
    await startBackend("wasm", { threads: 3 });
    try {
      for (const c of LAYER_CASES.filter((c) => refusalOf(c)?.on.includes("wasm") !== true)) {
        const { numTensors } = tf.memory();
        await compareLayer(c);
        assertEquals(tf.memory().numTensors, numTensors, describeCase(c));
      }
    } finally {
      await startBackend("wasm");
    }
  },
});
