import { assert, assertEquals } from "@std/assert";
import { temporaryFolder } from "../support/temporary_folder.ts";
import { testWith } from "../support/test_with.ts";
import { bundleSuite } from "./bundle.ts";
import { compareOn, ON_PURPOSE } from "./compare.ts";

testWith("no test of TensorFlow.js's core fails on our wasm kernels alone, but on purpose", {
  needs: ["read", "write", "run"],
  fn: async () => {
    await using folder = await temporaryFolder();
    const { stock, ours, onlyOurs, onPurpose } = await compareOn(
      "wasm",
      await bundleSuite(folder.path),
    );
    assertEquals(onlyOurs, []);
    assertEquals(onPurpose, Object.keys(ON_PURPOSE).sort());
    assert(ours.passed >= 4000, `${ours.passed} tests pass`);
    assert(ours.passed > stock.passed, `${stock.passed} pass on TensorFlow.js's kernels`);
  },
});
