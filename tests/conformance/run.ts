/**
 * `deno task conformance`: TensorFlow.js's own tests of its core, on its kernels and on ours.
 *
 * @module
 */

import { findAdapter } from "../../src/backend/webgpu/adapter.ts";
import { bundleSuite } from "./bundle.ts";
import { compareOn, ON_PURPOSE } from "./compare.ts";

const folder = await Deno.makeTempDir({ prefix: "conformance-" });
try {
  const bundle = await bundleSuite(folder);
  const backends = Deno.args.length > 0 ? Deno.args : ["cpu", "wasm", "webgpu"];
  let failed = 0;
  for (const backend of backends) {
    if (backend === "webgpu" && !await findAdapter()) {
      console.log("webgpu: left out, there is no adapter");
      continue;
    }
    const { stock, ours, onlyOurs, onPurpose } = await compareOn(backend, bundle);
    console.log(
      `${backend}: ${stock.passed} of ${stock.all} tests pass on TensorFlow.js's kernels, ` +
        `${ours.passed} of ${ours.all} with ours; only ours fails ${onlyOurs.length}, not counting those on ` +
        `purpose (${onPurpose.join("; ")})`,
    );
    for (const test of onlyOurs) console.log(`  ${test}`);
    failed += onlyOurs.length;
  }
  for (const [test, reason] of Object.entries(ON_PURPOSE)) {
    console.log(`on purpose: ${test}: ${reason}`);
  }
  Deno.exitCode = failed > 0 ? 1 : 0;
} finally {
  await Deno.remove(folder, { recursive: true });
}
