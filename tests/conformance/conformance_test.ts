import { assert, assertEquals } from "@std/assert";
import { temporaryFolder } from "../support/temporary_folder.ts";
import { testWith } from "../support/test_with.ts";
import { bundleSuite } from "./bundle.ts";
import { compareOn, ON_PURPOSE } from "./compare.ts";

testWith("no test of TensorFlow.js's core fails on our cpu or wasm kernels alone, but on purpose", {
  needs: ["read", "write", "run"],
  fn: async () => {
    await using folder = await temporaryFolder();
    const bundle = await bundleSuite(folder.path);
    const onPurpose = Object.keys(ON_PURPOSE).sort();
    const cpu = await compareOn("cpu", bundle);
    assertEquals([cpu.onlyOurs, cpu.onPurpose], [[], onPurpose]);
    const wasm = await compareOn("wasm", bundle);
    assertEquals([wasm.onlyOurs, wasm.onPurpose], [[], onPurpose]);
    const { stock, ours } = wasm;
    assert(ours.passed >= 4000, `${ours.passed} tests pass`);
    assert(ours.passed > stock.passed, `${stock.passed} pass on TensorFlow.js's kernels`);
  },
});
